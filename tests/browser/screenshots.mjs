// Takes a picture of each stop on the way through Sightline, whole pages at two widths, into
// target/screenshots. Run by `cargo xtask screenshots`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { desktop, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

const folder = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
const made = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));
/** The stop that stands in the README, cut to the window. */
const best = { name: "section", path: fileURLToPath(new URL("../../docs/picture.png", import.meta.url)) };

const reasons = [
  "The risk outside the home is named, but not what must change.",
  "The plan says what will be offered, not what will be different for her.",
  "She was seen alone three times, and her words are in the record.",
];
const grades = ["Good", "Requires improvement to be good", "Outstanding", "Good", "Inadequate"];

/** The way: each stop has a name and the steps that lead to it from the stop before. */
const stops = [
  { name: "front", go: async () => {} },
  {
    name: "new-round",
    go: async (page) => {
      await page.getByRole("link", { name: "Start a new round" }).click();
      await page.getByRole("button", { name: "Continue" }).click();
      await page.locator("#error-summary").waitFor();
    },
  },
  {
    name: "protect",
    go: async (page) => {
      await page.getByLabel("Name of the round").fill("Child protection, November");
      await page.getByLabel("Your name").fill("Amina Auditor");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("heading", { level: 1, name: "Protect the round" }).waitFor();
      await page.getByRole("button", { name: "Make six words for me" }).click();
      await page.locator(".app-strength").getByText("Strong").waitFor();
    },
  },
  {
    name: "recovery",
    go: async (page) => {
      await page.getByRole("button", { name: "Continue" }).click();
      await page.locator(".app-recovery__code").waitFor();
    },
  },
  {
    name: "choose-list",
    go: async (page) => {
      const code = await page.locator(".app-recovery__code").innerText();
      await page.getByLabel(/last two groups/).fill(code);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("link", { name: "Case list" }).click();
      await page.locator("#case-list").waitFor();
    },
  },
  {
    name: "list",
    go: async (page) => {
      await walk.choose(page, made)();
      await walk.listRead(page);
    },
  },
  {
    name: "list-rows",
    go: async (page) => {
      await page.getByRole("link", { name: /Look at all/ }).click();
      await page.locator("#rows").waitFor();
    },
  },
  {
    name: "list-columns",
    go: async (page) => {
      await page.getByRole("link", { name: "Back to the case list" }).click();
      await page.getByRole("link", { name: /See what the .* columns hold/ }).click();
      await page.locator("#columns").waitFor();
    },
  },
  {
    name: "sample",
    go: async (page) => {
      await page.getByRole("link", { name: "Back to the case list" }).click();
      await page.getByRole("button", { name: "Use this list" }).click();
      await page.getByLabel("How many cases?").fill("12");
      await page.getByLabel("Dice, thrown in front of others").check();
      await page.getByLabel("The throws", { exact: true }).fill("3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4");
    },
  },
  {
    name: "how-many",
    go: async (page) => {
      await page.getByRole("link", { name: "Help me to decide how many" }).click();
      await page.getByRole("button", { name: "Draw 12" }).waitFor();
    },
  },
  {
    name: "sample-groups",
    go: async (page) => {
      await page.getByRole("button", { name: "Draw 12" }).click();
      await page.getByLabel("Every team, category or age group is looked at").check();
      await page.getByLabel("Divide the list by").selectOption({ label: "Allocated Team (often used)" });
      await page.getByRole("rowheader", { name: "All" }).waitFor();
    },
  },
  {
    name: "certificate",
    go: async (page) => {
      await page.getByRole("button", { name: "Draw the sample" }).click();
      await page.getByRole("heading", { level: 1, name: "Certificate of the draw" }).waitFor();
    },
  },
  {
    name: "balance",
    go: async (page) => {
      await page.getByRole("link", { name: "Does the sample look like the list?" }).click();
      await page.getByRole("table", { name: "Allocated Team" }).waitFor();
    },
  },
  {
    name: "verify",
    go: async (page) => {
      await page.getByRole("link", { name: "Check a certificate" }).first().click();
      await page.getByRole("heading", { level: 1, name: "Check a certificate" }).waitFor();
    },
  },
  { name: "round", go: (page) => walk.nextPage(page, () => page.getByRole("link", { name: "Child protection, November" }).first().click()) },
  { name: "cases", go: (page) => walk.nextPage(page, () => page.getByRole("link", { name: "Audit the cases" }).click()) },
  { name: "case", go: (page) => walk.nextPage(page, () => page.getByRole("link", { name: "Start case 1", exact: true }).click()) },
  {
    name: "section",
    go: async (page) => {
      await page.getByRole("link", { name: "Start", exact: true }).click();
      await answer(page, 0);
      await page.getByRole("radio", { name: grades[1], exact: true }).check();
      await page.getByLabel(/^Why/).fill(reasons[1]);
      await walk.saved(page);
    },
  },
  {
    name: "missing",
    go: async (page) => {
      await page.getByRole("button", { name: "Continue" }).click();
      await page.locator("#error-summary").waitFor();
    },
  },
  {
    name: "check",
    go: async (page) => {
      for (let index = 1; !page.url().endsWith("/check"); index += 1) await answer(page, index);
    },
  },
  {
    name: "signed",
    go: async (page) => {
      await page.getByRole("button", { name: "Sign this case" }).click();
      await page.getByText("Case 1 is signed").waitFor();
    },
  },
  {
    name: "findings",
    go: async (page) => {
      for (let number = 2; number <= 6; number += 1) {
        await page.evaluate((number) => (location.hash = `#/cases/${number}/risk`), number);
        await page.locator(".govuk-caption-l", { hasText: `Case ${number}` }).waitFor();
        for (let index = number; !page.url().endsWith("/check"); index += 1) await answer(page, index);
        await page.getByRole("button", { name: "Sign this case" }).click();
        await page.getByText(`Case ${number} is signed`).waitFor();
      }
      await page.evaluate(() => (location.hash = "#/findings"));
      await page.getByRole("heading", { level: 1, name: "Findings" }).waitFor();
    },
  },
  {
    name: "data",
    go: async (page) => {
      await page.getByRole("link", { name: "Where is my data?" }).click();
      await page.getByRole("heading", { level: 1, name: "Where is my data?" }).waitFor();
    },
  },
  {
    name: "proof",
    go: async (page) => {
      await page.getByRole("link", { name: "Prove it" }).click();
      await page.getByRole("heading", { name: "Every request since this page was opened" }).waitFor();
    },
  },
  {
    name: "front-again",
    go: async (page) => {
      await page.getByRole("link", { name: "All rounds" }).first().click();
      await page.getByRole("button", { name: /^Remove/ }).waitFor();
    },
  },
  {
    name: "remove",
    go: async (page) => {
      await page.getByRole("button", { name: /^Remove/ }).click();
      await page.getByLabel(/type the word/).waitFor();
    },
  },
  {
    name: "trail",
    go: async (page) => {
      await page.evaluate(() => (location.hash = "#/trail"));
      await page.locator("#trail").waitFor();
    },
  },
  {
    name: "settings",
    go: async (page) => {
      await page.evaluate(() => (location.hash = "#/settings"));
      await page.locator("#lock-after").waitFor();
    },
  },
  {
    name: "unlock",
    go: async (page) => {
      await page.getByRole("button", { name: "Lock the round now" }).click();
      await page.getByRole("link", { name: "All rounds" }).click();
      await page.getByRole("button", { name: /^Unlock/ }).click();
      await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
    },
  },
];

function answer(page, index) {
  return walk.answerSection(page, {
    grade: grades[(index * 3) % grades.length],
    reason: reasons[index % reasons.length],
    evidence: "Case note of 14 May and the review of 2 June.",
    action: index % 4 === 1 ? { what: "Write what must change, with the family", owner: "Team manager", due: "2026-12-01" } : undefined,
  });
}

// What the harness asks of a test: a thing to do at the end.
let end = async () => {};
const run = { after: (work) => (end = work) };

await mkdir(folder, { recursive: true });
try {
  for (const viewport of [desktop, phone]) {
    const { page, close } = await openPage(run, { viewport });
    for (const [index, { name, go }] of stops.entries()) {
      await go(page);
      const path = join(folder, `${String(index + 1).padStart(2, "0")}-${name}-${viewport.width}.png`);
      await page.evaluate(() => scrollTo(0, 0)); // what is sticky stands where it begins
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
      console.log(path);
      if (name === best.name && viewport === desktop) {
        await page.screenshot({ path: best.path, animations: "disabled" });
      }
    }
    await close();
  }
} finally {
  await end();
}
