// An immediate safeguarding concern: raised from a case, kept, shown on the round's page, closed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectAccessible, openPage, phone } from "./harness.mjs";
import * as walk from "./walk.mjs";

test("a concern is in reach from a case, shows on the round's page, and is closed with its outcome", async (t) => {
  const { page } = await openPage(t, { viewport: phone });
  await page.getByRole("button", { name: /made-up/ }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 3, seed: "1" });
  await walk.nextPage(page, () => page.getByRole("link", { name: "Trial with a made-up list" }).first().click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Audit the cases" }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start case 2", exact: true }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Immediate safeguarding concern" }).click());
  await expectAccessible(page);

  await page.getByLabel("What have you seen?").fill("A bruise that nobody asked about.");
  // The press that leaves the field, and by that keeps its words, must still reach the button.
  await page.getByRole("button", { name: "Go back to the case" }).click();
  await page.getByRole("link", { name: "Write what was done about it, and when" }).click();
  await expectAccessible(page);
  await page.keyboard.type("Told the duty manager.");
  await walk.saved(page);

  await page.reload();
  await page.getByLabel("Who did it?").fill("A. Auditor");
  assert.equal(await page.getByLabel("What was done about it, and when?").inputValue(), "Told the duty manager.");
  await walk.nextPage(page, () => page.getByRole("button", { name: "Go back to the case" }).click());

  await walk.nextPage(page, () => page.getByRole("link", { name: "Trial with a made-up list" }).first().click());
  await page.getByText("A safeguarding concern is open").waitFor();
  await expectAccessible(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: "Case 2: concern 1" }).click());
  await page.getByRole("button", { name: "Close this concern" }).click();
  await page.getByLabel("What came of it?").fill("Seen the same day, and safe.");
  await page.getByRole("button", { name: "Close the concern" }).click();
  await page.getByRole("heading", { name: "Concern 1, closed" }).waitFor();
  await expectAccessible(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: "Trial with a made-up list" }).first().click());
  await page.getByRole("link", { name: "Audit the cases" }).waitFor();
  assert.equal(await page.getByText("safeguarding concern is open").count(), 0);
});
