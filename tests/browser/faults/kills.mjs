// SIGKILL, again and again: while somebody types, while what was typed is on its way to the disk, as soon as it is said
// to be saved, while the round is being opened, and while one of its two copies is healed from the other.
import assert from "node:assert/strict";
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { begin, beginLocked, launch } from "../faults.mjs";
import * as walk from "../walk.mjs";
import { Dice } from "./dice.mjs";
import { inLanes } from "./lanes.mjs";
import { field, hear, moment, Typing } from "./typing.mjs";

/** Kills in one profile folder, before a new one is begun. */
const BATCH = 50;

/** Every so manieth of them holds a round with a passphrase, which is unlocked in each life of the browser. */
const LOCKED = 10;

/** When the browser is killed; the commoner the more often it stands here. */
const AIMS = ["typing", "typing", "sending", "sending", "sending", "saved", "opening", "opening", "healing"];

/** The longest that a field grows before it is emptied. */
const LONG = 600;

/** Plays so many kills; gives the figures. */
export async function kills(address, count, { seed, lanes = 1, log = () => {} }) {
  const sum = { kills: 0, entries: 0, unsaid: 0, found: 0, healed: 0, unlocked: 0, lost: 0 };
  await inLanes(Math.ceil(count / BATCH), lanes, async (batch, stopped) => {
    const lives = Math.min(BATCH, count - batch * BATCH);
    const lane = new Lane(address, `${seed} kills ${batch}`, sum);
    lane.locked = batch % LOCKED === 1;
    try {
      await lane.begin();
      for (let life = 1; life <= lives && !stopped(); life++) {
        await lane.live(life);
        sum.kills += 1;
        if (sum.kills % 25 === 0) log(JSON.stringify(sum));
      }
      await lane.look("the end");
      await lane.end();
    } catch (fault) {
      await lane.browser?.kill().catch(() => {});
      throw new Error(`seed “${seed}”, batch ${batch}, ${lane.note}; the profile is kept in ${lane.profile}`, { cause: fault });
    }
  });
  return sum;
}

/** One profile folder, and what was typed in it. */
class Lane {
  profile = mkdtempSync(join(tmpdir(), "sightline-kills-"));
  typing = new Typing("", "", "");
  note = "the beginning";
  /** The place of which a part may be missing, until the page says again that all is saved. */
  spoilt = undefined;
  /** How long the round takes to be opened here, in milliseconds. */
  opening = 1000;

  constructor(address, seed, sum) {
    Object.assign(this, { address, dice: new Dice(seed), sum });
  }

  async begin() {
    this.browser = await launch(this.profile);
    this.section = await (this.locked ? beginLocked : begin)(this.browser.page, this.address);
    await this.browser.kill();
  }

  /** One life of the browser, and its end. */
  async live(life) {
    const aim = this.dice.one(AIMS);
    this.note = `life ${life}, killed while ${aim}`;
    if (aim === "healing") this.spoilt = spoil(this.profile, this.spoilt ?? this.dice.one(["files", "database"]), this.dice);
    this.browser = await launch(this.profile);
    if (aim === "opening" || aim === "healing") {
      const opening = field(this.browser.page, this.section).catch(() => {});
      await moment(this.dice.below(Math.ceil(this.opening * 1.3)));
      await this.browser.kill();
      await opening;
      return;
    }
    const area = await this.#open();
    await this.#type(area, aim);
  }

  /** Opens the round, and fails if what is there is less than it must be. */
  async #open() {
    const { page } = this.browser;
    const began = performance.now();
    const area = await field(page, this.section);
    if (this.locked) this.sum.unlocked += 1;
    this.opening = performance.now() - began;
    const now = await area.inputValue();
    if (now.length > this.typing.saved.length) this.sum.found += 1;
    this.typing.check(now, this.note);
    if (this.spoilt) {
      await walk.saved(page);
      this.sum.healed += 1;
      this.spoilt = undefined;
    }
    this.typing = new Typing(now, this.dice.letters(60), this.typing.saved);
    if (now.length > LONG) {
      await area.fill("");
      await area.blur();
      await walk.saved(page);
      this.typing = new Typing("", this.dice.letters(60), "");
    }
    return area;
  }

  async #type(area, aim) {
    const { typing, dice, sum, browser } = this;
    let strike;
    const struck = new Promise((resolve) => (strike = resolve));
    const due = { typing: 0, sending: 1 + dice.below(3), saved: 1 + dice.below(3) };
    const wait = { typing: dice.below(2000), sending: dice.below(15), saved: 0 }[aim];
    await hear(browser.page, {
      saved: (value) => {
        sum.entries += 1;
        typing.heard(value);
        if (aim === "saved" && --due.saved === 0) strike();
      },
      sent: () => {
        if (aim === "sending" && --due.sending === 0) strike();
      },
    });
    const typed = inBursts(browser.page, area, typing, dice).catch(() => {});
    if (aim === "typing") strike();
    await Promise.race([struck, typed]);
    await moment(wait);
    await browser.kill();
    if (typing.typed > typing.saved.length) sum.unsaid += 1;
    await typed;
  }

  /** What is there once all is over. */
  async look(note) {
    this.note = note;
    this.browser = await launch(this.profile);
    this.typing.check(await (await field(this.browser.page, this.section)).inputValue(), note);
    await walk.saved(this.browser.page);
  }

  async end() {
    await this.browser.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Types as a person does: some letters, then out of the field, or a look at the papers. What was typed is then saved. */
async function inBursts(page, area, typing, dice) {
  while (typing.typed < typing.whole.length) {
    await area.focus();
    await page.keyboard.press("Control+End");
    const burst = typing.whole.slice(typing.typed, typing.typed + 4 + dice.below(8));
    for (const letter of burst) {
      typing.typed += 1; // before it is there: the page may be killed with it
      await page.keyboard.type(letter);
      await moment(dice.below(20));
    }
    if (dice.chance(60)) await area.blur();
    await moment(dice.chance(50) ? 50 + dice.below(150) : 650);
  }
}

/** Damages or deletes one of the two copies in the profile folder of a browser that does not run. Says which. */
function spoil(profile, place, dice) {
  const folder = join(profile, "Default", place === "files" ? "File System" : "IndexedDB");
  const files = place === "files" ? segmentsOnDisk(folder) : [];
  const how = files.length ? dice.below(3) : 0;
  if (how === 0) {
    rmSync(folder, { recursive: true, force: true });
    return place;
  }
  const path = dice.one(files);
  const at = dice.below(statSync(path).size);
  if (how === 1) truncateSync(path, at);
  else flip(path, at);
  return place;
}

/** The files that hold our bytes: those of the browser's own lie beside a CURRENT. */
function segmentsOnDisk(folder) {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile() && /^\d+$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => statSync(path).size > 0).sort();
}

function flip(path, at) {
  const file = openSync(path, "r+");
  const byte = Buffer.alloc(1);
  assert.equal(readSync(file, byte, 0, 1, at), 1);
  byte[0] ^= 0x10;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}
