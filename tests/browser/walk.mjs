// The way through Sightline as a person goes it: the steps that tests and pictures share.
import { fileURLToPath } from "node:url";
import { chooseFile } from "./harness.mjs";

/** The small list that the page offers. */
export const madeUp = fileURLToPath(new URL("../../demo/child-protection.csv", import.meta.url));

/** What rounds are protected with, unless a test says otherwise. */
export const passphrase = "gravel teapot lantern orbit";

/** Opens a new round from the front page, with a form if one is named, and protects it. Gives its recovery code. */
export async function startRound(page, { title, auditor, form }) {
  await page.getByRole("link", { name: "Start a new round" }).click();
  await page.getByLabel("Name of the round").fill(title);
  await page.getByLabel("Your name").fill(auditor);
  if (form) await page.getByRole("radio", { name: form, exact: true }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  const code = await protect(page);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  return code;
}

/** On the page that protects a round: with a passphrase and a recovery code, which it gives. */
export async function protect(page, secret = passphrase) {
  await page.getByRole("heading", { level: 1, name: "Protect the round" }).waitFor();
  await page.getByLabel("Passphrase", { exact: true }).fill(secret);
  await page.getByRole("button", { name: /^(Continue|Keep the round|Seal the round)$/ }).click();
  const code = await page.locator(".app-recovery__code").innerText();
  await page.getByLabel(/last two groups/).fill(code.split("-").slice(-2).join("-"));
  await page.getByRole("button", { name: "Continue" }).click();
  return code;
}

/** On the page that unlocks a round. */
export async function unlock(page, secret = passphrase) {
  await page.getByRole("heading", { level: 1, name: "Unlock the round" }).waitFor();
  await page.getByLabel("Passphrase", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Unlock", exact: true }).click();
}

/** Goes to the page of the case list and waits until the file given to it has been read. */
export async function readList(page, give) {
  await page.getByRole("link", { name: "Case list" }).click();
  await page.locator("#case-list").waitFor();
  await give();
  await listRead(page);
}

/** Waits until the list and the frame made of it are shown. */
export async function listRead(page) {
  await page.getByRole("heading", { name: /rows and \d+ columns were read/ }).waitFor();
  await page.getByRole("heading", { name: "What the sample is drawn from" }).waitFor();
}

/** Chooses a file on disk as the case list. */
export function choose(page, path) {
  return () => chooseFile(page, "#case-list", path);
}

/** From the list to the certificate. */
export async function drawSample(page, { size, seed }) {
  await page.getByRole("button", { name: "Use this list" }).click();
  await page.getByRole("heading", { level: 1, name: "Draw the sample" }).waitFor();
  await page.getByLabel("How many cases?").fill(String(size));
  await page.getByLabel("A phrase or number that somebody else gives").check();
  await page.getByLabel("The seed", { exact: true }).fill(seed);
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await page.getByRole("heading", { level: 1, name: "Certificate of the draw" }).waitFor();
}

/** Answers the section that is shown, and goes on. */
export async function answerSection(page, { grade, reason, evidence, action }) {
  await page.getByRole("radio", { name: grade, exact: true }).check();
  await page.getByLabel(/^Why/).fill(reason);
  for (const area of await page.getByRole("textbox").all()) {
    if ((await area.inputValue()) === "") await area.fill(evidence);
  }
  if (action) {
    await page.getByRole("button", { name: /^Add (an|another) action/ }).click();
    await page.getByLabel("What must happen?").fill(action.what);
    await page.getByLabel("Who makes it happen?").fill(action.owner);
    await page.getByLabel("By when?").fill(action.due);
  }
  await nextPage(page, () => page.getByRole("button", { name: "Continue" }).click());
}

/** Does what leads to another page, and waits until it is shown: its title comes last. */
export async function nextPage(page, go) {
  const before = [page.url(), await page.title()];
  await go();
  await page.waitForFunction(([url, title]) => location.href !== url && document.title !== title, before);
}

/** Waits until the page says that all is on disk. */
export async function saved(page) {
  await page.locator(".app-saved__state--saved").waitFor();
}

/** A round with the made-up list's like and one built-in form, up to the page of its first case. */
export async function toCase(page, form, size = 2) {
  await startRound(page, { title: "A walk", auditor: "A. Auditor", form });
  await readList(page, choose(page, madeUp));
  await drawSample(page, { size, seed: "314159" });
  await page.getByRole("link", { name: "Go to the cases" }).click();
  await page.getByRole("link", { name: "Start case 1", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Case 1" }).waitFor();
}
