// What is kept: in two places, sealed, by one writer at a time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, readable, rescue, segments } from "./faults.mjs";
import { expectAccessible, expectSilence, newProfile, openPage, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const evidence = (page) => page.locator("textarea").first();

/** Types into the first field, and waits until it is saved. */
async function write(page, words) {
  await evidence(page).fill(words);
  await walk.saved(page);
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
  assert.deepEqual(files, database, "the two places hold the same");
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
    // A page that has no part of Sightline: nothing is open.
    await page.goto(`${address}favicon.svg`);
    await page.evaluate(remove);
    await page.goto(section);
    await waitFor(page, "ready");
    await evidence(page).waitFor();
    assert.equal(await evidence(page).inputValue(), "Before the loss");
    await write(page, "After the loss");
    const { files, database } = await segments(page);
    assert.deepEqual(files, database);
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
