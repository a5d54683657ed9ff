// Takes a picture of each stop on the way through Sightline, whole pages at two widths, into
// target/screenshots. Run by `cargo xtask screenshots`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { desktop, openPage, phone } from "./harness.mjs";

const folder = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

/** The way: each stop has a name and the steps that lead to it from the stop before. */
const stops = [
  { name: "start", go: async () => {} },
];

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
      await page.screenshot({ path, fullPage: true, animations: "disabled" });
      console.log(path);
    }
    await close();
  }
} finally {
  await end();
}
