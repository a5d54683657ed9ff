// Plays the faults of faults/ as often as asked, prints running figures, and fails at the first word that is lost:
// node faults.run.mjs KILLS DISKS SCHEDULES [SEED]. The same seed strikes in the same order at the same steps.
import { availableParallelism } from "node:os";
import { fullDisks } from "./faults/disks.mjs";
import { kills } from "./faults/kills.mjs";
import { schedules } from "./faults/tabs.mjs";
import { host } from "./harness.mjs";

const [kill, disk, schedule, seed = String(Date.now())] = process.argv.slice(2);
const lanes = Math.min(availableParallelism(), 4);
const ends = [];
const address = await host({ after: (end) => ends.push(end) });
console.log(`seed ${seed}`);
try {
  for (const [count, play] of [
    [kill, kills],
    [disk, fullDisks],
    [schedule, schedules],
  ]) {
    if (!Number(count)) continue;
    const began = Date.now();
    const figures = await play(address, Number(count), { seed, lanes, log: (line) => console.log(`  ${line}`) });
    console.log(`${JSON.stringify(figures)} in ${Math.round((Date.now() - began) / 1000)} s`);
  }
} catch (fault) {
  console.error(fault);
  process.exitCode = 1;
} finally {
  for (const end of ends) await end();
}
