// Lists the files of a folder with their sizes, raw, gzip and brotli, and what they come to beside the
// most that they may be. Usage: node xtask/sizes.mjs FOLDER [--check]; with --check it fails when one is over.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { firstFiles } from "./first.mjs";

const [folder] = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => /\.(html|js|css|svg|wasm)$/.test(name)).sort();
// What is uploaded stands there compressed already.
const compressed = (name, bytes) => (existsSync(join(folder, `${name}.br`)) ? readFileSync(join(folder, `${name}.br`)) : brotliCompressSync(bytes)).length;
const rows = names.map((name) => {
  const bytes = readFileSync(join(folder, name));
  return [name, bytes.length, gzipSync(bytes, { level: 9 }).length, compressed(name, bytes)];
});

const width = Math.max(...names.map((name) => name.length));
const line = (name, ...cells) => console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(12)));
line("", "bytes", "gzip", "brotli");
for (const row of rows) line(...row);

const sum = (column, wanted) => rows.filter(([name]) => wanted.test(name)).reduce((sum, row) => sum + row[column], 0);
const first = { test: (name) => firstFiles(names).includes(name) };
const listed = sum(3, first) + sum(3, /^store-worker_bg-/);
const figures = [
  ["until the first page is usable, brotli", sum(3, first), 250_000],
  ["what reads lists, brotli", sum(3, /^list-worker/), 450_000],
  ["the single file, as it is", sum(1, /^sightline\.html$/), 2_500_000],
];
console.log();
for (const [what, size, most] of figures) {
  const said = size <= most ? "" : `  OVER by ${Math.ceil((size - most) / 1000)} KB`;
  console.log(`${what}: ${(size / 1000).toFixed(0)} KB of ${most / 1000} KB${said}`);
}
console.log(`until the rounds that are kept here are listed too, brotli: ${(listed / 1000).toFixed(0)} KB`);
if (process.argv.includes("--check") && figures.some(([, size, most]) => size > most)) process.exitCode = 1;
