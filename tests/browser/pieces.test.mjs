// The page's program comes in two pieces: what can be done with the first, and that nothing is lost before the
// rest is there.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { firstFiles } from "../../xtask/first.mjs";
import { dist, expectAccessible, openPage, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** Holds the rest of the program back until `release` is called. */
function held() {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  const route = (context) =>
    context.route(/\/app-rest-/, async (route) => {
      await released;
      await route.continue();
    });
  return { route, release };
}

const coming = (page) => page.getByRole("status").filter({ hasText: "Getting the page ready" });

test("a click that comes before the rest of the program waits for it", async (t) => {
  const { route, release } = held();
  const { page } = await openPage(t, { until: "started", route });
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await coming(page).waitFor();
  await expectAccessible(page);
  release();
  await walk.listRead(page);
});

test("a link that is followed before the rest of the program leads there once it is in", async (t) => {
  const { route, release } = held();
  const { page } = await openPage(t, { until: "started", route });
  await page.getByRole("link", { name: "Start a new round" }).click();
  await coming(page).waitFor();
  release();
  await page.getByRole("heading", { level: 1, name: "Start a new round" }).waitFor();
});

test("the first page stays as it is, with the focus where it was, when the rest comes", async (t) => {
  const { route, release } = held();
  const { page } = await openPage(t, { until: "started", route });
  const button = page.getByRole("button", { name: "Try with a made-up list" });
  await button.focus();
  await button.evaluate((element) => (element.seenBefore = true));
  const before = await page.locator("#app").innerHTML();
  release();
  await waitFor(page, "ready");
  assert.equal(await page.locator("#app").innerHTML(), before);
  assert.ok(await page.evaluate(() => document.activeElement.seenBefore), "it is the same element");
});

test("when the rest does not arrive, the page says so, and gets it when asked again", async (t) => {
  let broken = true;
  const route = (context) => context.route(/\/app-rest/, (route) => (broken ? route.abort() : route.continue()));
  const { page } = await openPage(t, { until: "started", route, errors: [/./] });
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await page.getByText("A part of Sightline has not arrived").waitFor();
  await expectAccessible(page);
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await walk.listRead(page);
  await waitFor(page, "ready");
});

test("nothing but the first files is asked for until the first page stands", async (t) => {
  const { route } = held();
  const { page, requests, address } = await openPage(t, { until: null, route });
  await waitFor(page, "started");
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("store-worker_bg")));
  const asked = requests.map(({ url }) => url.replace(address, "")).filter((name) => !/^blob:/.test(name));
  const first = firstFiles(await readdir(dist)).map((name) => (name === "index.html" ? "" : name));
  const behind = asked.findIndex((name) => !first.includes(name));
  assert.ok(behind > 0, "the rest is asked for");
  // The icon is the browser's own affair.
  const needed = first.filter((name) => !name.startsWith("favicon"));
  assert.deepEqual(needed.filter((name) => !asked.slice(0, behind).includes(name)), [], "what is not counted comes behind");
});

test("without a host the rest is taken out of the single file", async (t) => {
  const { page } = await openPage(t, { at: pathToFileURL(join(dist, "sightline.html")).href });
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
});
