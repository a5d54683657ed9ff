// Browsers that cannot run Sightline are told which can; what looks at them is in words that they all understand.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { parse } from "acorn";
import { expectAccessible, openPage, phone } from "./harness.mjs";

const cannot = [
  ["Internet Explorer mode", { before: () => Object.defineProperty(document, "documentMode", { value: 11 }) }, /Internet Explorer mode/],
  ["WebAssembly turned off", { before: () => delete globalThis.WebAssembly }, /WebAssembly is turned off/],
  [
    "WebAssembly without SIMD",
    {
      before: () => {
        const validate = WebAssembly.validate;
        WebAssembly.validate = (bytes) => !bytes.includes(253) && validate(bytes);
      },
    },
    /has no SIMD/,
  ],
];

for (const [what, options, said] of cannot) {
  test(`with ${what} the page says which browsers run Sightline, and what to send to IT`, async (t) => {
    const { page, requests } = await openPage(t, { ...options, until: null, viewport: phone });
    await page.getByRole("heading", { name: "This browser cannot run Sightline" }).waitFor();
    const text = await page.locator("#too-old").innerText();
    assert.match(text, /Edge, version \d+.*Chrome, version \d+.*Firefox, version \d+.*Safari, version [\d.]+/s);
    assert.match(text, said);
    assert.match(text, /Chrome\//);
    assert.equal(await page.title(), "This browser cannot run Sightline");
    assert.equal(await page.locator("#starting").count(), 0);
    await expectAccessible(page);
    assert.deepEqual(requests.filter(({ url }) => url.endsWith(".wasm")), []);
  });
}

test("without scripts the page says what to ask for, and nothing else", async (t) => {
  const { page } = await openPage(t, { until: null, javaScriptEnabled: false, viewport: phone });
  await page.locator("noscript").getByRole("heading", { name: "Sightline needs JavaScript" }).waitFor();
  assert.equal(await page.locator("#too-old").isVisible(), false);
});

test("what looks at the browser is ECMAScript 5", async () => {
  const text = await readFile(new URL("../../web/early.js", import.meta.url), "utf8");
  parse(text, { ecmaVersion: 5 });
  assert.throws(() => parse("let x = () => 1", { ecmaVersion: 5 })); // the judge can say no
});
