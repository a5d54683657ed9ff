// Leaving out who was audited lately, in a real browser: from a sealed round, and from a certificate.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { download, expectAccessible, expectSilence, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

const made = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));
const words = "twelve quiet herons";

/** Signs case 1 of the round that is open. */
async function signFirst(page) {
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  for (let section = 0; section < 10; section += 1) {
    await walk.answerSection(page, { grade: "Good", reason: "Seen on file", evidence: "Seen on file" });
  }
  await page.getByRole("button", { name: "Sign this case" }).click();
  await page.getByText("Case 1 is signed").waitFor();
}

/** Begins another round with the same list, and goes to where it is said who is in. */
async function nextRound(page) {
  await page.evaluate(() => (location.hash = "#/"));
  await walk.startRound(page, { title: "The next round", auditor: "A. Auditor" });
  await walk.readList(page, walk.choose(page, made));
  await walk.nextPage(page, () => page.getByRole("link", { name: "Choose who is in" }).click());
}

test("who was signed in a sealed round of the last months is left out, with its days on the certificate", async (t) => {
  const opened = await openPage(t);
  const { page } = opened;
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 2, seed: "one" });
  await signFirst(page);
  await page.evaluate(() => (location.hash = "#/save"));
  await page.getByLabel("Passphrase", { exact: true }).fill(words);
  const saved = await download(page, () => page.getByRole("button", { name: "Save the file" }).click());

  await nextRound(page);
  await page.locator("#earlier-file").setInputFiles({ name: "spring.sightline", mimeType: "", buffer: saved.bytes });
  const passphrase = page.getByLabel("Passphrase of spring.sightline");
  await passphrase.fill("another one altogether");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Open the round" }).click();
  await page.locator("#error-summary").getByText("The passphrase does not open this file").waitFor();
  await passphrase.fill(words);
  await page.getByRole("button", { name: "Open the round" }).click();
  await page.getByText("1 case audited, on").waitFor();
  await page.getByText("1 case of it not signed").waitFor();
  await page.getByLabel("Audited in the last how many months?").fill("0");
  await page.getByRole("button", { name: "Leave them out" }).click();
  await page.locator("#error-summary").getByText("how many months count").waitFor();
  await page.getByLabel("Audited in the last how many months?").fill("3");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Leave them out" }).click();
  await page.getByText("122 read = 119 cases to draw from + 2 left out + 1 faulty").waitFor();
  await page.getByText(/Audited in the last 3 months, from [\d-]+ to [\d-]+ \(spring\.sightline\)/).first().waitFor();
  await expectAccessible(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: "Back to the case list" }).click());
  await walk.drawSample(page, { size: 5, seed: "two" });
  const drawn = await download(page, () => page.getByRole("button", { name: "Save the certificate" }).click());
  const [{ reason, count }] = JSON.parse(drawn.bytes).excluded;
  assert.match(reason, /^Audited in the last 3 months, from [\d-]+ to [\d-]+ \(spring\.sightline\)$/);
  assert.equal(count, 1);
  await expectSilence(opened);
});

test("the cases of an earlier certificate are left out, on a phone too", async (t) => {
  const opened = await openPage(t, { viewport: phone });
  const { page } = opened;
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 4, seed: "one" });
  const saved = await download(page, () => page.getByRole("button", { name: "Save the certificate" }).click());
  await nextRound(page);
  await page.locator("#earlier-file").setInputFiles({ name: "certificate.json", mimeType: "", buffer: saved.bytes });
  await page.getByText("4 cases audited, on days that it does not say").waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await expectAccessible(page);
  await page.getByRole("button", { name: "Leave them out" }).click();
  await page.getByText("122 read = 116 cases to draw from + 5 left out + 1 faulty").waitFor();
  await expectSilence(opened);
});
