// What is typed into a round's first field, and what the page says of it.
import assert from "node:assert/strict";
import { waitFor } from "../harness.mjs";
import * as walk from "../walk.mjs";

/** Waits; only to let a fault strike at some moment, never for something to be done. */
export const moment = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Goes to the section, unlocks the round if need be, and gives its first field once it is open. */
export async function field(page, section) {
  await page.goto(section);
  // Two starts in a row that were killed count as failed ones.
  if (await page.locator("html[data-safe]").count()) await page.getByRole("button", { name: "Try to start again" }).click();
  await waitFor(page, "ready");
  const field = page.locator("textarea").first();
  const locked = page.getByRole("heading", { level: 1, name: "Unlock the round" });
  await field.or(locked).first().waitFor();
  if (await locked.count()) await walk.unlock(page);
  await field.waitFor();
  return field;
}

/**
 * Hears what the field held each time the page said that all is saved, and each time that the page sends something
 * to a worker. A page that reads along says nothing of its own.
 */
export async function hear(page, { saved, sent }) {
  page.on("console", (message) => {
    const said = message.text();
    if (said.startsWith("SAVED:")) saved(said.slice("SAVED:".length));
    if (said === "SENT") sent?.();
  });
  await page.evaluate(() => {
    let last;
    const tell = () => {
      const field = document.querySelector("textarea");
      if (!field || document.querySelector("#along-title") || !document.querySelector(".app-saved__state--saved")) {
        last = undefined;
      } else if (field.value !== last) {
        last = field.value;
        console.debug(`SAVED:${last}`);
      }
    };
    new MutationObserver(tell).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    tell();
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) {
      console.debug("SENT");
      return post.apply(this, message);
    };
  });
}

/** What is typed in one life of the browser, and what was said to be saved of it. */
export class Typing {
  /** What the field is to hold. */
  whole = "";
  /** How much of it has been typed by now. */
  typed = 0;
  /** The most of it that was said to be saved. */
  saved = "";

  /** Goes on behind what is there, so much of which was said to be saved. */
  constructor(before, more, saved) {
    Object.assign(this, { whole: before + more, typed: before.length, saved });
  }

  heard(value) {
    if (this.whole.startsWith(value) && value.length > this.saved.length) this.saved = value;
  }

  /** Fails if what is there now is less than what was said to be saved, or nothing that was ever typed. */
  check(now, note) {
    assert.ok(now.length >= this.saved.length, `${note}: “${this.saved}” was said to be saved, “${now}” is there`);
    assert.ok(this.whole.startsWith(now), `${note}: “${now}” was never typed`);
  }
}
