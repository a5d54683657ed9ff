// Two tabs on one protected round, in a real browser: one writes, the other reads along and takes over. A frozen tab:
// kept.test.mjs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, host, openPage, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const round = { title: "Child protection, November", auditor: "Amina Auditor" };

const evidence = (page) => page.getByLabel("What did you see, and where?");

/** A new round with a sample, at a section of its first case. */
async function atSection(page) {
  await walk.startRound(page, round);
  await walk.readList(page, walk.choose(page, walk.madeUp));
  await walk.drawSample(page, { size: 2, seed: "one" });
  await page.evaluate(() => (location.hash = "#/cases/1/risk"));
  await evidence(page).waitFor();
}

/** The same place in another tab, unlocked. */
async function secondTab(context, page) {
  const other = await context.newPage();
  await other.goto(page.url());
  await waitFor(other, "ready");
  await walk.unlock(other);
  await other.getByText("Another tab writes in this round").waitFor();
  return other;
}

/** Waits until a text area of the page holds these words. */
const shows = (page, words) => page.waitForFunction((words) => [...document.querySelectorAll("textarea")].some(({ value }) => value === words), words);

test("a second tab reads along and takes over", async (t) => {
  const { page, context } = await openPage(t, { at: await host(t) });
  await atSection(page);
  await evidence(page).fill("From the first tab");
  await walk.saved(page);
  const other = await secondTab(context, page);
  await shows(other, "From the first tab");
  assert.ok(await evidence(other).isDisabled());
  await expectAccessible(other);
  await evidence(page).fill("From the first tab, and more");
  await walk.saved(page);
  await shows(other, "From the first tab, and more");
  await other.getByRole("button", { name: "Write here instead" }).click();
  await page.getByText("Another tab writes in this round").waitFor();
  await evidence(other).fill("From the second tab");
  await walk.saved(other);
  await shows(page, "From the second tab");
});
