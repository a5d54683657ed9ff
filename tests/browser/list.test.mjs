// Looking at the case list, in a real browser: what only a browser shows of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { expectAccessible, expectSilence, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

const workbook = fileURLToPath(new URL("../fixtures/spreadsheet/annex-a-part.xlsx", import.meta.url));
const made = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));

async function withList(t, options) {
  const opened = await openPage(t, options);
  await walk.startRound(opened.page, { title: "A round", auditor: "A. Auditor" });
  await walk.readList(opened.page, walk.choose(opened.page, made));
  return opened;
}

test("rows are sorted and turned by the keyboard alone, and the focus stays where it was", async (t) => {
  const opened = await withList(t);
  const { page } = opened;
  await walk.nextPage(page, () => page.getByRole("link", { name: /Look at all 122 rows/ }).click());
  await page.getByText("Rows 1 to 25 of 122.").waitFor();
  await expectAccessible(page);
  const header = page.getByRole("columnheader", { name: "Age of Child (Years)" });
  const first = page.locator("#rows tbody tr").first();
  await header.getByRole("button").focus();
  for (const [sorted, age] of [["ascending", "0"], ["descending", "17"], ["none", "1"]]) {
    await page.keyboard.press("Enter");
    await page.locator(`th[aria-sort="${sorted}"]`, { hasText: "Age of Child" }).waitFor();
    assert.equal(await first.locator("td").nth(4).innerText(), age, sorted);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), await header.innerText());
  }
  await page.getByRole("button", { name: "Next page" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Rows 26 to 50 of 122.").waitFor();
  assert.equal(await first.locator("th").innerText(), "27");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Next/);

  await page.getByLabel("Find rows that hold").fill("safeguarding west");
  await page.keyboard.press("Enter");
  await page.getByText(/of 34 that hold “safeguarding west”/).waitFor();
  await page.getByRole("button", { name: "Show all rows" }).click();
  await page.getByText("Rows 1 to 25 of 122.").waitFor();
  await expectSilence(opened);
});

test("what the columns hold reads well on a phone, and never scrolls the page sideways", async (t) => {
  const { page } = await withList(t, { viewport: phone });
  for (const name of [/See what the 17 columns hold/, /Look at all 122 rows/]) {
    await walk.nextPage(page, () => page.getByRole("link", { name }).click());
    await page.locator(name.source.includes("columns") ? "#columns" : "#rows").waitFor();
    await expectAccessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await walk.nextPage(page, () => page.getByRole("link", { name: "Back to the case list" }).click());
  }
});

test("choices are taken again for the next list of the same columns, until they are forgotten", async (t) => {
  const opened = await withList(t);
  const { page } = opened;
  await page.getByText("Is a case an event or a family, rather than a child?").click();
  await page.getByLabel("An event, such as a referral").check();
  await page.getByLabel("Which column tells the events of a child apart?").selectOption("Child Protection Plan Start Date");
  await page.getByText("122 read = 120 cases to draw from + 1 left out + 1 faulty").waitFor();
  await expectAccessible(page);
  await walk.nextPage(page, () => page.getByRole("button", { name: "Use this list" }).click());

  for (const remembered of [true, false]) {
    await page.evaluate(() => (location.hash = "#/list"));
    await page.getByRole("heading", { level: 1, name: "Case list" }).waitFor();
    await page.getByRole("button", { name: "Choose another file" }).click();
    await walk.choose(page, made)();
    await walk.listRead(page);
    if (!remembered) break;
    await page.getByText("You used a list with these columns before.").waitFor();
    assert.ok(await page.getByLabel("An event, such as a referral").isChecked());
    await page.getByRole("button", { name: "Forget these choices" }).click();
    await page.getByText("You used a list with these columns before.").waitFor({ state: "detached" });
  }
  assert.equal(await page.getByText("You used a list with these columns before.").count(), 0);
  await expectSilence(opened);
});

test("who is in is said by filters, with a live count, and reads well on a phone", async (t) => {
  const opened = await withList(t, { viewport: phone });
  const { page } = opened;
  await walk.nextPage(page, () => page.getByRole("link", { name: "Choose who is in" }).click());
  await page.getByRole("button", { name: "Add the filter" }).click();
  await page.locator("#error-summary").getByText("Choose the column that the filter asks").waitFor();
  await page.getByLabel("By which column?").selectOption("Latest Category of Abuse");
  await page.getByLabel("Neglect (51)").check();
  await page.getByRole("button", { name: "Add the filter" }).click();
  await page.getByText("122 read = 51 cases to draw from + 70 left out + 1 faulty").waitFor();
  await page.getByLabel("By which column?").selectOption("Date of Birth");
  await page.getByLabel("From years").fill("10");
  await page.getByLabel("Reference day").fill("2026-03-31");
  await expectAccessible(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.getByRole("button", { name: "Add the filter" }).click();
  await page.getByRole("row", { name: /age “Date of Birth” from 10/ }).waitFor();
  await page.getByRole("heading", { name: "What the sample is drawn from" }).waitFor(); // counted again
  await page.getByRole("button", { name: /^Remove/ }).first().click();
  await page.getByRole("row", { name: /Neglect/ }).waitFor({ state: "detached" });
  await walk.nextPage(page, () => page.getByRole("link", { name: "Back to the case list" }).click());
  await page.getByRole("button", { name: "Use this list" }).waitFor();
  await expectSilence(opened);
});

test("two sheets of a workbook become one frame, with what each brings and how they overlap", async (t) => {
  const opened = await openPage(t);
  const { page } = opened;
  await walk.startRound(page, { title: "A round", auditor: "A. Auditor" });
  await walk.readList(page, walk.choose(page, workbook));
  await page.getByText("Draw from several lists at once?").click();
  await page.getByRole("button", { name: "Add another list" }).click();
  await page.getByText(/Kept so far/).waitFor();
  await expectAccessible(page);
  await page.getByLabel("Another sheet of the same workbook").selectOption("List 7 Child protection");
  await page.getByRole("heading", { name: "2 lists as one" }).waitFor();
  await page.getByRole("table", { name: "Who stands on which lists" }).waitFor();
  await expectAccessible(page);
  const cases = await page.locator("#overlaps tbody th").allInnerTexts();
  const sum = cases.map((text) => Number(text.replaceAll(",", ""))).reduce((a, b) => a + b, 0);
  const read = await page.getByText(/read = .* cases to draw from/).innerText();
  assert.equal(Number(read.match(/^[\d,]+/)[0].replaceAll(",", "")), sum);
  await walk.drawSample(page, { size: 3, seed: "blue kettle 41" });
  await expectSilence(opened);
});
