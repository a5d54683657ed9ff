// What a browser's storage goes through: killed in mid-typing, out of disk, several tabs on one round.
// And what can be read of it on disk. Each function plays one kind of fault many times, fails at the first word
// that is lost, and gives the figures. `cargo xtask faults` runs them all; a short form stands in faults.test.mjs.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { flags, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Waits; only to let a fault strike at some moment, never for something to be done. */
const moment = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const atMost = (number) => Math.floor(Math.random() * number);

/** A browser that can be killed with all its processes, as a power cut or a task manager does it. */
export async function launch(profile, more = []) {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const own = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--disk-cache-size=1048576", "--lang=en-GB"];
  const child = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", [...own, ...sandbox, ...flags, ...more, "about:blank"], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const found = /DevTools listening on (\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    ended.then(() => reject(new Error(`the browser did not start: ${said}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  const page = context.pages()[0] ?? (await context.newPage());
  const gone = async () => {
    await ended;
    await browser.close().catch(() => {});
  };
  return {
    context,
    page,
    async kill() {
      process.kill(-child.pid, "SIGKILL");
      await gone();
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      await session.send("Browser.close").catch(() => {});
      await gone();
    },
  };
}

/** A round with a made-up list and one case; gives the address of its first section. */
export async function begin(page, address) {
  await page.goto(address);
  await waitFor(page, "ready");
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 1, seed: "one" });
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.locator("textarea").first().waitFor();
  await walk.saved(page);
  return page.url();
}

/** Goes to the section, and gives its first field once the round is open. */
async function field(page, section) {
  await page.goto(section);
  await waitFor(page, "ready");
  const field = page.locator("textarea").first();
  await field.waitFor();
  return field;
}

/** Hears what the field held each time the page said that all is saved. */
async function hearSaved(page, heard) {
  page.on("console", (message) => {
    const said = message.text();
    if (said.startsWith("SAVED:")) heard(said.slice("SAVED:".length));
  });
  await page.evaluate(() => {
    const tell = () => {
      const field = document.querySelector("textarea");
      if (field && document.querySelector(".app-saved__state--saved")) console.debug(`SAVED:${field.value}`);
    };
    new MutationObserver(tell).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/** What is typed in one life of the browser, and what was said to be saved of it. */
class Typing {
  constructor(before, text) {
    Object.assign(this, { before, text, saved: before });
  }

  /** Fails if what is there now is less than what was said to be saved, or nothing that was ever typed. */
  check(now, note) {
    const whole = this.before + this.text;
    assert.ok(now.length >= this.saved.length, `${note}: “${this.saved}” was said to be saved, “${now}” is there`);
    assert.ok(whole.startsWith(now), `${note}: “${now}” was never typed`);
  }
}

const letters = () => Array.from({ length: 60 }, () => "abcdefghij klmnop"[atMost(17)]).join("");

/** Types as a person does: some letters, then a look at the papers, while what was typed is saved. */
async function inBursts(page, text) {
  for (let at = 0; at < text.length; at += 10) {
    await page.keyboard.type(text.slice(at, at + 10), { delay: 20 });
    await moment(400 + atMost(600));
  }
}

/** SIGKILL at some moment of typing, again and again. */
export async function kills(address, count, log = () => {}) {
  const profile = mkdtempSync(join(tmpdir(), "sightline-kills-"));
  let typing = new Typing("", "");
  let entries = 0;
  try {
    let browser = await launch(profile);
    const section = await begin(browser.page, address);
    await browser.kill();
    for (let life = 1; life <= count + 1; life++) {
      browser = await launch(profile);
      const area = await field(browser.page, section);
      const now = await area.inputValue();
      typing.check(now, `life ${life}`);
      if (life > count) break;
      if (now.length > 1000) {
        await area.fill("");
        await walk.saved(browser.page);
      }
      typing = new Typing(now.length > 1000 ? "" : now, letters());
      await hearSaved(browser.page, (value) => {
        entries += 1;
        if (value.length > typing.saved.length) typing.saved = value;
      });
      await area.focus();
      await browser.page.keyboard.press("End");
      await browser.page.keyboard.press("Control+End");
      const typed = inBursts(browser.page, typing.text).catch(() => {});
      await moment(200 + atMost(4000));
      await browser.kill();
      await typed;
      if (life % 50 === 0) log(`${life} kills, ${entries} entries said to be saved, 0 lost`);
    }
    await browser.close();
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return { kills: count, entries, lost: 0 };
}

/** The disk fills up while somebody types; it is freed; the browser ends one way or the other. */
export async function fullDisks(address, count, log = () => {}) {
  const disk = mkdtempSync(join(tmpdir(), "sightline-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m", "sightline-faults", disk], { stdio: "ignore" });
  } catch {
    rmSync(disk, { recursive: true });
    return { episodes: 0, why: "NOT CHECKED: no small file system can be mounted here" };
  }
  const profile = join(disk, "profile");
  mkdirSync(profile);
  let told = 0;
  try {
    let browser = await launch(profile);
    const section = await begin(browser.page, address);
    let typing = new Typing("", "");
    for (let episode = 1; episode <= count; episode++) {
      const { page } = browser;
      const area = await field(page, section);
      typing.check(await area.inputValue(), `episode ${episode}`);
      await area.fill("");
      await walk.saved(page);
      // More than what is left of the last page of any file.
      const long = `, during ${episode}: ${letters().repeat(500)}`;
      typing = new Typing("", `before ${episode}${long}, after ${episode}.`);
      const type = async (text) => {
        await area.focus();
        await page.keyboard.press("Control+End");
        await page.keyboard.type(text);
      };
      await type(`before ${episode}`);
      await walk.saved(page);
      typing.saved = `before ${episode}`;
      const filler = fill(disk);
      await area.fill(`before ${episode}${long}`);
      const state = page.locator(".app-saved__state--saved, #not-saved-title");
      await state.first().waitFor();
      if (await page.locator("#not-saved-title").count()) told += 1;
      rmSync(filler);
      await type(`, after ${episode}.`);
      const again = page.getByRole("button", { name: "Try to save again" });
      if (await again.count()) await again.click();
      await walk.saved(page);
      typing.saved = typing.text;
      await (episode % 2 ? browser.kill() : browser.close());
      browser = await launch(profile);
      if (episode % 10 === 0) log(`${episode} full disks, told ${told} times, 0 lost`);
    }
    const area = await field(browser.page, section);
    typing.check(await area.inputValue(), "the end");
    await browser.close();
  } finally {
    execFileSync("umount", ["--lazy", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
  return { episodes: count, told, lost: 0 };
}

/** Fills the file system to its last byte; gives the file that does. */
function fill(disk) {
  const path = join(disk, "filler");
  const file = openSync(path, "w");
  for (let size = 1 << 20; size >= 1; ) {
    try {
      if (writeSync(file, Buffer.alloc(size, 7)) < size) size >>= 1;
    } catch (error) {
      if (error.code !== "ENOSPC") throw error;
      size >>= 1;
    }
  }
  closeSync(file);
  return path;
}

/** Two to four tabs on one round: typed in, frozen, woken, closed, crashed, taken over. */
export async function schedules(address, count, log = () => {}) {
  const sum = { schedules: count, words: 0, settle: 0, takeovers: 0, lost: 0 };
  for (let schedule = 1; schedule <= count; schedule++) {
    const profile = mkdtempSync(join(tmpdir(), "sightline-tabs-"));
    const browser = await launch(profile);
    try {
      const section = await begin(browser.page, address);
      const saved = await play(browser, section, sum);
      const reader = await browser.context.newPage();
      await reader.goto(address);
      const kept = await rescue(reader);
      for (const word of saved) {
        const found = [...kept.lines, ...kept.adrift].some((line) => line.includes(word));
        assert.ok(found, `schedule ${schedule}: ${word} was said to be saved and is lost`);
      }
      sum.words += saved.length;
      sum.settle += kept.adrift.length;
      await browser.close();
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
    if (schedule % 10 === 0) log(`${schedule} schedules: ${JSON.stringify(sum)}`);
  }
  return sum;
}

async function play({ context, page }, section, sum) {
  const tabs = [{ page, frozen: false }];
  const saved = [];
  const state = async (tab, to) => {
    const session = await context.newCDPSession(tab.page);
    await session.send("Page.setWebLifecycleState", { state: to });
    tab.frozen = to === "frozen";
  };
  const open = async () => {
    const page = await context.newPage();
    await field(page, section);
    tabs.push({ page, frozen: false });
  };
  for (let other = 0; other <= atMost(3); other++) await open();
  for (let step = 1; step <= 12; step++) {
    const tab = tabs[atMost(tabs.length)];
    if (tab.frozen) await state(tab, "active");
    switch (atMost(6)) {
      case 0:
        await state(tab, "frozen");
        break;
      case 1: {
        tabs.splice(tabs.indexOf(tab), 1);
        if (atMost(2)) await tab.page.close();
        else await tab.page.goto("chrome://crash").catch(() => {});
        if (tabs.length < 2) await open();
        break;
      }
      default: {
        const take = tab.page.getByRole("button", { name: "Write here instead" });
        if (await take.count()) {
          await take.click();
          await take.waitFor({ state: "detached" });
          sum.takeovers += 1;
        }
        const word = `word${section.length}x${step}x${atMost(1e9)}`;
        const area = tab.page.locator("textarea").first();
        await area.fill(word);
        // Saved, or told that another tab has taken over meanwhile.
        await tab.page.locator(".app-saved__state--saved, #along-title").first().waitFor();
        const here = (await area.inputValue()) === word;
        if (here && !(await take.count()) && (await tab.page.locator(".app-saved__state--saved").count())) saved.push(word);
      }
    }
  }
  return saved;
}

let built;

/** The program `sightline`, built once. */
function commandLine() {
  built ??= execFileSync("cargo", ["build", "--quiet", "--bin", "sightline"], { cwd: root });
  return join(root, "target/debug/sightline");
}

/** What both places hold of the only round there is, as the command line reads it. */
export async function rescue(page, options = []) {
  const folder = mkdtempSync(join(tmpdir(), "sightline-rescue-"));
  try {
    for (const [place, files] of Object.entries(await segments(page))) {
      mkdirSync(join(folder, place));
      for (const [name, base64] of Object.entries(files)) {
        writeFileSync(join(folder, place, `${name}.seg`), Buffer.from(base64, "base64"));
      }
    }
    const folders = readdirSync(folder).map((place) => join(folder, place));
    const program = commandLine();
    const done = await promisify(execFile)(program, ["rescue", ...folders, ...options], { maxBuffer: 1 << 28 }).catch((error) => error);
    assert.ok(done.stdout, done.stderr);
    return JSON.parse(done.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The raw segments in each place, as base64, by name. */
export async function segments(page) {
  return page.evaluate(async () => {
    const base64 = (bytes) => {
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    };
    const places = { files: {}, database: {} };
    for (const space of ["sightline", "sightline-trial"]) {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle(space).catch(() => undefined);
      for await (const [name, file] of folder?.entries() ?? []) {
        if (!name.endsWith(".seg")) continue;
        const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
        places.files[name.slice(0, -".seg".length)] = base64(bytes);
      }
      const database = await new Promise((resolve) => {
        const request = indexedDB.open(space, 1);
        request.onupgradeneeded = () => request.result.createObjectStore("chunks");
        request.onsuccess = () => resolve(request.result);
      });
      const rows = database.transaction("chunks").objectStore("chunks");
      const all = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const [keys, values] = await Promise.all([all(rows.getAllKeys()), all(rows.getAll())]);
      const joined = {};
      keys.forEach(([round, epoch], at) => (joined[`${round}.${epoch}`] ??= []).push(...values[at]));
      for (const [name, bytes] of Object.entries(joined)) places.database[name] = base64(bytes);
      database.close();
    }
    return places;
  });
}

/** The files of a folder in which any of the words can be read, in UTF-8 or UTF-16. */
export function readable(folder, words) {
  const needles = words.flatMap((word) => {
    const little = Buffer.from(word, "utf16le");
    return [Buffer.from(word), little, Buffer.from(little).swap16()].map((bytes) => ({ word, bytes }));
  });
  const found = [];
  const look = (path) => {
    for (const name of readdirSync(path)) {
      const at = join(path, name);
      const about = statSync(at, { throwIfNoEntry: false });
      if (about?.isDirectory()) look(at);
      if (!about?.isFile()) continue;
      const content = readFileSync(at);
      for (const { word, bytes } of needles) if (content.includes(bytes)) found.push(`${word} in ${at.slice(folder.length)}`);
    }
  };
  look(folder);
  return found;
}
