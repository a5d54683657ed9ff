// The browser benchmark: ours and the others in turn, in one run of Chromium, on the lists that
// `cargo run --release --example long_lists` writes. `cargo xtask bench` does all of it.
//
//   node benches/browser/main.mjs [--rows 1000000] [--sheet-rows 100000] [--runs 5] [--only NAME,…] [--json FILE]
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stat } from "node:fs/promises";
import { host, openPage } from "../../tests/browser/harness.mjs";
import { load } from "./loading.mjs";
import { withPeak } from "./memory.mjs";
import { exponent, goals, median, table } from "./report.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const text = [
  "Sightline",
  "PapaParse, text",
  "PapaParse, chunks",
  "PapaParse, worker: true",
  "DuckDB-wasm, handle",
  "DuckDB-wasm, buffer",
  "bare read, stream",
  "bare read, slices",
];
const sheets = ["Sightline", "SheetJS, dense"];

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    "sheet-rows": { type: "string", default: "100000" },
    runs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const rows = Number(options.rows);
const chosen = (names) => names.filter((name) => !options.only || options.only.split(",").some((part) => name.startsWith(part)));
const list = (rows, ending) => join(root, "target/bench", `list-${rows}.${ending}`);

/** One run of one contender on one file, in a page and a process of its own. */
async function run({ context, profile, address }, name, path) {
  const page = await context.newPage();
  await page.goto(`${address}benches/browser/page.html`);
  await page.waitForSelector('html[data-ready="true"]', { state: "attached" });
  await page.setInputFiles("#list", path);
  await page.evaluate((name) => window.prepare(name), name);
  const { result, peak } = await withPeak(profile, () => page.evaluate(() => window.race()));
  await page.close();
  return { ...result, peak };
}

/** Every contender in turn, as often as asked: medians. Those that count must count the same. */
async function contest(browser, names, path) {
  const { size } = await stat(path);
  const runs = new Map(names.map((name) => [name, []]));
  for (let turn = 1; turn <= Number(options.runs); turn += 1) {
    for (const name of names) {
      const one = await run(browser, name, path);
      runs.get(name).push(one);
      console.error(`${name}, run ${turn}: ${(one.took / 1000).toFixed(2)} s, ${one.peak?.toFixed(0) ?? "?"} MB`);
    }
  }
  const counted = [...runs].map(([name, [{ distinct }]]) => [name, distinct.join(" ")]).filter(([, counts]) => counts);
  const different = counted.filter(([, counts]) => counts !== counted[0][1]);
  if (different.length > 0) throw new Error(`not the same work: ${JSON.stringify([counted[0], ...different])}`);
  return [...runs].map(([name, runs]) => ({
    name,
    bytes: size,
    seconds: median(runs.map(({ took }) => took / 1000)),
    peak: runs[0].peak === undefined ? undefined : median(runs.map(({ peak }) => peak)),
  }));
}

/** How time and memory of ours grow, over three sizes. */
async function growth(browser) {
  const sizes = [rows / 100, rows / 10, rows];
  const medians = [];
  for (const size of sizes) medians.push((await contest(browser, ["Sightline"], list(size, "csv")))[0]);
  return {
    sizes,
    time: exponent(sizes, medians.map(({ seconds }) => seconds)),
    memory: exponent(sizes, medians.map(({ peak }) => peak)),
  };
}

const ends = [];
const test = { after: (end) => ends.unshift(end) };
try {
  const address = await host(test, { folder: root.replace(/\/$/, "") });
  const opened = await openPage(test, { at: `${address}benches/browser/page.html`, until: null });
  const browser = { ...opened, address };
  const results = { version: opened.context.browser()?.version() };
  const csv = list(rows, "csv");
  if (chosen(text).length > 0) results.text = await contest(browser, chosen(text), csv);
  if (chosen(sheets).length > 0 && Number(options["sheet-rows"]) > 0) {
    results.sheets = await contest(browser, chosen(sheets), list(Number(options["sheet-rows"]), "xlsx"));
  }
  if (chosen(["Sightline"]).length > 0) {
    results.loading = await load(opened.context, `${address}target/site/`, csv);
    results.growth = await growth(browser);
  }
  if (results.text) console.log(table(`CSV, ${rows.toLocaleString("en-GB")} rows × 16 columns`, results.text));
  if (results.sheets) console.log(table(`XLSX, ${Number(options["sheet-rows"]).toLocaleString("en-GB")} rows × 16 columns`, results.sheets));
  console.log(goals(results));
  if (options.json) await writeFile(options.json, JSON.stringify(results, undefined, 2));
} catch (fault) {
  console.error(fault);
  process.exitCode = 1;
} finally {
  for (const end of ends) await end();
}
