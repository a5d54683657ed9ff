// Two to four tabs on one round: typed in, frozen, woken, closed, crashed, taken over, two of them at the same moment;
// and at the end the browser is killed or ends by itself. What any of them said to be saved is then in the round, or
// among what is to be settled.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { begin, launch, rescue } from "../faults.mjs";
import { Dice } from "./dice.mjs";
import { inLanes } from "./lanes.mjs";
import { field, hear, moment } from "./typing.mjs";

/** What is done in one schedule. */
const STEPS = 12;

/** What may be done next; the commoner the more often it stands here. */
const KINDS = ["write", "write", "write", "write", "race", "race", "race", "freeze", "drop", "close", "crash"];

/** Plays so many schedules; gives the figures. */
export async function schedules(address, count, { seed, lanes = 1, log = () => {} }) {
  const sum = { schedules: 0, tabs: 0, words: 0, settle: 0, takeovers: 0, races: 0, drops: 0, crashes: 0, kills: 0, lost: 0 };
  const begun = mkdtempSync(join(tmpdir(), "sightline-begun-"));
  const browser = await launch(begun);
  const section = await begin(browser.page, address);
  const icon = await browser.page.locator("link[rel=icon]").evaluate((link) => link.href);
  await browser.close();
  await inLanes(count, lanes, async (number) => {
    const profile = mkdtempSync(join(tmpdir(), "sightline-tabs-"));
    cpSync(begun, profile, { recursive: true });
    const schedule = new Schedule(profile, section, new Dice(`${seed} schedules ${number}`), sum);
    try {
      await schedule.play();
      await schedule.check(icon);
    } catch (fault) {
      const shown = await schedule.shown();
      await schedule.browser?.kill().catch(() => {});
      throw new Error(`seed “${seed}”, schedule ${number}: ${schedule.done.join(", ")}; shown: ${shown}; the profile is kept in ${profile}`, { cause: fault });
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    sum.schedules += 1;
    if (sum.schedules % 10 === 0) log(JSON.stringify(sum));
  });
  rmSync(begun, { recursive: true, force: true, maxRetries: 5 });
  return sum;
}

/** One browser with some tabs, and what they said to be saved. */
class Schedule {
  tabs = [];
  /** What the steps were, to be read after a fault. */
  done = [];
  saved = new Set();
  words = 0;

  constructor(profile, section, dice, sum) {
    Object.assign(this, { profile, section, dice, sum });
  }

  async play() {
    this.browser = await launch(this.profile);
    const first = this.browser.page;
    const others = 1 + this.dice.below(3);
    await this.#open(first);
    for (let other = 0; other < others; other++) await this.#open(await this.browser.context.newPage());
    for (let step = 1; step <= STEPS; step++) {
      const tab = this.dice.one(this.tabs);
      const kind = this.dice.one(KINDS);
      this.done.push(`${kind} ${tab.name}`);
      await this[kind](tab);
    }
  }

  async #open(page) {
    const tab = { page, name: ++this.sum.tabs, area: await field(page, this.section) };
    tab.store = await storeOf(this.browser.context, page);
    await hear(page, { saved: (value) => value && this.saved.add(value) });
    this.tabs.push(tab);
  }

  /** Wakes the tab, and takes the round over if another writes it. */
  async #take(tab) {
    await tab.store.wake();
    await this.#told(tab);
    const take = tab.page.getByRole("button", { name: "Write here instead" });
    if (!(await take.count())) return;
    // It is gone by now, if that tab has ended meanwhile.
    tab.clicked = await take.evaluateAll((buttons) => buttons.map((button) => button.click()).length);
    await take.waitFor({ state: "detached" });
    this.sum.takeovers += 1;
  }

  #word(tab) {
    return `word ${++this.words} of tab ${tab.name}.`;
  }

  /** Types a word of its own, and leaves the field: then it is on its way. */
  async #type(tab) {
    // Not to be written in any more, if another tab takes over at this moment.
    await tab.area.fill(this.#word(tab), { timeout: 2000 }).catch(() => {});
    await tab.area.evaluate((area) => area.blur());
  }

  /** Saved, or told that another tab has taken over meanwhile, or that a tab that is frozen keeps this one from it. */
  async #told(tab) {
    await tab.page.locator(".app-saved__state--saved, #along-title, #not-saved-title").first().waitFor();
  }

  async write(tab) {
    await this.#take(tab);
    await this.#type(tab);
    await this.#told(tab);
  }

  /** One types while another takes the round over and types. */
  async race(tab) {
    const other = this.dice.one(this.tabs.filter((other) => other !== tab));
    await this.#take(tab);
    const late = moment(this.dice.below(120)).then(() => this.#type(tab));
    await Promise.all([late, this.#take(other).then(() => this.#type(other))]);
    await Promise.all([this.#told(tab), this.#told(other)]);
    this.sum.races += 1;
  }

  async freeze(tab) {
    await tab.store.freeze();
  }

  /** Frozen with a word on its way, as a laptop is that is shut: the word gets there when the tab wakes. */
  async drop(tab) {
    await this.#take(tab);
    // In the midst of writing it keeps the others from theirs, which wait for it, and are told so.
    const halfway = this.dice.chance(15);
    if (halfway) await this.#type(tab);
    await tab.store.freeze();
    if (!halfway) await this.#type(tab);
    this.sum.drops += 1;
  }

  async close(tab) {
    await this.#without(tab, () => tab.page.close());
  }

  async crash(tab) {
    this.sum.crashes += 1;
    await this.#without(tab, () => tab.page.goto("chrome://crash").catch(() => {}));
  }

  async #without(tab, end) {
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    await end();
    if (this.tabs.length < 2) await this.#open(await this.browser.context.newPage());
  }

  /** What each tab says, to be read after a fault. */
  async shown() {
    const notices = (page) => page.locator(".govuk-notification-banner, .govuk-error-summary, .app-saved").allInnerTexts();
    const all = this.tabs.map(async ({ name, page, clicked }) => `${name} (clicked ${clicked}): ${await notices(page).catch(() => "no answer")}`);
    return (await Promise.all(all)).join("; ").replaceAll(/\s+/g, " ");
  }

  /** Ends, and looks at what is on disk, from a page of the same host that has no part of Sightline. */
  async check(icon) {
    if (this.dice.chance(30)) {
      this.sum.kills += 1;
      await this.browser.kill();
      this.browser = await launch(this.profile);
    }
    const reader = await this.browser.context.newPage();
    await reader.goto(icon);
    const kept = await rescue(reader);
    const all = [...kept.lines, ...kept.adrift];
    const lost = [...this.saved].filter((word) => !all.some((line) => line.includes(word)));
    assert.deepEqual(lost, [], "said to be saved, and lost");
    this.sum.words += this.saved.size;
    this.sum.settle += kept.adrift.length;
    await this.browser.close();
  }
}

/** A tab's store worker, which can be frozen between any two of its steps, as a browser freezes a tab or a laptop all of them. */
async function storeOf(context, page) {
  const session = await context.newCDPSession(page);
  const attached = new Promise((resolve) => {
    session.on("Target.attachedToTarget", ({ targetInfo, sessionId }) => targetInfo.title === "store" && resolve(sessionId));
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const tell = (id, method) => session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
  return {
    async freeze() {
      await tell(1, "Debugger.enable");
      await tell(2, "Debugger.pause");
    },
    wake: () => tell(3, "Debugger.disable"),
  };
}
