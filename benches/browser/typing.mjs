// How soon a typed character stands on the screen, in a round that is longer than any real one: a
// form of 300 questions and 500 cases, on the pages that would be shipped.
//
//   node benches/browser/typing.mjs [--sections 10,1] [--characters 300] [--folder dist] [--json FILE]
//
// Each key is a real one, sent through the browser. Measured by the Event Timing API: from the key
// to the end of what is done for it, and to the next picture on the screen (in steps of 8 ms).
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { dist, host, openPage } from "../../tests/browser/harness.mjs";
import * as walk from "../../tests/browser/walk.mjs";
import { longRound } from "./long-round.mjs";

/** Milliseconds that the 95th percentile stays under. */
const GOAL = 50;
const CASE = 250;

const { values: options } = parseArgs({
  options: {
    sections: { type: "string", default: "10,1" },
    characters: { type: "string", default: "300" },
    folder: { type: "string" },
    json: { type: "string" },
  },
});
const text = "The chronology stops in May, and nobody has asked why. ".repeat(100).slice(0, Number(options.characters));

/** The value below which so many of a hundred lie. */
function percentile(figures, share) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)];
}

/** In the page: notes each key's way. */
function watch() {
  const watching = window.seen;
  window.seen = { keys: [], long: [], all: [] };
  if (watching) return;
  const keys = (list) => {
    for (const { name, startTime, processingStart, processingEnd, duration } of list.getEntries()) {
      if (name === "input" || name === "keydown" || name === "keypress") {
        window.seen.keys.push({ name, delay: processingStart - startTime, done: processingEnd - startTime, painted: duration });
      }
    }
  };
  new PerformanceObserver(keys).observe({ type: "event", durationThreshold: 16, buffered: false });
  new PerformanceObserver((list) => window.seen.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  // Event Timing leaves out what takes less than 16 ms; this counts every character.
  document.addEventListener(
    "input",
    ({ timeStamp }) => {
      // A message that is handled after the next picture was asked for.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.seen.all.push(performance.now() - timeStamp);
        port2.postMessage(0);
      });
    },
    { capture: true },
  );
}

async function typeIn(page, place, selector) {
  const field = page.locator(selector).first();
  await field.waitFor();
  await field.focus();
  await page.keyboard.press("End");
  await page.evaluate(watch);
  for (const character of text) await page.keyboard.type(character, { delay: 60 });
  await page.waitForFunction((count) => window.seen.all.length >= count, text.length);
  await page.locator(".app-saved__state--saved").waitFor();
  const { all, keys, long } = await page.evaluate(() => window.seen);
  const painted = all.map((_, at) => keys.filter(({ name }) => name === "input")[at]?.painted ?? 16);
  const row = {
    place,
    characters: all.length,
    median: percentile(all, 50),
    p95: percentile(all, 95),
    worst: Math.max(...all),
    "Event Timing p95": Math.max(percentile(painted, 95)),
    "long tasks": long.length,
  };
  console.log(
    `${place}: ${row.characters} characters, median ${row.median.toFixed(1)} ms, 95th percentile ${row.p95.toFixed(1)} ms, worst ${row.worst.toFixed(1)} ms; ` +
      `Event Timing (to the next picture) 95th percentile ${row["Event Timing p95"]} ms; ${row["long tasks"]} long tasks`,
  );
  return row;
}

async function measure(sections) {
  const ends = [];
  const test = { after: (end) => ends.unshift(end) };
  const { page } = await openPage(test, { at: await host(test, { folder: options.folder ?? dist }) });
  try {
    const { lines, bytes } = longRound({ sections });
    console.log(`\n300 questions in ${sections} sections, 500 cases, ${lines} entries (${(bytes.length / 1e6).toFixed(1)} MB)`);
    await page.getByRole("link", { name: "Open a saved round" }).click();
    await page.locator('input[type="file"]').setInputFiles({ name: "long.sightline", mimeType: "application/octet-stream", buffer: bytes });
    const passphrase = page.locator("input.app-masked, input[type=text]").first();
    if (await passphrase.isVisible().catch(() => false)) await passphrase.fill("six words that nobody has made up");
    await page.getByRole("button", { name: /open/i }).first().click();
    await page.getByRole("heading", { level: 1, name: "Protect the round" }).waitFor({ timeout: 300_000 });
    await walk.protect(page);
    await page.getByRole("heading", { level: 1, name: "A long round" }).waitFor({ timeout: 300_000 });
    await page.evaluate((at) => (location.hash = at), `#/cases/${CASE}/s0`);
    const rows = [await typeIn(page, `A page of ${300 / sections} questions`, "textarea")];
    await page.evaluate((at) => (location.hash = at), `#/cases/500/s0`);
    await page.getByText("Case 500 of 500").waitFor();
    rows.push(await typeIn(page, `The same, all 300 answered`, "textarea"));
    await page.evaluate(() => (location.hash = "#/cases"));
    rows.push(await typeIn(page, "Looking for one of the 500 cases", "#search-cases"));
    return { sections, rows };
  } finally {
    for (const end of ends) await end();
  }
}

const results = [];
for (const sections of options.sections.split(",").map(Number)) results.push(await measure(sections));
const worst = Math.max(...results.flatMap(({ rows }) => rows.map(({ p95 }) => p95)));
console.log(`\n${worst < GOAL ? "met" : "NOT met"}: the 95th percentile stays under ${GOAL} ms (worst ${worst.toFixed(1)} ms)`);
if (options.json) await writeFile(options.json, JSON.stringify(results, undefined, 2));
