// Lists the files of a folder with their sizes, raw, gzip and brotli, and what they come to beside the
// most that they may be. Usage: node xtask/sizes.mjs FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => /\.(html|js|css|svg|wasm)$/.test(name)).sort();
const rows = names.map((name) => {
  const bytes = readFileSync(join(folder, name));
  return [name, bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
});

const width = Math.max(...names.map((name) => name.length));
const line = (name, ...cells) => console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(12)));
line("", "bytes", "gzip", "brotli");
for (const row of rows) line(...row);

const single = /^sightline\.html$/;
const reader = /^list-worker_bg-/;
const sum = (column, wanted) => rows.filter(([name]) => wanted(name)).reduce((sum, row) => sum + row[column], 0);
const figures = [
  ["until the first page is usable, brotli", sum(3, (name) => !single.test(name) && !reader.test(name)), 250_000],
  ["what reads lists, brotli", sum(3, (name) => reader.test(name)), 450_000],
  ["the single file, as it is", sum(1, (name) => single.test(name)), 2_500_000],
];
console.log();
for (const [what, size, most] of figures) {
  const said = size <= most ? "" : `  OVER by ${Math.ceil((size - most) / 1000)} KB`;
  console.log(`${what}: ${(size / 1000).toFixed(0)} KB of ${most / 1000} KB${said}`);
}
