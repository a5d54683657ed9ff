// The main job, in a real browser, on files that a spreadsheet program wrote: from dropping a
// workbook to the findings, read again with another reader.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { download, dropFile, expectAccessible, expectSilence, openPage, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

// Its module for Node alone reads files from disk.
const XLSX = createRequire(import.meta.url)("xlsx");

const lists = fileURLToPath(new URL("../fixtures/spreadsheet/", import.meta.url));
const sheet = "List 7 Child protection";

/** The sections of the core form, in order, each with the grade it is given here. */
const grades = [
  "Good",
  "Requires improvement to be good",
  "Outstanding",
  "Good",
  "Inadequate",
  "Good",
  "Requires improvement to be good",
  "Good",
  "Outstanding",
  "Good",
];

const answersTo = (grade, index, number) => ({
  grade,
  reason: `Reason ${index} of case ${number}`,
  evidence: `Evidence ${index} of case ${number}`,
  action: index === 1 ? { what: `Action in case ${number}`, owner: "Team manager", due: "2026-12-01" } : undefined,
});

/** The tickets of ids, smallest first, by the published rule alone. */
function ordered(ids, seed) {
  const hex = (text) => createHash("sha256").update(text, "utf8").digest("hex");
  const ticket = (id) => `0.${[...BigInt(`0x${hex(hex(seed) + id)}`).toString()].reverse().join("")}`;
  return ids.map((id) => [ticket(id), id]).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The ids of List 7 as SheetJS reads them. */
function idsOfList7(path) {
  const rows = XLSX.utils.sheet_to_json(XLSX.readFile(path).Sheets[sheet], { header: 1, raw: false });
  const header = rows.findIndex((row) => row.includes("Child Unique ID"));
  const column = rows[header].indexOf("Child Unique ID");
  return rows.slice(header + 1).map((row) => row[column]).filter(Boolean);
}

test("from a dropped workbook to a workbook of findings, with a reload in the middle of a word", async (t) => {
  const opened = await openPage(t);
  const { page } = opened;
  const file = `${lists}annex-a-part.xlsx`;
  const seed = "7 3 9 1 4 4 8 2 6 0";

  await walk.startRound(page, { title: "Child protection, November", auditor: "A. Auditor" });
  await walk.readList(page, () => dropFile(page, ".app-drop", file));
  await page.getByLabel("Sheet").selectOption(sheet);
  await page.getByText("350 read = 350 cases to draw from + 0 left out + 0 faulty").waitFor();
  await page.getByText(/title|above/i).first().waitFor(); // the title row was passed over, and that is told
  await expectAccessible(page);
  await walk.drawSample(page, { size: 3, seed });
  await expectAccessible(page);

  // The certificate is what anyone would get with the list, the seed and the published rule.
  const saved = await download(page, () => page.getByRole("button", { name: "Save the certificate" }).click());
  const certificate = JSON.parse(saved.bytes);
  const expected = ordered(idsOfList7(file), seed).slice(0, 3);
  assert.deepEqual(certificate.sample.map(({ ticket, id }) => [ticket, id]), expected);

  await page.getByRole("link", { name: "Go to the cases" }).click();
  for (const [number, id] of [1, 2, 3].map((number) => [number, expected[number - 1][1]])) {
    await page.getByRole("row", { name: `Case ${number} ${id}` }).getByRole("link").click();
    await page.getByRole("link", { name: "Start", exact: true }).click();
    for (const [index, grade] of grades.entries()) {
      if (number === 2 && index === 4) await reloadInMidWord(opened);
      await walk.answerSection(page, answersTo(grade, index, number));
    }
    await page.getByRole("button", { name: "Sign this case" }).click();
    await page.getByText(`Case ${number} is signed`).waitFor();
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Cases" }).click();
  }
  await page.getByText("3 of 3 cases are signed").waitFor();

  await page.getByRole("link", { name: "See the findings" }).click();
  await page.getByRole("heading", { level: 1, name: "Findings" }).waitFor();
  await expectAccessible(page);
  const written = await download(page, () => page.getByRole("button", { name: "Save as Excel workbook" }).click());
  assert.match(written.name, /^sightline-findings-\d{4}-\d\d-\d\d\.xlsx$/);
  readFindings(written.bytes, expected.map(([, id]) => id));
  await expectSilence(opened);
});

/** Types half a word, lets it be kept, loads the page anew, and finds it as it was. */
async function reloadInMidWord(opened) {
  const { page } = opened;
  const evidence = page.getByLabel("What did you see, and where?");
  await evidence.fill("Supervision happened but no dec");
  await walk.saved(page);
  await expectSilence(opened);
  await page.reload();
  await waitFor(page, "ready");
  opened.loaded = opened.requests.length;
  await walk.unlock(page);
  await evidence.waitFor();
  assert.equal(await evidence.inputValue(), "Supervision happened but no dec");
  await evidence.fill("");
}

/** Every grade and reason stands in the workbook, and no id does. */
function readFindings(bytes, ids) {
  const book = XLSX.read(bytes);
  const rows = (name) => XLSX.utils.sheet_to_json(book.Sheets[name]);
  const answers = rows("Answers");
  for (const number of [1, 2, 3]) {
    for (const [index, grade] of grades.entries()) {
      const reason = `Reason ${index} of case ${number}`;
      const found = answers.filter((row) => Object.values(row).includes(reason));
      assert.equal(found.length, 1, reason);
      assert.ok(Object.values(found[0]).includes(grade), `${grade} beside ${reason}`);
      assert.ok(Object.values(found[0]).includes("A. Auditor"), `signed, beside ${reason}`);
    }
  }
  const actions = rows("Actions").map((row) => Object.values(row).join(" "));
  assert.equal(actions.length, 3);
  assert.ok(actions.every((action) => action.includes("Team manager")));
  const all = JSON.stringify(book.SheetNames.map(rows));
  for (const id of ids) assert.ok(!all.includes(id), "an id left, though nobody asked for it");
}

for (const name of ["annex-a-part.ods", "list-7.csv"]) {
  test(`${name}, as a spreadsheet program wrote it, gives the same draw`, async (t) => {
    const { page } = await openPage(t);
    await walk.startRound(page, { title: "The same draw", auditor: "A. Auditor" });
    await walk.readList(page, walk.choose(page, `${lists}${name}`));
    if (name.endsWith(".ods")) await page.getByLabel("Sheet").selectOption(sheet);
    await page.getByText("350 read = 350 cases to draw from").waitFor();
    await walk.drawSample(page, { size: 2, seed: "314159" });
    const saved = await download(page, () => page.getByRole("button", { name: "Save the certificate" }).click());
    const ids = JSON.parse(saved.bytes).sample.map(({ id }) => id);
    const expected = ordered(idsOfList7(`${lists}annex-a-part.xlsx`), "314159").slice(0, 2);
    assert.deepEqual(ids, expected.map(([, id]) => id));
  });
}

test("a file that is no list is refused in a sentence, and the next one is read", async (t) => {
  const { page } = await openPage(t);
  await walk.startRound(page, { title: "A refusal", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  await page.locator("#case-list").setInputFiles({
    name: "scan.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n"),
  });
  const summary = page.locator("#error-summary");
  await summary.getByText(/PDF/).waitFor();
  assert.ok(await summary.evaluate((node) => node === document.activeElement), "the summary has the focus");
  await expectAccessible(page);
  await walk.choose(page, `${lists}list-7.csv`)();
  await walk.listRead(page);
});

// In place of the list worker's program: one that gives the round's form, and fails at the first list it is
// given, as a parser does that runs out of memory.
const core = JSON.parse(await readFile(new URL("../../forms/core.json", import.meta.url), "utf8"));
const failing = `
  async function wasm_bindgen() {
    self.onmessage = ({ data }) => {
      if (data[1].includes("BuiltIn")) self.postMessage([data[0], ${JSON.stringify(JSON.stringify({ Form: { BuiltIn: core } }))}]);
      if (data[1].includes("Read")) throw new Error("failed on purpose");
    };
    self.postMessage("ready");
  }`;

test("a reader that fails takes nothing with it: the page says which file, and goes on", async (t) => {
  const answers = { "list-worker.js": { body: failing } };
  const { page } = await openPage(t, { answers, errors: [/failed on purpose/] });
  await walk.startRound(page, { title: "A failing reader", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  await walk.choose(page, `${lists}list-7.csv`)();
  await page.locator("#error-summary").getByText(/could not work through list-7\.csv/).waitFor();
  await walk.saved(page);
  await page.reload();
  await waitFor(page, "ready");
  await walk.unlock(page);
  await page.getByRole("heading", { level: 1, name: "Case list" }).waitFor();
  await page.locator("#case-list").waitFor();
});

test("the made-up list leads through the whole job without a file", async (t) => {
  const opened = await openPage(t);
  const { page } = opened;
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await page.getByText("122 read = 120 cases to draw from + 1 left out + 1 faulty").waitFor();
  await walk.drawSample(page, { size: 1, seed: "one" });
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1" }).click();
  await page.getByRole("link", { name: "Start", exact: true }).click();
  for (const [index, grade] of grades.entries()) {
    if (index === 0) await expectAccessible(page);
    await walk.answerSection(page, answersTo(grade, index, 1));
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign this case" }).click();
  await page.getByText("Case 1 is signed").waitFor();
  await expectSilence(opened);
});

test("Enter in a field does what the page's button does", async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill("By keyboard");
  await page.getByLabel("Your name").fill("A. Auditor");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Protect the round" }).waitFor();
  await page.getByLabel("Passphrase", { exact: true }).fill(walk.passphrase);
  await page.keyboard.press("Enter");
  const code = await page.locator(".app-recovery__code").innerText();
  await page.getByLabel(/last two groups/).fill(code);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "By keyboard" }).waitFor();
});
