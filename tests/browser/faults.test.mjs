// The faults of faults/, a few of each: `cargo xtask faults --long` plays them all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fullDisks } from "./faults/disks.mjs";
import { kills } from "./faults/kills.mjs";
import { schedules } from "./faults/tabs.mjs";
import { host } from "./harness.mjs";

for (const [name, play, count] of [
  ["killed in mid-typing, no word that was said to be saved is lost", kills, 6],
  ["with the disk full it is told, work goes on, and no word is lost", fullDisks, 2],
  ["with several tabs on one round no word is lost", schedules, 1],
]) {
  test(name, async (t) => {
    const seed = String(Date.now());
    const figures = await play(await host(t), count, { seed });
    t.diagnostic(`seed ${seed}: ${JSON.stringify(figures)}`);
    assert.equal(figures.lost, 0);
  });
}
