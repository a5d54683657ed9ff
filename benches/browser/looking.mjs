// What a person notices while looking at the rows of a long list in Sightline itself: how soon a page of
// rows, a sorted one and a searched one are there, and whether the page ever blocks.
//
//   node benches/browser/looking.mjs target/bench/list-1000000.csv    (after `cargo xtask build`)
import { argv } from "node:process";
import { chooseFile, openPage } from "../../tests/browser/harness.mjs";
import * as walk from "../../tests/browser/walk.mjs";
import { median } from "./report.mjs";

/** In the page: clicks, and waits until other rows are shown, and painted. */
async function timed({ selector, text }) {
  const shown = () => document.querySelector("main").textContent;
  const before = shown();
  const element = [...document.querySelectorAll(selector)].find((it) => !text || it.textContent.includes(text));
  const start = performance.now();
  element.click();
  await new Promise((resolve) => {
    const look = () => (shown() === before ? setTimeout(look) : requestAnimationFrame(() => setTimeout(resolve)));
    look();
  });
  return performance.now() - start;
}

const ends = [];
const test = { after: (end) => ends.unshift(end) };
try {
  const { page } = await openPage(test);
  await walk.startRound(page, { title: "A long list", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  await chooseFile(page, "#case-list", argv[2]);
  await page.getByRole("heading", { name: /rows and \d+ columns were read/ }).waitFor({ timeout: 0 });
  await page.getByRole("heading", { name: "What the sample is drawn from" }).waitFor({ timeout: 0 });
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  await page.getByRole("link", { name: /Look at all/ }).click();
  await page.locator("#rows tbody tr").first().waitFor();
  const headers = await page.locator("#rows thead button").count();
  const took = { "turn a page": [], "to the last page and back": [], "sort by a column": [], "the other way round": [], search: [] };
  for (let turn = 0; turn < 10; turn += 1) {
    took["turn a page"].push(await page.evaluate(timed, { selector: "button", text: "Next" }));
  }
  for (const text of ["Last", "First", "Last", "First"]) {
    took["to the last page and back"].push(await page.evaluate(timed, { selector: "button", text }));
  }
  for (let column = 1; column <= Math.min(headers, 6); column += 1) {
    const selector = `#rows thead th:nth-child(${column + 1}) button`;
    took["sort by a column"].push(await page.evaluate(timed, { selector }));
    took["the other way round"].push(await page.evaluate(timed, { selector }));
  }
  for (const words of ["North", "99", "nowhere to be found"]) {
    await page.getByLabel("Find rows that hold").fill(words);
    took.search.push(await page.evaluate(timed, { selector: "button", text: "Find" }));
  }
  for (const [what, all] of Object.entries(took)) {
    console.log(`${what}: median ${median(all).toFixed(0)} ms, longest ${Math.max(...all).toFixed(0)} ms`);
  }
  const tasks = await page.evaluate(() => window.tasks);
  console.log(`tasks of the page over 50 ms: ${tasks.length}${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ""}`);
} catch (fault) {
  console.error(fault);
  process.exitCode = 1;
} finally {
  for (const end of ends) await end();
}
