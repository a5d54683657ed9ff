// The disk fills up: while somebody types, so that the next words find no room or only some of it; or before the
// browser is started. It is freed; the browser ends one way or the other, sometimes while the disk is still full.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { begin, launch } from "../faults.mjs";
import * as walk from "../walk.mjs";
import { Dice } from "./dice.mjs";
import { inLanes } from "./lanes.mjs";
import { field, hear, Typing } from "./typing.mjs";

/** Episodes on one small disk, before a new one is begun. */
const BATCH = 10;

/** What is left of the disk when it is full: nothing, or room for a part of what follows. */
const LEFT = [0, 0, 4096, 16_384, 65_536];

/** Plays so many episodes; gives the figures. */
export async function fullDisks(address, count, { seed, lanes = 1, log = () => {} }) {
  const sum = { episodes: 0, entries: 0, told: 0, killed: 0, started: 0, lost: 0 };
  await inLanes(Math.ceil(count / BATCH), lanes, async (batch, stopped) => {
    const disk = mount();
    if (!disk) return Object.assign(sum, { why: "NOT CHECKED: no small file system can be mounted here" });
    const lane = new Lane(address, disk, `${seed} disks ${batch}`, sum);
    try {
      await lane.begin();
      for (let episode = 1; episode <= Math.min(BATCH, count - batch * BATCH) && !stopped(); episode++) {
        await lane.episode(episode);
        sum.episodes += 1;
        if (sum.episodes % 5 === 0) log(JSON.stringify(sum));
      }
      await lane.end();
    } catch (fault) {
      await lane.browser?.kill().catch(() => {});
      throw new Error(`seed “${seed}”, batch ${batch}, ${lane.note}; the profile is kept in ${lane.profile}`, { cause: fault });
    }
    execFileSync("umount", ["--lazy", disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  return sum;
}

/** A small file system of its own; nothing, where none can be mounted. */
function mount() {
  const disk = mkdtempSync(join(tmpdir(), "sightline-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m", "sightline-faults", disk], { stdio: "ignore" });
    return disk;
  } catch {
    rmSync(disk, { recursive: true });
  }
}

/** One small disk, and what was typed on it. */
class Lane {
  typing = new Typing("", "", "");
  note = "the beginning";

  constructor(address, disk, seed, sum) {
    Object.assign(this, { address, disk, profile: join(disk, "profile"), dice: new Dice(seed), sum });
  }

  async begin() {
    mkdirSync(this.profile);
    this.browser = await launch(this.profile);
    this.section = await begin(this.browser.page, this.address);
  }

  /** Fills the disk, types, frees it, types on. */
  async episode(number) {
    const { dice, sum } = this;
    const before = dice.chance(25);
    const killed = !before && dice.chance(25);
    this.note = `episode ${number}, ${before ? "full before the start" : "full in mid-typing"}`;
    const left = before ? 0 : dice.one(LEFT);
    const full = before && (await this.#startFull());
    let area = full || (await this.#open());
    if (!before) {
      await this.#empty(area);
      await this.#saved(area, `before ${number}`);
      this.filler = fill(this.disk, left);
    }
    const { typing } = this;
    const more = `, during ${number}: ${dice.letters(2000).repeat(1 + dice.below(30))}`;
    typing.whole = `${typing.whole}${more}`;
    typing.typed = typing.whole.length;
    await area.fill(typing.whole);
    await area.blur();
    const state = this.browser.page.locator(".app-saved__state--saved, #not-saved-title");
    await state.first().waitFor();
    if (await this.browser.page.locator("#not-saved-title").count()) sum.told += 1;
    if (killed) {
      // With the disk still full: what was said to be saved before is there.
      await this.browser.kill();
      sum.killed += 1;
    }
    if (this.filler) rmSync(this.filler);
    this.filler = undefined;
    if (killed) {
      this.browser = await launch(this.profile);
      area = await this.#open();
    }
    await this.#saved(area, `, after ${number}.`);
    await (dice.chance(50) ? this.browser.kill() : this.browser.close());
    this.browser = await launch(this.profile);
  }

  /** Opens the round, and fails if what is there is less than it must be. */
  async #open() {
    const { page } = this.browser;
    const area = await field(page, this.section);
    const now = await area.inputValue();
    this.typing.check(now, this.note);
    this.typing = new Typing(now, "", this.typing.saved);
    await hear(page, {
      saved: (value) => {
        this.sum.entries += 1;
        this.typing.heard(value);
      },
    });
    return area;
  }

  /** Starts the browser anew with no room at all, and opens the round: what was typed can be read, at least. */
  async #startFull() {
    await this.browser.close();
    this.filler = fill(this.disk, 0);
    this.browser = await launch(this.profile);
    this.sum.started += 1;
    return this.#open();
  }

  async #empty(area) {
    this.typing = new Typing("", "", "");
    await area.fill("");
    await area.blur();
    await walk.saved(this.browser.page);
  }

  /** Types, and waits until it is said to be saved. */
  async #saved(area, more) {
    const { page } = this.browser;
    const { typing } = this;
    typing.whole = (await area.inputValue()) + more;
    typing.typed = typing.whole.length;
    await area.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(more);
    await area.blur();
    const again = page.getByRole("button", { name: "Try to save again" });
    // It goes by itself, where the last words found room.
    if (await again.count()) await again.click({ timeout: 1000 }).catch(() => {});
    await walk.saved(page);
    typing.saved = typing.whole;
  }

  async end() {
    this.note = "the end";
    const now = await (await this.#open()).inputValue();
    assert.equal(now, this.typing.saved, "what was said to be saved last");
    await this.browser.close();
  }
}

/** Fills the file system, but for so many bytes; gives the file that does. */
function fill(disk, left) {
  const path = join(disk, "filler");
  const file = openSync(path, "w");
  let written = 0;
  for (let size = 1 << 20; size >= 1; ) {
    try {
      const here = writeSync(file, Buffer.alloc(size, 7));
      written += here;
      if (here < size) size >>= 1;
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
      size >>= 1;
    }
  }
  closeSync(file);
  if (left) truncateSync(path, written - left);
  return path;
}
