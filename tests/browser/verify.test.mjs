// Checking a draw in a real browser: the page that takes a certificate and its list, the certificate on
// paper, and the sample beside its list.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { desktop, download, expectAccessible, expectSilence, newProfile, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

const list = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));
const picture = fileURLToPath(new URL("../../docs/picture.png", import.meta.url));

/** Draws so many cases of the made-up list. */
async function drawn(page, size, plan = async () => {}) {
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await page.getByRole("button", { name: "Use this list" }).click();
  await page.getByRole("heading", { level: 1, name: "Draw the sample" }).waitFor();
  await page.getByLabel("How many cases?").fill(String(size));
  await plan();
  await page.getByLabel("A phrase or number that somebody else gives").check();
  await page.getByLabel("The seed", { exact: true }).fill("blue kettle 41");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await page.getByRole("heading", { level: 1, name: "Certificate of the draw" }).waitFor();
}

/** Gives these files to the page that checks. */
const give = (page, ...files) => page.locator("#verify-files").setInputFiles(files);

const scrollsSideways = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

/** How many pages a PDF of Chromium has. */
const pages = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

for (const viewport of [desktop, phone]) {
  test(`a certificate is checked without a round: it holds, or each mismatch is named, at ${viewport.width} px`, async (t) => {
    const folder = await newProfile(t);
    const { page: drawer, close } = await openPage(t);
    await drawn(drawer, 6);
    await drawer.getByRole("button", { name: "Draw more cases" }).click();
    await drawer.getByLabel("How many more cases?").fill("2");
    await drawer.getByLabel("Why?").fill("A wider look");
    await drawer.getByRole("button", { name: "Draw them" }).click();
    await drawer.getByRole("table", { name: /^Further rounds/ }).waitFor();
    const saved = await download(drawer, () => drawer.getByRole("button", { name: "Save the certificate" }).click());
    await close();
    const honest = join(folder, "honest.json");
    await writeFile(honest, saved.bytes);

    const opened = await openPage(t, { viewport });
    const { page } = opened;
    await page.getByRole("link", { name: "Check a certificate" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Check a certificate" }).waitFor();
    await expectAccessible(page);
    await give(page, honest);
    await page.getByRole("heading", { name: "The list is lacking" }).waitFor();
    await page.getByText("made-up-child-protection.csv").waitFor();
    await give(page, list);
    await page.getByRole("heading", { name: "The certificate holds" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "verify-result");
    await page.getByText("Round of drawing 2, made again").waitFor();
    assert.equal(await page.locator(".app-checks__item:not(.app-checks__item--fits)").count(), 0);
    await expectAccessible(page);
    assert.equal(await scrollsSideways(page), false);

    // Another case in the place of the first, its ticket too: somebody chose whom to audit.
    const certificate = JSON.parse(saved.bytes);
    [certificate.sample[0].id, certificate.reserve[3].id] = [certificate.reserve[3].id, certificate.sample[0].id];
    const forged = join(folder, "forged.json");
    await writeFile(forged, JSON.stringify(certificate));
    await give(page, forged);
    await page.getByRole("heading", { name: "The certificate does not hold" }).waitFor();
    await page.getByText(`“${certificate.sample[0].id}” is in the sample, and the draw does not put it there.`).waitFor();
    await page.getByText("A certificate, not checked: another was given after it").waitFor();
    await expectAccessible(page);
    assert.equal(await scrollsSideways(page), false);

    await page.getByRole("button", { name: "Begin again with other files" }).click();
    await give(page, honest, picture);
    await page.getByText("an image").waitFor();
    await expectAccessible(page);
    await expectSilence(opened);
  });
}

const groups = async (page) => {
  await page.getByLabel("Every team, category or age group is looked at").check();
  await page.getByRole("table", { name: "5 groups" }).waitFor();
};

for (const [what, size, plan, expected] of [
  ["of 12 cases", 12, undefined, 1],
  ["of 12 cases in 5 groups", 12, groups, 1],
  ["of 25 cases", 25, undefined, 1],
  ["of 60 cases", 60, undefined, 2],
]) {
  test(`the certificate ${what} is printed on ${expected === 1 ? "one page" : "more, and says so"}`, async (t) => {
    const { page } = await openPage(t);
    await drawn(page, size, () => plan?.(page));
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true, printBackground: false });
    if (process.env.KEEP_PDF) await writeFile(join(process.env.KEEP_PDF, `${what}.pdf`), pdf);
    assert.equal(pages(pdf), expected);
    const longer = await page.getByText("may be longer than one page").count();
    assert.equal(longer, expected === 1 ? 0 : 1);
  });
}

for (const viewport of [desktop, phone]) {
  test(`the sample stands beside its list, column by column, at ${viewport.width} px`, async (t) => {
    const { page } = await openPage(t, { viewport });
    await drawn(page, 12);
    await page.getByRole("link", { name: "Does the sample look like the list?" }).click();
    await page.getByRole("heading", { level: 1, name: "The sample beside the list" }).waitFor();
    const teams = page.getByRole("table", { name: "Allocated Team" });
    await teams.waitFor();
    const counts = await teams.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => parseInt(cell.textContent, 10))));
    const sum = (column) => counts.reduce((sum, row) => sum + row[column], 0);
    assert.deepEqual([sum(0), sum(1)], [120, 12]);
    await page.getByText("no ground for drawing again").waitFor();
    assert.equal(await page.getByRole("button", { name: /draw/i }).count(), 0);
    await expectAccessible(page);
    assert.equal(await scrollsSideways(page), false);
    await page.reload();
    await page.getByText("not kept when the page is closed").waitFor();
    await expectAccessible(page);
  });
}
