// A round saved to a file in one browser and opened in another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { download, expectAccessible, expectSilence, openPage } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** Chooses a file of these bytes as the saved round, enters the passphrase and asks for it to be opened. */
async function open(page, bytes, passphrase) {
  const file = { name: "a.sightline", mimeType: "", buffer: bytes };
  await page.locator("#saved-round").setInputFiles(file);
  await page.getByText("Chosen: a.sightline").waitFor();
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Open the round" }).click();
}

test("a round is saved for a team, whose secret key opens it", async (t) => {
  // The identity of age's own test vectors, and what age-keygen -y gives for it.
  const secret = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
  const team = "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef";
  const { page } = await openPage(t);
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await page.evaluate(() => (location.hash = "#/save"));
  await page.getByLabel("My team’s key").check();
  await page.getByRole("button", { name: "Save the file" }).click();
  await page.locator("#error-summary").getByText("not a public key of age").waitFor();
  await expectAccessible(page);
  await page.getByLabel("The team’s public key").fill(team);
  const saved = await download(page, () => page.getByRole("button", { name: "Save the file" }).click());
  assert.match(saved.bytes.toString("latin1"), /^age-encryption\.org\/v1\n-> X25519 /);
  await page.evaluate(() => (location.hash = "#/open"));
  await open(page, saved.bytes, "another one altogether");
  await page.locator("#error-summary").waitFor();
  await open(page, saved.bytes, secret);
  await page.getByText("This computer had all that is in the file").waitFor();
});

test("a round is saved with six words, and goes on in another browser", async (t) => {
  const one = await openPage(t);
  const { page } = one;
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 1, seed: "one" });
  await page.getByRole("link", { name: "Trial with a made-up list" }).first().click();
  await page.getByRole("link", { name: "Save this round to a file" }).click();
  const passphrase = page.getByLabel("Passphrase", { exact: true });
  await page.getByRole("button", { name: "Save the file" }).click();
  await page.locator("#error-summary").getByText("Enter a passphrase").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make a passphrase of six words" }).click();
  await page.getByText("Six words drawn by chance from").waitFor();
  const words = await passphrase.inputValue();
  assert.equal(words.split(" ").length, 6);
  const began = Date.now();
  const saved = await download(page, () => page.getByRole("button", { name: "Save the file" }).click());
  t.diagnostic(`sealed in ${Date.now() - began} ms`);
  assert.match(saved.name, /^sightline-round-\d{4}-\d\d-\d\d\.sightline$/);
  assert.match(saved.bytes.toString("latin1"), /^age-encryption\.org\/v1\n-> scrypt \S{22} 17\n/);
  assert.ok(!saved.bytes.includes("Trial"), "nothing in the file can be read");
  await page.getByText("The round was saved to a file").waitFor();
  await expectAccessible(page);
  await expectSilence(one);
  await one.close();

  const other = await openPage(t);
  await other.page.getByRole("link", { name: "Open a saved round" }).click();
  await open(other.page, saved.bytes, "another one altogether");
  await other.page.locator("#error-summary").getByText("The passphrase does not open this file").waitFor();
  await expectAccessible(other.page);
  await open(other.page, saved.bytes.subarray(0, -1), words);
  await other.page.locator("#error-summary").getByText("The end of this file is missing").waitFor();
  await open(other.page, saved.bytes, words);
  await other.page.getByText("1 cases drawn").waitFor();
  await walk.saved(other.page);
  await expectSilence(other);
  await other.page.reload();
  await other.page.getByText("1 cases drawn").waitFor();
});
