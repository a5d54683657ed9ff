// Plain http on a name that is not this computer's own: what browsers then refuse is done without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { download, expectAccessible, expectSilence, host, openPage } from "./harness.mjs";
import * as walk from "./walk.mjs";

const name = "sightline.council.test";
const plain = { args: [`--host-resolver-rules=MAP ${name} 127.0.0.1`, "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable"] };

/** A host on plain http, by a name that no browser trusts as it does localhost. */
const elsewhere = async (t) => (await host(t)).replace("127.0.0.1", name);

test("over plain http the whole job works, and the page says what https would add", async (t) => {
  const opened = await openPage(t, { at: await elsewhere(t), ...plain });
  const { page } = opened;
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await page.getByText(/This address begins with http:\/\/\. Over https:\/\/ /).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 3, seed: "one" });
  await walk.nextPage(page, () => page.getByRole("link", { name: "Go to the cases" }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start case 1", exact: true }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start", exact: true }).click());
  await walk.answerSection(page, { grade: "Good", reason: "As the file says", evidence: "Seen on the file" });
  await page.getByRole("link", { name: "Where is my data?" }).click();
  await page.getByText(/This address begins with http:\/\//).waitFor();
  await expectSilence(opened);

  // The safe mode finds the round in both places that such an address has.
  await page.evaluate(() => localStorage.setItem("sightline.failed-starts", "2"));
  await page.reload();
  await page.getByRole("heading", { name: "Sightline did not start, twice" }).waitFor();
  const saves = page.getByRole("button", { name: "Save its sealed records to a file" });
  await saves.first().waitFor();
  assert.equal(await saves.count(), 1);
  const saved = JSON.parse((await download(page, () => saves.click())).bytes);
  assert.deepEqual(new Set(saved.segments.map(({ place }) => place)), new Set(["indexeddb", "localstorage"]));
});

test("where the browser trusts the address, nothing is said of http", async (t) => {
  const { page } = await openPage(t);
  assert.equal(await page.getByText(/begins with http:\/\/\./).count(), 0);
});
