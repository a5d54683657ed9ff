// A case by the keyboard alone, from the first question to signing: with each built-in form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtIn, expectAccessible, openPage } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** What has the focus, as a person would tell: what kind of thing, and whether it has been answered. */
function focused(page) {
  return page.evaluate(() => {
    const it = document.activeElement;
    const group = it.name ? [...document.getElementsByName(it.name)] : [];
    return {
      id: it.id,
      kind: it.matches("input") ? it.type : it.localName,
      text: it.textContent.trim(),
      asked: Boolean(it.closest(".app-question")),
      answered: it.matches("[type=radio], [type=checkbox]") ? group.some(({ checked }) => checked) : Boolean(it.value),
    };
  });
}

/** Presses Tab, past each field of a day or a time as a whole. */
async function tab(page) {
  const { id, kind } = await focused(page);
  do {
    await page.keyboard.press("Tab");
  } while (["date", "time"].includes(kind) && (await focused(page)).id === id);
  return focused(page);
}

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 400; presses += 1) {
    const here = await tab(page);
    if (wanted(here)) return here;
  }
  throw new Error("the keyboard does not lead there");
}

/** Answers what has the focus, if it is a question that has not been answered. */
async function answer(page, here) {
  if (!here.asked || here.answered) return;
  switch (here.kind) {
    case "radio":
    case "checkbox":
      return page.keyboard.press("Space");
    case "textarea":
      return page.keyboard.type("Seen on file.");
    case "text":
      return page.keyboard.type((await page.evaluate(() => document.activeElement.inputMode)) ? "1" : "Seen on file.");
    case "date":
      return page.keyboard.type("01102026");
    case "time":
      return page.keyboard.type("1000a"); // before noon, where the clock has twelve hours
  }
}

/** Answers what the first line of the summary leads to, be it a question or a thing to add. */
async function mend(page) {
  await page.keyboard.press("Tab");
  const told = (await focused(page)).text;
  await page.keyboard.press("Enter");
  const here = await focused(page);
  assert.ok(here.asked, `an error leads to its question, not to ${JSON.stringify(here)}`);
  if (here.kind === "text" && here.answered) {
    // A number that is out of bounds: what is told holds one that is not.
    await page.keyboard.press("Control+a");
    return page.keyboard.type(/\d+(?!.*\?)/.exec(told)[0]);
  }
  assert.ok(!here.answered, `“${told}” leads to what is missing, not to ${JSON.stringify(here)}`);
  if (here.kind !== "button") return answer(page, here);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches("textarea"));
  await answer(page, await focused(page));
  await answer(page, await tab(page));
}

/** Continues from a section once all that it says is missing has been answered. */
async function section(page) {
  const before = page.url();
  await tabTo(page, ({ kind, text }) => kind === "button" && text === "Continue");
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => location.href !== before || document.activeElement.id === "error-summary", before);
  if (page.url() !== before) return;
  const summary = page.locator("#error-summary");
  for (let tries = 0; (await summary.count()) > 0; tries += 1) {
    assert.ok(tries < 20, await summary.innerText());
    while (!(await summary.evaluate((it) => it === document.activeElement))) await page.keyboard.press("Shift+Tab");
    await mend(page);
  }
  await page.keyboard.press("Control+Enter");
  await page.waitForURL((url) => url.href !== before);
}

/** Goes through a section and answers each question as it comes. */
async function answerAll(page) {
  const start = page.url();
  await tabTo(page, ({ kind }) => kind !== "a" && kind !== "summary" && kind !== "nav");
  for (let here = await focused(page); !(here.kind === "button" && here.text === "Continue"); here = await tab(page)) {
    await answer(page, here);
    assert.equal(page.url(), start, "answering leaves the page where it is");
  }
  await page.keyboard.press("Shift+Tab");
}

for (const form of await builtIn()) {
  test(`${form.title}: by the keyboard alone, from the first question to signing`, async (t) => {
    const { page } = await openPage(t);
    await walk.toCase(page, form.title);
    await tabTo(page, ({ text }) => text === "Start");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/cases\/1\/./);
    while (!page.url().endsWith("/check")) {
      await page.waitForFunction(() => document.activeElement.id === "main-heading");
      await expectAccessible(page);
      await answerAll(page);
      await section(page);
    }
    await page.waitForFunction(() => document.activeElement.id === "main-heading");
    await expectAccessible(page);
    await tabTo(page, ({ text }) => text === "Sign this case");
    await page.keyboard.press("Enter");
    await page.getByText("Case 1 is signed").waitFor();
    await walk.saved(page);
  });
}
