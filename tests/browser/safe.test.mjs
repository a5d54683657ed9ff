// What still works when a program does not: a fault is told and nothing is loaded anew by itself; after two
// starts that failed, the safe mode hands out what is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { download, expectAccessible, host, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** Keeps the page's program at hand, so that a test can have it fail as it fails by itself. */
const keepProgram = () => {
  const real = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const made = await real.apply(WebAssembly, given);
    window.programs = [...(window.programs ?? []), made.instance ?? made];
    return made;
  };
};

/** Has the page's program trap, outside of any call of the test's. */
const trap = (page) =>
  page.evaluate(() => {
    const { exports } = window.programs[0];
    // More memory than there can be: it stops, as it does when it runs out of it.
    setTimeout(() => exports.__wbindgen_malloc(-1, 1));
  });

test("a fault of the page's program is told at once, with what is saved, and the page stays", async (t) => {
  const opened = await openPage(t, { until: null, errors: [/unreachable|memory|RuntimeError/i] });
  const { page, address } = opened;
  await page.addInitScript(keepProgram);
  await page.goto(address);
  await page.waitForSelector('html[data-ready="true"]', { state: "attached" });
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.saved(page);
  await trap(page);
  const told = page.locator(".app-fault");
  await told.getByText("All that you wrote is saved on this computer").waitFor();
  assert.equal(await told.getByText("not saved").count(), 0);
  assert.match(await told.locator("pre").innerText(), /Sightline met a fault/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "fault-title");
  // What stood on the page still stands there, to be copied.
  await page.getByRole("heading", { name: "What the sample is drawn from" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Load the page again" }).click();
  await page.waitForSelector('html[data-ready="true"]', { state: "attached" });
  await page.getByRole("heading", { level: 1 }).waitFor();
});

test("after two starts that failed the safe mode hands out what is kept, and goes back to work", async (t) => {
  const at = await host(t);
  const { page } = await openPage(t, { at, errors: [/could not start|is not a program|digest|app_bg|WebAssembly/i] });
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.saved(page);
  const url = page.url();
  // Starts that fail: the program is no program.
  const broken = (route) => route.fulfill({ status: 200, contentType: "application/wasm", body: "broken" });
  await page.route(/app_bg/, broken);
  for (let start = 0; start < 2; start += 1) {
    await page.reload();
    await page.getByRole("heading", { name: "Sightline could not start" }).waitFor();
  }
  await page.setViewportSize(phone);
  await page.reload();
  await page.getByRole("heading", { name: "Sightline did not start, twice" }).waitFor();
  await page.getByText("A trial with a made-up list").or(page.getByText(/^A round/)).first().waitFor();
  await expectAccessible(page);
  const saved = await download(page, () => page.getByRole("button", { name: "Save its sealed records to a file" }).first().click());
  assert.match(saved.name, /^sightline-raw-[0-9a-f]{16}\.json$/);
  const raw = JSON.parse(saved.bytes);
  assert.equal(raw.format, "sightline-raw/1");
  assert.ok(raw.segments.length > 0 && raw.segments.every(({ place }) => place));
  await page.unroute(/app_bg/, broken);
  await page.getByRole("button", { name: "Try to start again" }).click();
  await page.waitForSelector('html[data-ready="true"]', { state: "attached" });
  assert.equal(page.url(), url);
  // A start that went well: the next failure is the first again.
  await page.waitForFunction(() => localStorage.getItem("sightline.failed-starts") === "0");
});

test("leaving before the start is over is no failed start", async (t) => {
  const { page, address } = await openPage(t);
  for (let start = 0; start < 4; start += 1) await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector('html[data-ready="true"]', { state: "attached" });
  assert.equal(await page.locator("html[data-safe]").count(), 0);
});
