// Audit forms in a browser: looking at one, bringing one that a spreadsheet program wrote, changing one,
// and holding a round with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chooseFile, dist, download, dropFile, expectAccessible, expectSilence, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

const fixture = (name) => fileURLToPath(new URL(`../fixtures/spreadsheet/${name}`, import.meta.url));

const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

async function forms(page) {
  await page.getByRole("link", { name: "Audit forms" }).first().click();
  await heading(page, "Audit forms");
}

test("a form that LibreOffice wrote is looked at, kept, used, and comes back as a file", async (t) => {
  const one = await openPage(t);
  const { page } = one;
  await forms(page);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Bring your own form" }).click();
  await heading(page, "Bring your own form");
  await expectAccessible(page);

  await chooseFile(page, "#form-file", fixture("plans-broken.xlsx"));
  await page.locator("#error-summary").waitFor();
  for (const words of ["row 10, column A", "has no list “marks”", "row 17, column A", "begins with “begin_repeat”"]) {
    await page.locator(".app-problems").getByText(words).first().waitFor();
  }
  await expectAccessible(page);

  await dropFile(page, ".app-drop", fixture("plans-own.xlsx"));
  await page.getByRole("heading", { level: 2, name: "Plans: our own audit" }).waitFor();
  await page.getByRole("heading", { name: "What a form here cannot hold" }).waitFor();
  await page.getByText("Asked only if “Was the plan shared with the family?” is No.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep this form" }).first().click();
  await heading(page, "Plans: our own audit");

  await page.getByText("Save it to a file", { exact: true }).click();
  const saved = await download(page, () => page.getByRole("button", { name: "Save as a spreadsheet (XLSX)" }).click());
  assert.equal(saved.name, "sightline-form-plans-own-3.xlsx");
  assert.equal(saved.bytes.subarray(0, 2).toString("latin1"), "PK");
  const json = await download(page, () => page.getByRole("button", { name: "Save as JSON" }).click());
  assert.equal(JSON.parse(json.bytes).format, "sightline-form/1");

  await page.getByRole("button", { name: "Start a round with it" }).click();
  await heading(page, "Start a new round");
  assert.ok(await page.getByLabel("Plans: our own audit").isChecked());
  await page.getByLabel("Name of the round").fill("Our plans");
  await page.getByLabel("Your name").fill("A. Auditor");
  await page.getByRole("button", { name: "Continue" }).click();
  await walk.protect(page);
  await heading(page, "Our plans");
  await page.getByRole("link", { name: "Plans: our own audit" }).click();
  await page.getByText("Form “plans-own”, version 3").waitFor();
  await expectSilence(one);
  await page.reload();
  await forms(page);
  await page.getByText("Version 3. In use: a change makes a new version.").waitFor();
});

test("only the clerk's program holds forms", async () => {
  const words = Buffer.from((await readFile(fileURLToPath(new URL("../../forms/core.json", import.meta.url)), "utf8")).match(/"about": "([^"]{60})/)[1]);
  const holds = {};
  for (const file of await readdir(dist)) {
    const name = file.match(/^(app|app-rest|clerk-worker|list-worker)(_bg)?-[0-9a-f]{12}\.wasm$/)?.[1];
    if (name) holds[name] = (await readFile(`${dist}/${file}`)).includes(words);
  }
  assert.deepEqual(holds, { app: false, "app-rest": false, "clerk-worker": true, "list-worker": false });
});

// What stands in tests/snapshots/forms is what a person reads. After a change that is meant:
// UPDATE_EXPECT=1 node --test tests/browser/forms.test.mjs
test("each form that comes with Sightline reads as its snapshot", async (t) => {
  const { page } = await openPage(t);
  await forms(page);
  const section = page.locator("section", { hasText: "Forms that come with Sightline" });
  const titles = await section.getByRole("link").allInnerTexts();
  assert.equal(titles.length, 7);
  for (const title of titles) {
    await forms(page);
    await page.getByRole("link", { name: title, exact: true }).click();
    await heading(page, title);
    await page.getByRole("heading", { level: 2, name: /^1\. / }).waitFor();
    await expectAccessible(page);
    const text = `${(await page.locator("main").innerText()).replace(/\n{2,}/g, "\n").trim()}\n`;
    const path = fileURLToPath(new URL(`../snapshots/forms/${page.url().split("/").at(-1)}.txt`, import.meta.url));
    if (process.env.UPDATE_EXPECT) {
      await mkdir(fileURLToPath(new URL("../snapshots/forms/", import.meta.url)), { recursive: true });
      await writeFile(path, text);
    }
    assert.equal(text, await readFile(path, "utf8"), title);
  }
});

test("a copy of a built-in form is changed, kept through a reload, and its faults are named", async (t) => {
  const { page } = await openPage(t);
  await forms(page);
  await page.getByRole("link", { name: "Return home interviews: dip sample" }).click();
  await heading(page, "Return home interviews: dip sample");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Copy it and change the copy" }).click();
  const title = page.getByLabel("What the form is called");
  await title.fill("Talks after a missing episode");
  await page.getByText("Kept in this browser as you go.").waitFor();
  await page.reload();
  await heading(page, "Change “Talks after a missing episode”");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Add a section" }).click();
  await heading(page, "Change a section");
  await page.getByText("The section has no questions").waitFor();
  await page.getByLabel("Heading").fill("Afterwards");
  await page.getByRole("button", { name: "Add a question" }).click();
  await heading(page, "Change a question");
  await page.locator(".app-problems").getByText("The question has no text").waitFor();
  await page.getByLabel("The question, as it is asked").fill("What changed for the child?");
  await page.locator(".app-problems").waitFor({ state: "detached" });
  await page.getByLabel("What kind of answer").selectOption({ label: "One answer of a list" });
  await page.getByLabel("Answer 1").fill("A lot");
  await page.getByLabel("Answer 2").fill("Nothing");
  await page.getByRole("button", { name: "Add an answer" }).click();
  await page.getByLabel("Answer 3").fill("Not known");
  await page.getByRole("button", { name: "Only if … Ask this question" }).click();
  await expectAccessible(page);
  await page.getByRole("link", { name: "See the whole form" }).click();
  await page.getByText("What changed for the child?").waitFor();
  await page.getByText(/^Asked only if “/).last().waitFor();

  await forms(page);
  await page.getByRole("button", { name: "Remove Talks after a missing episode" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Remove the form" }).click();
  await page.getByRole("heading", { name: "Your own forms" }).waitFor({ state: "detached" });
  await page.reload();
  await heading(page, "Audit forms");
  assert.equal(await page.getByText("Talks after a missing episode").count(), 0);
});

test("a form is changed by keyboard alone on a narrow screen", async (t) => {
  const { page } = await openPage(t, { viewport: phone });
  await forms(page);
  await page.getByRole("button", { name: "Make a form from nothing" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("What the form is called").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("By keys");
  await page.getByRole("button", { name: /^Remove New section/ }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "undo");
  await page.getByText("The form has no sections").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "New section" }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, "nothing is wider than the screen");
  await expectAccessible(page);
});

test("a round for reflection asks for words and gives no grades", async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill("Reflective");
  await page.getByLabel("Your name").fill("A. Auditor");
  await page.getByLabel("No, the audit is for reflection").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await walk.protect(page);
  await heading(page, "Reflective");
  await walk.readList(page, walk.choose(page, fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url))));
  await walk.drawSample(page, { size: 1, seed: "one" });
  await page.goto(`${page.url().split("#")[0]}#/cases/1/risk`);
  await page.getByText("At its best:").waitFor();
  assert.equal(await page.getByRole("radio").count(), 0);
  await expectAccessible(page);
  await page.goto(`${page.url().split("#")[0]}#/findings`);
  await heading(page, "Findings");
  await expectAccessible(page);
});
