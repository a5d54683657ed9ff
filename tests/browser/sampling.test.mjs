// Choosing how a sample is drawn, in a real browser: what is said live while the person chooses, what
// is refused at its field, and that the page stays usable for everybody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desktop, download, expectAccessible, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** A case of the made-up list. */
const included = "301291";

/** The page of the sample, with the made-up list. */
async function toSample(page) {
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await page.getByRole("button", { name: "Use this list" }).click();
  await page.getByRole("heading", { level: 1, name: "Draw the sample" }).waitFor();
}

async function drawWithPhrase(page, seed) {
  await page.getByLabel("A phrase or number that somebody else gives").check();
  await page.getByLabel("The seed", { exact: true }).fill(seed);
  await page.getByRole("button", { name: "Draw the sample" }).click();
}

/** Whether the page is wider than its window. */
const scrollsSideways = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

for (const viewport of [desktop, phone]) {
  test(`groups and their numbers show while the person chooses, at ${viewport.width} px`, async (t) => {
    const { page } = await openPage(t, { viewport });
    await toSample(page);
    await page.getByLabel("How many cases?").fill("12");
    await page.getByLabel("Every team, category or age group is looked at").check();
    const groups = page.getByRole("table", { name: "5 groups" });
    await groups.getByRole("row", { name: "All 120 12" }).waitFor();
    await page.getByLabel("How many cases?").fill("3");
    await page.getByText("makes 5, more than the sample of 3").waitFor();
    await groups.getByRole("row", { name: "All 120 –" }).waitFor();
    await page.getByLabel("How many cases?").fill("12");
    await page.getByLabel("Numbers that I set").check();
    await page.getByLabel("Cases of Neglect").fill("7");
    await page.getByText("add up to 7, and the sample is of 12").waitFor();
    await page.getByText("Limits, cases that must be included, reserve").click();
    await page.getByRole("button", { name: "Add a limit" }).click();
    await expectAccessible(page);
    assert.equal(await scrollsSideways(page), false);

    // What cannot be drawn is refused at its field, and the summary leads there.
    await drawWithPhrase(page, "blue kettle 41");
    const summary = page.locator("#error-summary");
    await summary.getByRole("link", { name: /Choose the column that the limit is for/ }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "cap-1");
    await expectAccessible(page);
  });
}

test("a draw by bands, with a limit and a case that must be included, has them on its certificate", async (t) => {
  const { page } = await openPage(t);
  await toSample(page);
  await page.getByLabel("How many cases?").fill("9");
  await page.getByLabel("Every team, category or age group is looked at").check();
  await page.getByLabel("Divide the list by").selectOption({ label: "Age of Child (Years)" });
  await page.getByLabel("in these bands").fill("0-9, 10+");
  await page.getByRole("table", { name: "2 groups" }).waitFor();
  await page.getByText("Limits, cases that must be included, reserve").click();
  await page.getByRole("button", { name: "Add a limit" }).click();
  await page.getByLabel("At most", { exact: true }).fill("2");
  await page.getByLabel("cases of each").selectOption({ label: "Allocated Team" });
  await page.getByLabel("Ids in the list, one on each line").fill(included);
  await page.getByLabel("Why must they be included?").fill("Serious incident");
  await page.getByRole("button", { name: "Include these cases" }).click();
  await drawWithPhrase(page, "blue kettle 41");
  await page.getByRole("heading", { level: 1, name: "Certificate of the draw" }).waitFor();
  await page.getByText("At most 2 of each “Allocated Team”").waitFor();
  const groups = page.getByRole("table", { name: "The groups, each drawn from apart" });
  await groups.getByRole("row", { name: "All 119 9" }).waitFor();
  await expectAccessible(page);
  const saved = await download(page, () => page.getByRole("button", { name: "Save the certificate" }).click());
  const certificate = JSON.parse(saved.bytes);
  assert.equal(certificate.method.bands[0].cut, "0-9, 10+");
  assert.deepEqual(certificate.method.must_include, [{ id: included, reason: "Serious incident" }]);
  assert.ok(!certificate.sample.some(({ id }) => id === included), "an included case is no part of the sample");
  assert.deepEqual(certificate.method.caps, [{ column: "Allocated Team", most: 2 }]);
});

test("how many cases: four answers while the person types, and one of them fills the field", async (t) => {
  const { page } = await openPage(t, { viewport: phone });
  await toSample(page);
  await page.getByRole("link", { name: "Help me to decide how many" }).click();
  await page.getByRole("heading", { level: 1, name: "How many cases?" }).waitFor();
  await page.getByText("If all 12 are good, 25 of 120 of the list may still be weak").waitFor();
  await page.getByLabel("Weak cases allowed in the sample").fill("1");
  await page.getByText("If at most 1 of them is weak").waitFor();
  await page.getByLabel("To within so many percentage points").fill("ten");
  await page.getByText("“ten” is not a percentage").waitFor();
  await expectAccessible(page);
  assert.equal(await scrollsSideways(page), false);
  await page.getByRole("button", { name: "Draw 12" }).click();
  await page.getByRole("heading", { level: 1, name: "Draw the sample" }).waitFor();
  assert.equal(await page.getByLabel("How many cases?").inputValue(), "12");
});

test("more cases, one in the place of another and a second draw, each with its reason on the certificate", async (t) => {
  const { page } = await openPage(t);
  await toSample(page);
  await page.getByLabel("How many cases?").fill("4");
  await drawWithPhrase(page, "blue kettle 41");
  await page.getByRole("button", { name: "Draw more cases" }).click();
  await page.getByRole("button", { name: "Draw them" }).click();
  await page.locator("#error-summary").getByText("Say why").waitFor();
  await expectAccessible(page);
  await page.getByLabel("How many more cases?").fill("2");
  await page.getByLabel("Why?").fill("The board asked for a wider look");
  await page.getByRole("button", { name: "Draw them" }).click();
  const further = page.getByRole("table", { name: /^Further rounds of drawing/ });
  await further.getByRole("row", { name: /Round 2 2 more The board asked for a wider look 6/ }).waitFor();

  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("button", { name: "Replace case 3" }).click();
  await page.getByLabel("Why?").fill("The file is sealed");
  await page.getByRole("button", { name: "Replace it" }).click();
  await page.getByRole("table", { name: "Cases that were replaced" }).getByRole("row", { name: /Case 3 .* Case 7 The file is sealed/ }).waitFor();
  await expectAccessible(page);

  await page.evaluate(() => (location.hash = "#/certificate"));
  await page.getByRole("button", { name: "Draw again" }).click();
  await page.getByText("This will be draw 2 of the same list").waitFor();
  await page.getByLabel("Why is the sample drawn again?").fill("Closed cases were on the list");
  await expectAccessible(page);
  await drawWithPhrase(page, "green kettle 7");
  await page.getByText("Number 2 of this list. It was drawn again because: Closed cases were on the list").waitFor();
  await page.getByRole("table", { name: /^Earlier draws/ }).getByText("blue kettle 41").waitFor();
  await expectAccessible(page);
});
