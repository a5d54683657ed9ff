// Lists that a reader cannot live through, in a real browser: it ends, and the page goes on.
import assert from "node:assert/strict";
import { open } from "node:fs/promises";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { expectAccessible, expectSilence, openPage } from "./harness.mjs";
import * as walk from "./walk.mjs";

const made = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));
const fixture = (name) => fileURLToPath(new URL(`../fixtures/spreadsheet/${name}`, import.meta.url));

async function folder(t) {
  const made = await mkdtemp(join(tmpdir(), "sightline-lists-"));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A list of so many rows, no two cells of which are alike. */
async function longList(path, rows) {
  const file = await open(path, "w");
  await file.write("Child Unique ID,Note,Other\n");
  for (let from = 0; from < rows; from += 20_000) {
    let text = "";
    for (let row = from; row < Math.min(from + 20_000, rows); row++) {
      text += `C-${row},a note of some length that is found in row ${row} alone,and another one ${row * 7919}\n`;
    }
    await file.write(text);
  }
  await file.close();
}

test("a list that takes more memory than there is ends the reader, not the page, which says which file", async (t) => {
  const path = join(await folder(t), "much too long.csv");
  await longList(path, 1_700_000);
  // 144 MiB for a program, in pages of 64 KiB: its own allocator is then refused, as at the end of a real memory.
  // A passphrase can just be stretched in that.
  const opened = await openPage(t, { args: ["--js-flags=--wasm-max-mem-pages=2304"], errors: [/.*/] });
  const { page } = opened;
  await walk.startRound(page, { title: "A round", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  await walk.choose(page, path)();
  await page.locator("#error-summary").getByText(/could not work through much too long\.csv/).waitFor({ timeout: 120_000 });
  await walk.saved(page);
  await expectAccessible(page);
  // A new reader stands in its place.
  await walk.choose(page, made)();
  await walk.listRead(page);
  await page.getByText("122 read = 120 cases to draw from + 1 left out + 1 faulty").waitFor();
  await expectSilence(opened);
});

test("a load is cancelled at any moment, and the next file is read", async (t) => {
  const path = join(await folder(t), "long.csv");
  await longList(path, 600_000);
  const opened = await openPage(t);
  const { page } = opened;
  await walk.startRound(page, { title: "A round", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  for (const share of [0, 30]) {
    await walk.choose(page, path)();
    await page.getByText("Reading long.csv").waitFor();
    await page.waitForFunction(
      (share) => document.querySelector("#reading")?.value >= share,
      share,
    );
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.locator("#case-list").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "case-list");
  }
  await walk.choose(page, made)();
  await walk.listRead(page);
  await expectSilence(opened);
});

test("files that are no list are each refused in a sentence, several times over, and then one is read", async (t) => {
  const at = await folder(t);
  const pdf = join(at, "list.xlsx");
  const picture = join(at, "list.csv");
  await writeFile(pdf, "%PDF-1.7\n%\xe2\xe3");
  await writeFile(picture, Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  const opened = await openPage(t);
  const { page } = opened;
  await walk.startRound(page, { title: "A round", auditor: "A. Auditor" });
  await page.getByRole("link", { name: "Case list" }).click();
  const refused = [
    [pdf, "This is a PDF document."],
    [picture, "This is an image."],
    [fixture("protected.xlsx"), "This workbook is protected by a password."],
    [fixture("protected.xls"), "This workbook is protected by a password."],
    [fixture("protected.ods"), "This workbook is protected by a password."],
  ];
  for (const [path, why] of refused) {
    await walk.choose(page, path)();
    await page.locator("#error-summary").getByText(why).waitFor();
    await page.locator("#case-list").waitFor();
  }
  await expectAccessible(page);
  await walk.choose(page, made)();
  await walk.listRead(page);
  await expectSilence(opened);
});
