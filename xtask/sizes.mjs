// Lists the files of a folder with their sizes: raw, gzip, and brotli, the last two at their best.
// Usage: node xtask/sizes.mjs FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();

const rows = files.map((file) => {
  const bytes = readFileSync(file);
  return [file, bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length];
});
const total = [1, 2, 3].map((column) => rows.reduce((sum, row) => sum + row[column], 0));
const width = Math.max(...rows.map(([file]) => file.length));

const line = (name, ...cells) => console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(12)));
line("", "bytes", "gzip", "brotli");
for (const row of rows) line(...row);
line("in all", ...total);
