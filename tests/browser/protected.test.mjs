// Rounds that are kept sealed, in a real browser: set up, locked, unlocked at the same place, held in memory only,
// written by one tab, noticed when they are gone, removed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { download, expectAccessible, expectSilence, openPage, phone, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const list = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));
const round = { title: "Child protection, November", auditor: "Amina Auditor" };

/** Goes to an address. */
const go = (page, hash) => page.evaluate((hash) => (location.hash = hash), hash);

/** A round with a sample, at a section of its first case. */
async function atSection(page) {
  await walk.startRound(page, round);
  await walk.readList(page, walk.choose(page, list));
  await walk.drawSample(page, { size: 2, seed: "one" });
  await go(page, "#/cases/1/risk");
  await page.getByLabel("What did you see, and where?").waitFor();
}

const evidence = (page) => page.getByLabel("What did you see, and where?");

test("a new round is protected before anything of it is kept", async (t) => {
  const opened = await openPage(t);
  const { page } = opened;
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill(round.title);
  await page.getByLabel("Your name").fill(round.auditor);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: "Protect the round" }).waitFor();
  await page.getByText("A forgotten passphrase cannot be recovered").waitFor();
  await expectAccessible(page);
  const field = page.getByLabel("Passphrase", { exact: true });
  await field.fill("password1234");
  await page.locator(".app-strength").getByText("Weak").waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator("#error-summary").getByText("among the first that are tried").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make six words for me" }).click();
  await page.locator(".app-strength").getByText("Strong").waitFor();
  assert.equal((await field.inputValue()).split(" ").length, 6);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator(".app-recovery__code").waitFor();
  await expectAccessible(page);
  assert.match(await page.locator(".app-recovery__code").innerText(), /^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5,6}){4}$/);
  await page.getByLabel(/last two groups/).fill("12345-123456");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator("#error-summary").getByText("not what stands at the end").waitFor();
  const code = await page.locator(".app-recovery__code").innerText();
  await page.getByLabel(/last two groups/).fill(code.split("-").slice(-2).join(" ").toLowerCase());
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: round.title }).waitFor();
  await walk.saved(page);
  await expectSilence(opened);
});

test("locked, nothing can be read; unlocked, it is the same place with every word", async (t) => {
  const { page } = await openPage(t);
  await atSection(page);
  await evidence(page).fill("Half a sentence about");
  await page.getByRole("button", { name: "Lock the round now" }).click();
  await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
  await expectAccessible(page);
  const shown = await page.locator("body").innerText();
  assert.ok(!shown.includes(round.title) && !(await page.title()).includes(round.title), shown);
  await go(page, "#/");
  await page.locator(".app-rounds__title").getByText("Locked round").waitFor();
  assert.ok(!(await page.locator("body").innerText()).includes("November,"));
  await page.getByRole("button", { name: /^Unlock/ }).click();
  await walk.unlock(page, "not the passphrase");
  await page.locator("#error-summary").getByText("This does not open the round").waitFor();
  await expectAccessible(page);
  await go(page, "#/cases/1/risk");
  await walk.unlock(page);
  await evidence(page).waitFor();
  assert.equal(await evidence(page).inputValue(), "Half a sentence about");
  assert.match(page.url(), /#\/cases\/1\/risk$/);
});

test("without a sign of the person the round locks", async (t) => {
  const { page, address } = await openPage(t, { until: null });
  await page.clock.install();
  await page.goto(address);
  await waitFor(page, "ready");
  await walk.startRound(page, round);
  await walk.saved(page);
  await page.clock.runFor("09:30");
  assert.equal(await page.getByRole("heading", { level: 1, name: round.title }).count(), 1);
  await page.clock.runFor("00:40");
  await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
});

test("for this session only: the audit is done and taken away, and nothing is kept", async (t) => {
  const opened = await openPage(t, { viewport: phone });
  const { page } = opened;
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill(round.title);
  await page.getByLabel("Your name").fill(round.auditor);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel(/for this session only/).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This round is in memory only").waitFor();
  await expectAccessible(page);
  await finish(page);
  assert.equal(await kept(page), 0);
});

/** From the list to the findings, and the file of the round. */
async function finish(page) {
  await walk.readList(page, walk.choose(page, list));
  await walk.drawSample(page, { size: 1, seed: "one" });
  await go(page, "#/cases/1/risk");
  for (let index = 0; !page.url().endsWith("/check"); index += 1) {
    await walk.answerSection(page, { grade: "Good", reason: `Reason ${index}`, evidence: `Evidence ${index}` });
  }
  await page.getByRole("button", { name: "Sign this case" }).click();
  await page.getByText("Case 1 is signed").waitFor();
  await go(page, "#/findings");
  const findings = await download(page, () => page.getByRole("button", { name: /JSON/ }).click());
  assert.match(findings.bytes.toString(), /Reason 1/);
  await go(page, "#/save");
  await page.getByLabel("Passphrase", { exact: true }).fill(walk.passphrase);
  const saved = await download(page, () => page.getByRole("button", { name: "Save the file" }).click());
  assert.match(saved.bytes.toString("latin1"), /^age-encryption\.org/);
  await page.locator(".app-saved").getByText("Saved to a file").waitFor();
}

/** How many rounds lie in this browser, by any way that a page has. */
function kept(page) {
  return page.evaluate(async () => {
    const names = [];
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("sightline").catch(() => undefined);
    if (folder) for await (const name of folder.keys()) if (/\.(seg|journal)$/.test(name)) names.push(name);
    return names.length;
  });
}

test("where the browser refuses to keep anything, that is told at once and the audit is finished", async (t) => {
  // The store's program is there, and the browser gives it no place: as in some private windows.
  const glue = await (await import("node:fs/promises")).readFile(fileURLToPath(new URL("../../target/site/store-worker.js", import.meta.url)), "utf8");
  const refuse = `
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("refused", "SecurityError"));
    Object.defineProperty(self, "indexedDB", { value: undefined });
  `;
  const before = () =>
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("refused", "SecurityError");
      },
    });
  const { page } = await openPage(t, { before, answers: { "store-worker.js": { body: refuse + glue } } });
  await page.locator(".govuk-warning-text").first().waitFor();
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill(round.title);
  await page.getByLabel("Your name").fill(round.auditor);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This round is in memory only").waitFor();
  await expectAccessible(page);
  await finish(page);
});

test("a browser that has lost a round says that there was work", async (t) => {
  const { page, address } = await openPage(t);
  await walk.startRound(page, round);
  await walk.saved(page);
  // Another page of the same host, in which nothing holds the files open.
  await page.route("**/empty", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Empty</title>" }));
  await page.goto(new URL("empty", address).href);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
    const gone = (name) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = resolve;
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) await gone(name);
  });
  await page.goto(address);
  await page.getByText("There was work here").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "I know: do not tell me again" }).click();
  await page.getByText("There was work here").waitFor({ state: "detached" });
  await page.reload();
  await waitFor(page, "ready");
  assert.equal(await page.getByText("There was work here").count(), 0);
});

test("a round is removed after what is lost was told and a word was typed", async (t) => {
  const { page } = await openPage(t);
  await walk.startRound(page, round);
  await walk.saved(page);
  await go(page, "#/");
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page.getByText(`the round “${round.title}”`).waitFor();
  await page.getByText("It was never saved to a file from this browser.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove the round for good" }).click();
  await page.locator("#error-summary").getByText("Type the word remove").waitFor();
  await page.getByLabel(/type the word/).fill("remove");
  await page.getByRole("button", { name: "Remove the round for good" }).click();
  await page.getByRole("heading", { level: 1, name: /Audit casework/ }).waitFor();
  assert.equal(await page.locator(".app-rounds__item").count(), 0);
  assert.equal(await kept(page), 0);
});

test("where is my data: what is kept where, sealed how, and the browser's promise", async (t) => {
  const { page } = await openPage(t);
  await walk.startRound(page, round);
  await walk.saved(page);
  await go(page, "#/data");
  for (const text of [/1 round/, /XChaCha20/, /never saved to a file/, /Until you remove it/]) {
    await page.getByText(text).first().waitFor();
  }
  await expectAccessible(page);
});
