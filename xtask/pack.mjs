// Makes what is uploaded out of what Trunk built: a folder for any static host, and one file for none.
// Usage: node xtask/pack.mjs BUILT FOLDER
//
// In FOLDER every file but index.html bears a part of its own hash in its name, so that a host may let
// browsers keep it for ever; index.html lists each with the hash that its bytes must have. Beside the
// files stand their compressed forms, what a host needs to know (web/hosting), the bill of materials, and
// SHA256SUMS.
// Nothing here depends on the clock or the machine: the same build gives the same bytes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [built, folder] = process.argv.slice(2);
const hosting = new URL("../web/hosting/", import.meta.url);
// Trunk's shortened page leaves out what a parser does not need: addresses are put in quotation marks again.
const page = readFileSync(join(built, "index.html"), "utf8")
  .replace(/\b(href|src)=(\.\/[^\s">]+)(?=[\s>])/g, '$1="$2"')
  .replace(/<link href="(\.\/main\.css)" rel=stylesheet>/, '<link rel="stylesheet" href="$1"/>');
const source = Object.fromEntries(
  readdirSync(built)
    .filter((name) => name !== "index.html")
    .sort()
    .map((name) => [name, readFileSync(join(built, name))]),
);

/** What the start script gets by name, in its own time. */
const programs = ["app_bg.wasm", "list-worker_bg.wasm", "lock-worker_bg.wasm", "store-worker_bg.wasm"];
const fetched = [...programs, "worker.js", "list-worker.js", "lock-worker.js", "store-worker.js"];
/** What the page itself names. */
const named = ["main.css", "favicon.svg", "app.js", "start.js"];
const packable = ["", ".html", ".js", ".css", ".svg", ".wasm"];

const sha = (bytes, algorithm = "sha256", form = "hex") => createHash(algorithm).update(bytes).digest(form);
const integrity = (bytes) => `sha384-${sha(bytes, "sha384", "base64")}`;

/** Replaces a text that must be there. */
function replace(text, from, to) {
  if (!text.includes(from)) throw new Error(`index.html has no ${from}`);
  return text.replaceAll(from, () => to);
}

/** A name that changes with the file's bytes. */
function hashed(name, bytes) {
  const end = extname(name);
  return `${name.slice(0, -end.length)}-${sha(bytes).slice(0, 12)}${end}`;
}

function forHosts() {
  const files = {};
  const place = (name, bytes) => {
    const file = hashed(name, bytes);
    files[file] = bytes;
    return { file, integrity: integrity(bytes) };
  };
  const listed = {};
  for (const name of fetched) listed[name] = place(name, source[name]);
  // For hosts that refuse to serve .wasm: the same bytes as text.
  for (const name of programs) {
    const text = Buffer.from(`${source[name].toString("base64")}\n`);
    listed[name].asText = place(name.replace(".wasm", ".wasm.txt"), text);
  }
  let html = page;
  for (const name of named) {
    const placed = place(name, source[name]);
    const attribute = extname(name) === ".js" ? "src" : "href";
    const check = name === "favicon.svg" ? "" : ` integrity="${placed.integrity}"`;
    html = replace(html, `${attribute}="./${name}"`, `${attribute}="./${placed.file}"${check}`);
  }
  const list = `<script type="application/json" id="files">${JSON.stringify(listed)}</script>\n  </head>`;
  files["index.html"] = Buffer.from(replace(html, "</head>", list));
  return files;
}

/** What a host is told: each file of web/hosting with the page's own policy in it. */
function hostFiles() {
  const [tag] = page.match(/<meta [^>]*Content-Security-Policy[^>]*>/);
  const [, policy] = tag.match(/content="([^"]+)"/);
  const full = `${policy}; frame-ancestors 'none'`;
  return Object.fromEntries(
    readdirSync(hosting).map((name) => {
      const text = readFileSync(new URL(name, hosting), "utf8");
      return [name, Buffer.from(text.replaceAll("{policy}", full))];
    }),
  );
}

/** Everything in one page, for a file share or a stick. */
function singleFile() {
  const inline = (name) => {
    const packed = gzipSync(source[name], { level: 9 }).toString("base64");
    return `<script type="text/plain" id="file:${name}">${packed}</script>`;
  };
  const script = (name) => source[name].toString("utf8").replaceAll("</script", "<\\/script");
  const style = source["main.css"].toString("utf8");
  const hash = (text) => `'sha256-${sha(text, "sha256", "base64")}'`;
  const icon = `data:image/svg+xml;base64,${source["favicon.svg"].toString("base64")}`;
  let html = page;
  html = replace(html, 'href="./favicon.svg"', `href="${icon}"`);
  html = replace(html, '<link rel="stylesheet" href="./main.css"/>', `<style>${style}</style>`);
  // Scripts without an address run where they stand: behind the page that they look for.
  for (const name of ["app.js", "start.js"]) html = replace(html, `<script defer src="./${name}"></script>`, "");
  const scripts = ["app.js", "start.js"].map(script);
  const tail = [...fetched.map(inline), ...scripts.map((text) => `<script>${text}</script>`)].join("\n");
  html = replace(html, "</body>", `${tail}\n</body>`);
  html = replace(html, "script-src 'self'", `script-src ${scripts.map(hash).join(" ")}`);
  html = replace(html, "style-src 'self'", `style-src ${hash(style)}`);
  html = replace(html, "connect-src 'self'", "connect-src 'none'");
  return Buffer.from(html);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const files = forHosts();
for (const [name, bytes] of Object.entries({ ...files })) {
  if (!packable.includes(extname(name))) continue;
  files[`${name}.gz`] = gzipSync(bytes, { level: 9 });
  files[`${name}.br`] = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
const bill = "bill-of-materials.cdx.json";
execFileSync(process.execPath, [fileURLToPath(new URL("sbom.mjs", import.meta.url)), join(folder, bill)], { stdio: "inherit" });
Object.assign(files, hostFiles(), { "sightline.html": singleFile(), [bill]: readFileSync(join(folder, bill)) });
const sums = Object.keys(files)
  .sort()
  .map((name) => `${sha(files[name])}  ${name}\n`)
  .join("");
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
writeFileSync(join(folder, "SHA256SUMS"), sums);
