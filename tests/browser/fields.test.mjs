// Every page, walked for its fields: none is remembered, sent to a spell checker or translated.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** Every field of the page that can be written in, as the browser understands it. */
function fields(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("input, textarea, select, [contenteditable]")].map((field) => ({
      id: field.id,
      kind: field.type ?? "editable",
      remembered: field.autocomplete !== "off",
      // As inherited: what the browser goes by.
      checked: field.spellcheck,
      translated: field.translate,
    })),
  );
}

/** Holds the fields of the page to the rule; gives how many were looked at. */
async function hold(page, where, { spelling = false } = {}) {
  const found = await fields(page);
  for (const field of found) {
    const what = `${where}: ${field.kind} #${field.id}`;
    if (field.kind !== "file") assert.ok(!field.remembered, `${what} is remembered`);
    if (["text", "password", "search", "textarea", "editable"].includes(field.kind)) {
      assert.equal(field.checked, spelling && field.kind === "textarea", `${what} is spell-checked`);
      assert.ok(!field.translated, `${what} is translated`);
    }
  }
  return found.length;
}

/** Goes to an address and waits until its page is shown. */
async function go(page, hash) {
  await page.evaluate((hash) => (location.hash = hash), hash);
  await page.waitForFunction((hash) => location.hash === hash, hash);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.locator("#main-heading").waitFor();
}

test("no field on any page is remembered, spell-checked or translated", async (t) => {
  const { page } = await openPage(t);
  let looked = 0;
  const look = async (where, options) => (looked += await hold(page, where, options));

  for (const hash of ["#/", "#/new", "#/open", "#/verify", "#/data", "#/settings"]) {
    await go(page, hash);
    await look(hash);
  }
  await go(page, "#/");
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  for (const hash of ["#/list", "#/list/columns", "#/list/rows", "#/list/who"]) {
    await go(page, hash);
    await look(hash);
  }
  await go(page, "#/list");
  await walk.drawSample(page, { size: 2, seed: "one" });
  for (const hash of ["#/sample", "#/how-many", "#/certificate", "#/cases", "#/cases/1", "#/findings", "#/trail", "#/save", "#/form"]) {
    await go(page, hash);
    await look(hash);
  }
  const sections = async () => page.locator(".app-side__link").evaluateAll((links) => links.map((link) => link.hash));
  await go(page, "#/cases/1/risk");
  for (const hash of await sections()) {
    await go(page, hash);
    // What an answer brings: the reason, actions, evidence.
    for (const grade of await page.getByRole("radio", { name: "Inadequate", exact: true }).all()) await grade.check();
    for (const add of await page.getByRole("button", { name: /^Add/ }).all()) await add.click();
    await look(hash);
  }
  await go(page, "#/cases/1/concern");
  await look("#/cases/1/concern");

  // The pages that take a passphrase, and the one that removes: with a round of one's own.
  await go(page, "#/");
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill("A round");
  await page.getByLabel("Your name").fill("A. Auditor");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: "Protect the round" }).waitFor();
  for (const kept of await page.getByRole("radio").all()) {
    await kept.check();
    await look("#/protect");
  }
  await page.getByRole("radio").first().check();
  await page.getByLabel("Passphrase", { exact: true }).fill(walk.passphrase);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel(/last two groups/).waitFor();
  await look("#/protect, with a code");
  const code = await page.locator(".app-recovery__code").innerText();
  await page.getByLabel(/last two groups/).fill(code);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: "A round" }).waitFor();
  await walk.saved(page);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
  await look("the page that unlocks");
  await go(page, "#/");
  await page.getByRole("button", { name: /^Remove/ }).first().click();
  await page.getByRole("heading", { level: 1, name: "Remove the round?" }).waitFor();
  await look("#/wipe");
  await go(page, "#/");
  await page.getByRole("button", { name: /^Continue Trial/ }).click();
  await page.getByRole("heading", { level: 1, name: "Trial with a made-up list" }).waitFor();
  t.diagnostic(`${looked} fields looked at`);
  assert.ok(looked > 80, `only ${looked} fields were found`);

  await go(page, "#/settings");
  await page.getByLabel(/Let the browser check the spelling/).check();
  await go(page, "#/cases/1/risk");
  await look("with spelling turned on", { spelling: true });
  await page.reload();
  await page.locator("textarea").first().waitFor();
  await look("with spelling turned on, after a reload", { spelling: true });
});
