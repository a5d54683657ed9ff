// Words typed into every field of every page are nowhere to be read in the browser's profile folder: not while it
// is open, idle, closed or killed, and not once all is removed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, readable } from "./faults.mjs";
import { host, newProfile, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const words = [];

/** Types a word of its own into every field that is shown. */
async function typeEverywhere(page, name) {
  const fields = page.locator("main input:not([type=radio]):not([type=checkbox]):not([type=file]):not([type=date]):not([type=datetime-local]):not([type=number]), main textarea");
  for (const field of await fields.all()) {
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    const word = `Zyx${name}${words.length}wvu`;
    await field.fill(word, { timeout: 5000 }).catch(() => {});
    words.push(word);
  }
  await page.keyboard.press("Tab");
}

async function goTo(page, address, route) {
  await page.goto(`${address}#/${route}`);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
}

test("no word typed into any field can be read in the browser's profile folder", async (t) => {
  const address = await host(t);
  const profile = await newProfile(t);
  let browser = await launch(profile);
  let { page } = browser;
  const look = (state) => {
    const found = readable(profile, words);
    t.diagnostic(`${state}: ${words.length} words, found ${found.length}`);
    assert.deepEqual(found, [], state);
  };
  await page.goto(address);
  await waitFor(page, "ready");
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").waitFor();
  await typeEverywhere(page, "new");
  await page.getByRole("button", { name: "Continue" }).click();
  const passphrase = "Zyxgravelwvu teapot lantern orbit";
  const code = await walk.protect(page, passphrase);
  words.push("Zyxgravelwvu", code);
  await page.getByRole("heading", { level: 1, name: /^Zyxnew/ }).waitFor();
  await goTo(page, address, "list");
  await page.locator("#case-list").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from("Child Unique ID,Team\nZyxid1wvu,North\nZyxid2wvu,South\nZyxid3wvu,West\n") });
  words.push("Zyxid1wvu", "Zyxid2wvu", "Zyxid3wvu");
  await walk.listRead(page);
  for (const route of ["list/rows", "list/who", "list", "how-many", "list"]) {
    await goTo(page, address, route);
    await typeEverywhere(page, "list");
  }
  await page.getByRole("button", { name: "Use this list" }).click();
  await page.getByRole("heading", { level: 1, name: "Draw the sample" }).waitFor();
  await typeEverywhere(page, "sample");
  await page.getByLabel("How many cases?").fill("2");
  await page.getByLabel("A phrase or number that somebody else gives").check();
  await page.getByLabel("The seed", { exact: true }).fill("Zyxseedwvu");
  words.push("Zyxseedwvu");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await page.getByRole("heading", { level: 1, name: "Certificate of the draw" }).waitFor();
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  await page.locator("textarea").first().waitFor();
  for (let section = 0; section < 9; section++) {
    await page.getByRole("radio").last().check();
    await typeEverywhere(page, "section");
    await walk.nextPage(page, () => page.getByRole("button", { name: "Continue" }).click());
  }
  for (const route of ["cases/1/concern", "save", "open", "findings", "certificate", "verify", "data"]) {
    await goTo(page, address, route);
    await typeEverywhere(page, "other");
  }
  const section = `${address}#/cases/1`;
  await page.goto(section);
  await walk.saved(page);
  look("open");
  // The browser writes its session files and history some seconds later.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 12_000)));
  look("idle");
  await page.getByRole("button", { name: "Lock the round now" }).click();
  await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
  look("locked by hand");
  await browser.close();
  look("closed");
  browser = await launch(profile);
  page = browser.page;
  await page.goto(section);
  await waitFor(page, "ready");
  await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
  look("locked");
  await walk.unlock(page, passphrase);
  await page.getByRole("heading", { level: 1, name: "Case 1" }).waitFor();
  await browser.kill();
  look("killed");
  browser = await launch(profile);
  page = browser.page;
  await page.goto(address);
  await waitFor(page, "ready");
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page.getByLabel(/type the word/).fill("remove");
  await page.getByRole("button", { name: "Remove the round for good" }).click();
  await page.getByRole("heading", { level: 1, name: /Audit casework/ }).waitFor();
  await browser.close();
  look("wiped");
  assert.ok(words.length > 30, `only ${words.length} fields were found`);
});
