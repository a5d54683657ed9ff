// What tests of a browser's storage stand on: a browser that can be killed, a round that is begun, what both places
// hold of it, and what can be read of it on disk. The faults that are played with it lie in faults/.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { flags, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

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
  return toSection(page);
}

/** The same with a round of one's own, which a passphrase protects. */
export async function beginLocked(page, address) {
  await page.goto(address);
  await waitFor(page, "ready");
  await walk.startRound(page, { title: "A round", auditor: "A. Auditor" });
  await walk.readList(page, walk.choose(page, walk.madeUp));
  return toSection(page);
}

/** From a list to the first section of a case. */
async function toSection(page) {
  await walk.drawSample(page, { size: 1, seed: "one" });
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.locator("textarea").first().waitFor();
  await walk.saved(page);
  return page.url();
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
