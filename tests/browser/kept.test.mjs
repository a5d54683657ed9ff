// What is kept: in two places, sealed, by one writer at a time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, launch, readable, rescue, segments } from "./faults.mjs";
import { download, expectAccessible, expectSilence, host, newProfile, openPage, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** Goes to a page of the same host that has no part of Sightline, so that nothing is open: the icon, whatever its name. */
const leave = async (page) => page.goto(await page.locator("link[rel=icon]").evaluate((link) => link.href));

const evidence = (page) => page.locator("textarea").first();

/** Types into the first field, and waits until it is saved. */
async function write(page, words) {
  await evidence(page).fill(words);
  await walk.saved(page);
}

/** Fails, without printing them, unless the two places hold the same. */
function same(files, database) {
  const sizes = (place) => Object.entries(place).map(([name, base64]) => [name, base64.length]).sort();
  assert.deepEqual(sizes(files), sizes(database), "the two places hold the same");
  for (const name in files) assert.ok(files[name] === database[name], `${name} is the same in both places`);
}

async function reload(page) {
  await page.reload();
  await waitFor(page, "ready");
  await evidence(page).waitFor();
}

test("every line stands in both places, sealed, and the command line reads it from them", async (t) => {
  const profile = await newProfile(t);
  const opened = await openPage(t, { profile });
  const { page, address, close } = opened;
  await begin(page, address);
  opened.loaded = opened.requests.length;
  await write(page, "Marrowbone at the window");
  await expectSilence(opened);
  const { files, database } = await segments(page);
  assert.ok(Object.keys(files).length > 0);
  same(files, database);
  const { lines, adrift, damaged } = await rescue(page);
  assert.ok(lines.at(-1).includes("Marrowbone at the window"));
  assert.deepEqual([adrift, damaged], [[], 0]);
  await reload(page);
  assert.equal(await evidence(page).inputValue(), "Marrowbone at the window");
  assert.deepEqual(readable(profile, ["Marrowbone at"]), [], "while it is open");
  await close();
  assert.deepEqual(readable(profile, ["Marrowbone at"]), [], "once it is closed");
});

for (const [place, remove] of [
  ["the private files", () => navigator.storage.getDirectory().then((root) => root.removeEntry("sightline-trial", { recursive: true }))],
  [
    "the database",
    () =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase("sightline-trial");
        request.onsuccess = resolve;
      }),
  ],
]) {
  test(`with ${place} deleted between two runs nothing is lost, and both are whole again`, async (t) => {
    const { page, address } = await openPage(t, { errors: [/favicon\.ico/] });
    const section = await begin(page, address);
    await write(page, "Before the loss");
    await leave(page);
    await page.evaluate(remove);
    await page.goto(section);
    await waitFor(page, "ready");
    await evidence(page).waitFor();
    assert.equal(await evidence(page).inputValue(), "Before the loss");
    await write(page, "After the loss");
    const { files, database } = await segments(page);
    same(files, database);
    const kept = await rescue(page);
    assert.deepEqual([kept.adrift, kept.damaged], [[], 0]);
  });
}

test("a second tab reads along, takes over, and the first one's late words are kept to be settled", async (t) => {
  const { page, context, address } = await openPage(t);
  const section = await begin(page, address);
  await write(page, "By the first tab");
  const second = await context.newPage();
  await second.goto(section);
  await waitFor(second, "ready");
  await second.locator("#along-title").waitFor();
  await expectAccessible(second);
  assert.equal(await evidence(second).inputValue(), "By the first tab");
  await write(page, "By the first tab again");
  await second.waitForFunction(() => document.querySelector("textarea").value === "By the first tab again");

  const session = await context.newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await second.getByRole("button", { name: "Write here instead" }).click();
  await second.locator("#along-title").waitFor({ state: "detached" });
  await write(second, "By the second tab");
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await page.locator("#along-title").waitFor();
  await page.waitForFunction(() => document.querySelector("textarea").value === "By the second tab");

  await page.getByRole("button", { name: "Write here instead" }).click();
  await second.locator("#along-title").waitFor();
  await write(page, "And the first once more");
  const kept = await rescue(second);
  for (const words of ["By the first tab", "By the first tab again", "By the second tab", "And the first once more"]) {
    assert.ok([...kept.lines, ...kept.adrift].some((line) => line.includes(`"${words}"`)), words);
  }
});

test("a tab that crashes frees the round for the next one", async (t) => {
  const { page, context, address } = await openPage(t);
  const section = await begin(page, address);
  await write(page, "Before the crash");
  await page.goto("chrome://crash").catch(() => {});
  const next = await context.newPage();
  await next.goto(section);
  await waitFor(next, "ready");
  await evidence(next).waitFor();
  assert.equal(await evidence(next).inputValue(), "Before the crash");
  const take = next.getByRole("button", { name: "Write here instead" });
  if (await take.count()) await take.click();
  await write(next, "After the crash");
});

test("without https the second copy lies in localStorage, one tab writes, and either copy heals the other", async (t) => {
  const port = new URL(await host(t)).port;
  const address = `http://sightline.test:${port}/`;
  const browser = await launch(await newProfile(t), ["--host-resolver-rules=MAP sightline.test 127.0.0.1"]);
  t.after(() => browser.kill().catch(() => {}));
  const { page, context } = browser;
  const section = await begin(page, address);
  assert.equal(await page.evaluate(() => window.isSecureContext), false);
  await write(page, "Marrowbone at the window");
  const entries = () => page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith("sightline.seg:")));
  assert.ok((await entries()).length > 0);
  assert.ok(!JSON.stringify(await entries()).includes("Marrowbone"));

  const second = await context.newPage();
  await second.goto(section);
  await waitFor(second, "ready");
  await second.locator("#along-title").waitFor();
  await write(page, "Written once more");
  await second.waitForFunction(() => document.querySelector("textarea").value === "Written once more");
  await second.close();

  for (const forget of [
    () => Object.keys(localStorage).forEach((name) => name.startsWith("sightline.seg:") && localStorage.removeItem(name)),
    () =>
      new Promise((resolve) => {
        const request = indexedDB.deleteDatabase("sightline-trial");
        request.onsuccess = resolve;
      }),
  ]) {
    await leave(page);
    await page.evaluate(forget);
    await page.goto(section);
    await waitFor(page, "ready");
    await evidence(page).waitFor();
    assert.equal(await evidence(page).inputValue(), "Written once more");
    await walk.saved(page);
  }
});

test("a database that does not answer keeps nobody from the work, and is whole once it does", async (t) => {
  const { page, context, address } = await openPage(t, { errors: [/favicon\.ico/] });
  const section = await begin(page, address);
  await write(page, "Before the silence");
  // As a tab does that is frozen in the middle of a transaction.
  const other = await context.newPage();
  await other.goto(await page.locator("link[rel=icon]").evaluate((link) => link.href));
  await other.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("sightline-trial", 1);
        request.onsuccess = () => {
          const rows = request.result.transaction("chunks", "readwrite").objectStore("chunks");
          const hold = () => (rows.get(["nothing", 0, 0]).onsuccess = hold);
          hold();
          resolve();
        };
      }),
  );
  await leave(page);
  await page.goto(section);
  await evidence(page).waitFor();
  assert.equal(await evidence(page).inputValue(), "Before the silence");
  await page.locator("#not-saved-title").waitFor();
  await evidence(page).fill("Written meanwhile");
  await evidence(page).blur();
  await other.close();
  await write(page, "Written after the silence");
  const { files, database } = await segments(page);
  same(files, database);
  await reload(page);
  assert.equal(await evidence(page).inputValue(), "Written after the silence");
});

test("a store worker that fails is told of, started anew, and nothing is lost", async (t) => {
  const { page, address } = await openPage(t, { errors: [/failed on purpose/] });
  await begin(page, address);
  await write(page, "Before the fault");
  const store = (await Promise.all(page.workers().map(async (worker) => [await worker.evaluate(() => self.name), worker]))).find(([name]) => name === "store")[1];
  await store.evaluate(() => setTimeout(() => { throw new Error("failed on purpose"); }));
  await page.locator("#not-saved-title").waitFor();
  await expectAccessible(page);
  await evidence(page).fill("Written without a store");
  await page.getByRole("button", { name: "Try to save again" }).click();
  await walk.saved(page);
  await reload(page);
  assert.equal(await evidence(page).inputValue(), "Written without a store");
});

test("with no room at all an audit is begun, answered and exported, and the page says that it is not kept", async (t) => {
  const { page, context, address } = await openPage(t);
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(address).origin, quotaSize: 0 });
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await page.locator("#not-saved-title").waitFor();
  await walk.drawSample(page, { size: 1, seed: "one" });
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  for (let section = 0; section < 10; section++) {
    await walk.answerSection(page, { grade: "Good", reason: "Seen on file.", evidence: "Review of 2 June." });
  }
  await page.getByRole("button", { name: "Sign this case" }).click();
  await page.getByText("Case 1 is signed").waitFor();
  await page.goto(`${address}#/findings`);
  const written = await download(page, () => page.getByRole("button", { name: "Save as Excel workbook" }).click());
  assert.ok(written.bytes.length > 5000);
  await page.locator("#not-saved-title").waitFor();
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(address).origin });
  await page.getByRole("button", { name: "Try to save again" }).click();
  await walk.saved(page);
});

/** CRC-32 (IEEE). */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A journal as earlier versions kept it: records of lines, for everyone to read. */
function plainJournal(lines) {
  const records = lines.map((line) => {
    const payload = Buffer.from(line);
    const header = Buffer.alloc(8);
    header.writeUInt32LE(payload.length, 0);
    header.writeUInt32LE(crc32(payload), 4);
    return Buffer.concat([header, payload]);
  });
  return Buffer.concat(records);
}

test("a journal that an earlier version kept in plain is sealed in both places, and then the plain one is gone", async (t) => {
  const profile = await newProfile(t);
  const first = await openPage(t, { profile });
  const section = await begin(first.page, first.address);
  await write(first.page, "Marrowbone at the window");
  const { round, lines } = await rescue(first.page);
  await first.page.goto(`${first.address}#/`);
  await first.page.getByRole("button", { name: /^Remove/ }).click();
  await first.page.getByLabel(/type the word/).fill("remove");
  await first.page.getByRole("button", { name: "Remove the round for good" }).click();
  await first.page.getByRole("heading", { level: 1, name: /Audit casework/ }).waitFor();
  await first.page.getByRole("button", { name: /^Continue/ }).waitFor({ state: "detached" });
  const whole = plainJournal(lines);
  const spoilt = Buffer.concat([whole, Buffer.from([1, 2, 3]), plainJournal(["{\"behind\":\"damage\"}"])]);
  await first.page.evaluate(
    async ({ name, base64 }) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle("sightline", { create: true });
      const writing = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writing.write(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
      await writing.close();
    },
    { name: `${round}.journal`, base64: spoilt.toString("base64") },
  );
  await first.page.goto(section);
  await reload(first.page);
  assert.equal(await evidence(first.page).inputValue(), "Marrowbone at the window");
  await walk.saved(first.page);
  const kept = await rescue(first.page);
  assert.deepEqual(kept.lines.slice(0, lines.length), lines);
  assert.deepEqual(kept.adrift, ['{"behind":"damage"}']);
  const { files, database } = await segments(first.page);
  same(files, database);
  const names = await first.page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("sightline");
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
  assert.ok(!names.some((name) => name.endsWith(".journal")), names.join());
  await first.close();
  assert.deepEqual(readable(profile, ["Marrowbone at"]), []);
});
