// How the page starts: what it fetches, what it says when it cannot, and how a worker is started.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { expectAccessible, expectSilence, openPage } from "./harness.mjs";

const programs = ["app_bg.wasm", "app-rest.wasm", "list-worker_bg.wasm", "lock-worker_bg.wasm", "store-worker_bg.wasm"];

/** How often a file was asked for, by its own name or with a hash in it. */
const asked = ({ requests }, name) => {
  const [stem, end] = name.split(".");
  const named = new RegExp(`/${stem}(-[0-9a-f]{12})?\\.${end}$`);
  return requests.filter(({ url }) => named.test(url)).length;
};

test("the page loads, each program once, from its own folder, and then asks for nothing", async (t) => {
  const opened = await openPage(t);
  for (const program of programs) assert.equal(asked(opened, program), 1, program);
  for (const { url } of opened.requests) assert.ok(url.replace(/^blob:/, "").startsWith(opened.address), url);
  await expectSilence(opened);
});

test("the page's policy allows nothing but its own folder, and no inline script or style", async (t) => {
  const { page } = await openPage(t, { errors: [/example\.org/] });
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').first().getAttribute("content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  assert.equal(await page.locator("style, [style]").count(), 0);
  for (const script of await page.locator("script:not([src], [type='application/json'])").all()) {
    const hash = createHash("sha256").update(await script.textContent()).digest("base64");
    assert.ok(policy.includes(`'sha256-${hash}'`), "an inline script without a hash");
  }
  const refused = await page.evaluate(() => fetch("https://example.org/").then(() => false, () => true));
  assert.ok(refused);
});

test("a host that gives the programs a wrong type still starts the page", async (t) => {
  const answers = Object.fromEntries(programs.map((name) => [name, { type: "text/plain" }]));
  const { page } = await openPage(t, { answers });
  assert.equal(await page.title(), "Sightline");
});

for (const [what, answer, said] of [
  ["is missing", { status: 404 }, /list-worker_bg\.wasm could not be fetched: the host answered 404/],
  ["is a page to sign in", { type: "text/html", body: "<!doctype html>" }, /list-worker_bg\.wasm is not a program/],
]) {
  test(`when a program ${what}, the page says so, and what to send to IT`, async (t) => {
    const answers = { "list-worker_bg.wasm": answer };
    const { page } = await openPage(t, { until: null, answers, errors: [/./] });
    await page.getByRole("heading", { name: "Sightline could not start" }).waitFor();
    const text = await page.locator("main").innerText();
    assert.match(text, /Sightline could not start/);
    assert.match(text, said);
    assert.match(text, /Chrome\//);
    assert.equal(await page.locator("#starting").count(), 0);
    await expectAccessible(page);
  });
}

// A program of the test's own, in place of the list worker's: says what it hears once it listens.
const echo = `
  async function wasm_bindgen({ module_or_path }) {
    await new Promise((resolve) => setTimeout(resolve));
    if (!(module_or_path instanceof WebAssembly.Module)) throw new Error("no program came");
    self.onmessage = ({ data }) => self.postMessage("heard " + data);
    self.postMessage("ready");
  }`;

test("a worker hears all that was sent while it started, in order, and starts again without the network", async (t) => {
  // What the page itself sends its workers is no part of this test: one that it does not start.
  const opened = await openPage(t, { until: "whole", answers: { "list-worker.js": { body: echo } } });
  const talk = () =>
    opened.page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = window.sightline.newWorker("list");
          const heard = [];
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.onmessage = ({ data }) => {
            heard.push(data);
            if (data === "ready") worker.postMessage("late");
            if (data === "heard late") resolve(heard);
          };
          for (const word of ["one", "two", "three"]) worker.postMessage(word);
        }),
    );
  assert.deepEqual(await talk(), ["ready", "heard one", "heard two", "heard three", "heard late"]);
  assert.deepEqual(await talk(), ["ready", "heard one", "heard two", "heard three", "heard late"]);
  assert.equal(asked(opened, "list-worker_bg.wasm"), 1);
  assert.equal(asked(opened, "list-worker.js"), 1);
});

test("a worker that cannot start tells the page through its error event", async (t) => {
  const body = "async function wasm_bindgen() { throw new Error('broken on purpose'); }";
  const { page } = await openPage(t, {
    until: "whole",
    answers: { "list-worker.js": { body } },
    errors: [/broken on purpose/],
  });
  const said = await page.evaluate(
    () => new Promise((resolve) => (window.sightline.newWorker("list").onerror = (event) => resolve(event.message))),
  );
  assert.match(said, /broken on purpose/);
});
