// What makes an hour in a case bearable: undo and redo, the way back to the exact place, shortcuts,
// search, forced colours, paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, expectSilence, openPage, phone, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const core = "Core practice audit";
const evidence = (page) => page.getByLabel("What did you see, and where?");

/** In a case of the core form, at its first section. */
async function inSection(t, options) {
  const opened = await openPage(t, options);
  await walk.toCase(opened.page, core);
  await walk.nextPage(opened.page, () => opened.page.getByRole("link", { name: "Start", exact: true }).click());
  return opened;
}

test("undo and redo go across sections, by key and by button, tell what they did, and outlive a reload", async (t) => {
  const { page } = await inSection(t);
  const told = page.locator(".app-told");
  await page.getByRole("radio", { name: "Good", exact: true }).check();
  await page.getByLabel("Why “Good”?").fill("Seen on file.");
  await walk.saved(page);
  await page.keyboard.press("Control+Enter"); // says what is missing
  await page.locator("#error-summary").waitFor();
  await walk.nextPage(page, () => page.keyboard.press("Alt+PageDown"));
  await evidence(page).fill("In the second section.");
  await walk.saved(page);

  await page.keyboard.press("Control+z"); // in the field
  await told.getByText(/^Undone: your answer to “What did you see, and where\?”/).waitFor();
  assert.equal(await evidence(page).inputValue(), "");
  await page.getByRole("button", { name: "Undo" }).click();
  await told.getByText(/^Undone: your answer to “/).waitFor();
  await expectAccessible(page);
  await walk.saved(page);
  await page.reload();
  await walk.unlock(page);
  await page.getByRole("button", { name: "Redo" }).click();
  await told.getByText(/^Done again: /).waitFor();
  await walk.nextPage(page, () => told.getByRole("link", { name: "Show it" }).click());
  await page.getByLabel("Why “Good”?").waitFor();
  assert.equal(await page.getByLabel("Why “Good”?").inputValue(), "Seen on file.");
  await page.getByRole("heading", { level: 1 }).click(); // outside any field
  await page.keyboard.press("Control+Shift+Z");
  await told.getByText(/^Done again: your answer to “What did you see/).waitFor();
  await walk.nextPage(page, () => page.keyboard.press("Alt+PageDown"));
  await page.waitForFunction(() => document.querySelector("textarea")?.value === "In the second section.");
});

test("in a field that is no answer, undo is the browser's own", async (t) => {
  const { page } = await inSection(t);
  await page.getByRole("radio", { name: "Good", exact: true }).check();
  await walk.nextPage(page, () => page.getByRole("link", { name: "Check answers and sign" }).click());
  await page.getByLabel("Your name").focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" and more");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => !document.activeElement.value.includes("and more"));
  assert.equal(await page.locator(".app-told__text").count(), 0);
});

test("a reload and the way back lead to the very field and the very height of the page", async (t) => {
  const { page } = await inSection(t, { viewport: phone });
  await evidence(page).scrollIntoViewIfNeeded();
  await evidence(page).fill("Half a sen");
  await walk.saved(page);
  /** The field and the height, once the page has come to rest. */
  const place = async () => {
    await page.waitForFunction(() => history.state === `${scrollY} ${document.activeElement.id}`);
    return page.evaluate(() => [document.activeElement.id, scrollY]);
  };
  const comesBackTo = (place) =>
    page.waitForFunction(([id, top]) => document.activeElement.id === id && Math.abs(scrollY - top) < 3, place);
  const first = await place();
  assert.ok(first[1] > 100, "the page is scrolled");

  await page.reload();
  await walk.unlock(page);
  await comesBackTo(first);
  assert.equal(await evidence(page).inputValue(), "Half a sen");
  await page.keyboard.type("tence");
  const second = await place();
  await walk.nextPage(page, () => page.keyboard.press("Alt+Shift+PageDown"));
  await page.getByRole("heading", { level: 1, name: "Case 2" }).waitFor();
  await walk.nextPage(page, () => page.goBack());
  await comesBackTo(second);
});

test("one leaves the round and goes on at the answer written last", async (t) => {
  const { page, address } = await inSection(t);
  await evidence(page).fill("Half a sen");
  await walk.saved(page);
  await page.goto(`${address}?later#/`);
  await waitFor(page, "ready");
  await page.getByRole("button", { name: /^Unlock/ }).click();
  await walk.unlock(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: /^Go on with case 1: / }).click());
  await page.waitForFunction(() => document.activeElement.value === "Half a sen");
});

test("the shortcuts are listed, and lead from section to section and from case to case", async (t) => {
  const { page } = await inSection(t);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await list.getByText("Next section").waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  await page.keyboard.press("Control+/");
  await list.waitFor();
  await page.keyboard.press("Escape");
  const first = page.url();
  await walk.nextPage(page, () => page.keyboard.press("Alt+PageDown"));
  await page.waitForFunction(() => document.activeElement.id === "main-heading");
  await walk.nextPage(page, () => page.keyboard.press("Alt+PageUp"));
  assert.equal(page.url(), first);
  await walk.nextPage(page, () => page.keyboard.press("Alt+Shift+PageDown"));
  assert.match(page.url(), /#\/cases\/2$/);
  await walk.nextPage(page, () => page.keyboard.press("Alt+Shift+PageUp"));
  assert.match(page.url(), /#\/cases\/1$/);
  await walk.nextPage(page, () => page.keyboard.press("Control+Alt+Enter"));
  assert.match(page.url(), /#\/cases\/1\/concern$/);
});

test("no single letter does anything but write", async (t) => {
  const { page } = await inSection(t);
  await page.getByRole("heading", { level: 1 }).click();
  const before = [page.url(), await page.locator("main").innerText()];
  await page.keyboard.type("abcdefghijklmnopqrstuvwxyz?/zZyY");
  assert.deepEqual([page.url(), await page.locator("main").innerText()], before);
});

test("a case is found by its number, its id and what was written, and can be shown by its number alone", async (t) => {
  const opened = await inSection(t, { viewport: phone });
  const { page } = opened;
  await evidence(page).fill("The chronology stops in May.");
  await walk.saved(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: "All cases" }).click());
  const find = async (text) => {
    await page.getByLabel("Find a case").fill(text);
    await page.keyboard.press("Enter");
  };
  await find("CHRONOLOGY");
  await page.getByText("1 case was found for “CHRONOLOGY”").waitFor();
  await expectAccessible(page);
  await walk.nextPage(page, () => page.locator(".app-hits").getByRole("link").click());
  await page.waitForFunction(() => document.activeElement.value === "The chronology stops in May.");
  await page.goBack();

  await page.getByRole("button", { name: "Show all cases" }).click();
  const id = await page.locator("#cases bdi").first().innerText();
  await find(id);
  await page.getByText(`1 case was found for “${id}”`).waitFor();
  await page.getByText(/^What is shown of each case/).click();
  await page.getByRole("button", { name: "Show nothing but the place in the draw" }).click();
  await page.getByText("What is shown of each case (no id, 0 of").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show all cases" }).click();
  assert.ok(!(await page.locator("main").innerText()).includes(id));
  await find(id);
  await page.getByText("No case was found for").waitFor();
  await page.getByRole("button", { name: "Show all cases" }).click();
  await walk.nextPage(page, () => page.getByRole("link", { name: "Continue case 1", exact: true }).click());
  await page.getByText("Shown by its place in the draw alone").waitFor();
  assert.ok(!(await page.locator("body").innerText()).includes(id));
  await expectSilence(opened);
});

test("a text area grows with what is written in it, to the last line", async (t) => {
  const { page } = await inSection(t);
  const height = () => evidence(page).evaluate((area) => area.clientHeight);
  const before = await height();
  await evidence(page).fill("A sentence that is long enough to need a line of its own on any screen. ".repeat(12));
  const grown = await height();
  assert.ok(grown > before * 1.5, `${before} px became ${grown} px`);
  assert.ok(await evidence(page).evaluate((area) => area.scrollHeight <= area.clientHeight + 1), "no line is hidden");
});

test("in forced colours what is chosen, what has the focus and how far a section is can be seen", async (t) => {
  const { page } = await inSection(t);
  await page.emulateMedia({ forcedColors: "active" });
  await page.getByRole("radio", { name: "Good", exact: true }).check();
  const edge = (selector) =>
    page.locator(selector).first().evaluate((it) => {
      const { borderTopWidth, borderTopColor, outlineWidth, outlineColor } = getComputedStyle(it);
      return { borderTopWidth, borderTopColor, outlineWidth, outlineColor };
    });
  const [chosen, other] = [await edge(".app-grade--chosen"), await edge(".app-grade:not(.app-grade--chosen)")];
  assert.notDeepEqual(chosen, other, "the chosen grade has another edge");
  await evidence(page).focus();
  const focus = await edge("textarea:focus");
  assert.ok(parseFloat(focus.outlineWidth) >= 2, `the focus has an outline: ${JSON.stringify(focus)}`);
  assert.ok(await page.getByRole("navigation", { name: "Sections" }).getByText("Incomplete").first().isVisible());
  await expectAccessible(page);
});

test("one case is printed whole: what it is, every answer, no buttons", async (t) => {
  const { page } = await inSection(t);
  await page.getByRole("radio", { name: "Good", exact: true }).check();
  await page.getByLabel("Why “Good”?").fill("Seen on file.");
  await walk.saved(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: "Check answers and sign" }).click());
  await page.evaluate(() => {
    window.print = () => (document.documentElement.dataset.printed = "true");
  });
  await page.getByRole("button", { name: "Print this case" }).click();
  await page.waitForSelector("html[data-printed]", { state: "attached" });
  await page.emulateMedia({ media: "print" });
  await page.locator(".app-on-paper").getByText("A walk").waitFor();
  await page.locator(".app-on-paper").getByText("Not signed").waitFor();
  await page.getByText("Seen on file.").waitFor();
  for (const hidden of ["button", ".app-bar", ".app-side", ".app-header", "input"]) {
    const shown = await page.locator(hidden).evaluateAll((all) => all.filter((it) => it.checkVisibility()).length);
    assert.equal(shown, 0, `${hidden} stays off the paper`);
  }
  assert.ok((await page.pdf()).length > 1000);
});

// The clocks went back on 25 October 2026 and go forward on 28 March 2027: on the wall both are 72 hours.
test("an interval is measured by the clocks, over their changes too", async (t) => {
  const { page } = await openPage(t);
  await walk.toCase(page, "Return home interviews: dip sample");
  await walk.nextPage(page, () => page.getByRole("link", { name: "The offer", exact: true }).click());
  await page.getByRole("group", { name: "Was an interview offered?" }).getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("radio", { name: "The interview was held" }).check();
  const group = page.getByRole("group", { name: "From the return to the interview" });
  const measure = async (from, to) => {
    for (const [end, [day, time]] of [["Returned", from], ["Interview began", to]]) {
      await group.getByLabel(`${end}: date`).fill(day);
      await group.getByLabel(`${end}: time`).fill(time);
    }
  };
  const told = group.locator("output");
  await measure(["2026-10-24", "20:00"], ["2026-10-27", "20:00"]);
  await told.getByText("73 hours: 1 hour over the limit of 72 hours", { exact: true }).waitFor();
  assert.ok(await told.evaluate((it) => it.classList.contains("app-interval--late")));
  await measure(["2027-03-27", "20:00"], ["2027-03-30", "20:00"]);
  await told.getByText("71 hours: within the limit of 72 hours", { exact: true }).waitFor();
  await measure(["2026-11-02", "20:00"], ["2026-11-05", "20:00"]);
  await told.getByText("72 hours: within the limit of 72 hours", { exact: true }).waitFor();
  await walk.saved(page);
  await page.reload();
  await walk.unlock(page);
  await told.getByText("72 hours: within the limit of 72 hours", { exact: true }).waitFor();
});
