// The tests' own instruments: that they notice what they are there to notice.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { chooseFile, download, dropFile, expectAccessible, expectSilence, newProfile, openPage } from "./harness.mjs";

const page = (body) => ({ "index.html": { body: `<!doctype html><html lang="en"><title>Trial</title><link rel="icon" href="data:,"><main><h1>Trial</h1>${body}</main>` } });

async function trial(t, body = "", more = {}) {
  return openPage(t, { until: null, answers: { ...page(body), ...more } });
}

for (const [from, ask] of [
  ["page", () => fetch("late").catch(() => {})],
  ["page by beacon", () => navigator.sendBeacon("late")],
  ["worker", () => new Promise((resolve) => (new Worker("asks.js").onmessage = resolve))],
]) {
  test(`a request of the ${from} after the load is noticed`, async (t) => {
    const asks = { body: "fetch('late').catch(() => {}).then(() => postMessage('asked'))" };
    const opened = await trial(t, "", { "asks.js": asks, late: { body: "" } });
    await expectSilence(opened);
    await opened.page.evaluate(ask);
    await assert.rejects(expectSilence(opened), /late/);
  });
}

for (const [where, body, script] of [
  ["the page", '<script src="bad.js"></script>', "throw new Error('seen')"],
  ["the console", '<script src="bad.js"></script>', "console.error('seen')"],
  ["a promise", '<script src="bad.js"></script>', "Promise.reject(new Error('seen'))"],
  ["a worker", '<script src="new.js"></script>', "throw new Error('seen')"],
]) {
  test(`an error of ${where} fails the test that opened it`, async (t) => {
    const scripts = { "bad.js": { body: script }, "new.js": { body: "new Worker('bad.js')" } };
    const opened = await trial(t, body, scripts);
    while (opened.errors.length === 0) await opened.page.evaluate(() => new Promise(requestAnimationFrame));
    await assert.rejects(opened.close(), /seen/);
  });
}

test("a fault of access is named", async (t) => {
  const { page } = await trial(t, "<input>");
  await assert.rejects(expectAccessible(page), /label: Form elements must have labels/);
});

test("a chosen and a dropped file arrive whole, and a saved one comes back", async (t) => {
  const { page } = await trial(t, '<input type="file"><p>drop here</p><a download="copy.txt">save</a>');
  const file = join(await newProfile(t), "list ü.csv");
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  await writeFile(file, bytes);

  await chooseFile(page, "input", file);
  assert.equal(await page.evaluate(() => document.querySelector("input").files[0].size), bytes.length);

  await page.evaluate(() => {
    const target = document.querySelector("p");
    target.ondragover = (event) => event.preventDefault();
    target.ondrop = (event) => {
      event.preventDefault();
      document.querySelector("a").href = URL.createObjectURL(event.dataTransfer.files[0]);
      document.querySelector("h1").textContent = event.dataTransfer.files[0].name;
    };
  });
  await dropFile(page, "p", file);
  assert.equal(await page.innerText("h1"), "list ü.csv");
  const saved = await download(page, () => page.click("a"));
  assert.equal(saved.name, "copy.txt");
  assert.deepEqual(new Uint8Array(saved.bytes), bytes);
});
