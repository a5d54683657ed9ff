// What a person notices while a long list loads in Sightline itself: whether the page blocks,
// whether progress moves, how soon "Cancel" answers.
import { chooseFile, waitFor } from "../../tests/browser/harness.mjs";
import * as walk from "../../tests/browser/walk.mjs";

/** In the page: notes each long task, and each value that the progress bar takes. */
function watch() {
  const seen = { tasks: [], gaps: [], progress: new Set() };
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
  new MutationObserver(() => {
    const bar = document.querySelector("progress");
    if (bar) seen.progress.add(bar.value);
  }).observe(document, { subtree: true, childList: true, attributes: true });
  window.seen = seen;
}

/** In the page: from the click on "Cancel" to the page that offers another file, painted. */
function cancel() {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel");
  const start = performance.now();
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('input[type="file"]')) requestAnimationFrame(() => resolve(performance.now() - start));
      else setTimeout(look);
    };
    button.click();
    look();
  });
}

/** Loads the list in the real page at `address`, and cancels it at some shares of the way. */
export async function load(context, address, list) {
  const page = await context.newPage();
  await page.goto(address);
  await waitFor(page, "ready");
  await walk.startRound(page, { title: "A long list", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  const cancels = [];
  for (const share of [0.05, 0.3, 0.6, 0.9]) {
    await chooseFile(page, 'input[type="file"]', list);
    // A progress bar's value is a share of its greatest.
    await page.waitForFunction((share) => {
      const bar = document.querySelector("progress");
      return bar && bar.value / bar.max >= share;
    }, share);
    cancels.push(await page.evaluate(cancel));
  }
  await page.evaluate(watch);
  const start = performance.now();
  await chooseFile(page, 'input[type="file"]', list);
  await page.getByRole("heading", { name: /rows and \d+ columns were read/ }).waitFor({ timeout: 0 });
  const shown = performance.now() - start;
  await walk.listRead(page);
  const framed = performance.now() - start;
  const { tasks, steps } = await page.evaluate(() => ({ tasks: window.seen.tasks, steps: window.seen.progress.size }));
  await page.close();
  return { cancels, tasks, steps, shown, framed };
}
