// Makes what is uploaded out of what Trunk built: a folder for any static host, and one file for none.
// Usage: node xtask/pack.mjs BUILT FOLDER [VERSION]
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

const [built, folder, version = versionOf("Cargo.toml")] = process.argv.slice(2);
const hosting = new URL("../web/hosting/", import.meta.url);
// Trunk's shortened page leaves out what a parser does not need: addresses are put in quotation marks again.
const trunks = readFileSync(join(built, "index.html"), "utf8")
  .replace(/\b(href|src)=(\.\/[^\s">]+)(?=[\s>])/g, '$1="$2"')
  .replace(/<link href="(\.\/main\.css)" rel=stylesheet>/, '<link rel="stylesheet" href="$1"/>');
const source = Object.fromEntries(
  readdirSync(built)
    .filter((name) => !["index.html", "bill-of-materials.cdx.json"].includes(name))
    .sort()
    .map((name) => [name, readFileSync(join(built, name))]),
);

const sha = (bytes, algorithm = "sha256", form = "hex") => createHash(algorithm).update(bytes).digest(form);
const hashOf = (text) => `'sha256-${sha(text, "sha256", "base64")}'`;
const inlineScript = (name) => source[name].toString("utf8").replaceAll("</script", "<\\/script");
// What looks at the browser stands in the page itself, where no cache can part it from it; the policy knows its hash.
const early = inlineScript("early.js");
const page = [
  ['<script defer src="./early.js"></script>', ""],
  ["</body>", `<script>${early}</script></body>`],
  ["script-src 'self'", `script-src 'self' ${hashOf(early)}`],
].reduce((text, [from, to]) => replace(text, from, to), trunks);

/** What the start script gets by name, in its own time. */
const programs = ["app_bg.wasm", "app-rest.wasm", "clerk-worker_bg.wasm", "list-worker_bg.wasm", "lock-worker_bg.wasm", "store-worker_bg.wasm"];
const fetched = [...programs, "worker.js", "clerk-worker.js", "list-worker.js", "lock-worker.js", "store-worker.js"];
/** What the page itself names. */
const named = ["main.css", "favicon.svg", "safe.js", "app.js", "start.js"];
/** The beginning of the hash over all that is fetched: another byte anywhere is another build. */
const build = sha([version, page, ...[...fetched, ...named, "early.js"].map((name) => source[name])].map((it) => sha(it)).join("\n")).slice(0, 12);
const packable = ["", ".html", ".js", ".css", ".svg", ".wasm"];

const integrity = (bytes) => `sha384-${sha(bytes, "sha384", "base64")}`;

function versionOf(manifest) {
  return readFileSync(new URL(`../${manifest}`, import.meta.url), "utf8").match(/^version = "([^"]+)"/m)[1];
}

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

/** What the page knows of itself: its version, its build, and each file with the hash that its bytes must have. */
function about(more) {
  return `<script type="application/json" id="files">${JSON.stringify({ version, build, ...more })}</script>\n  </head>`;
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
  files["index.html"] = Buffer.from(replace(html, "</head>", about({ files: listed })));
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

/** Text of a page in letters that every encoding has alike, by an escape for all others. */
const plain = (text, escape) => text.replaceAll(/[^\x00-\x7f]/gu, (character) => escape(character.codePointAt(0)));

/** Bytes as the single file holds them: itself in Windows-1252, but for those that a page changes or ends at. */
function inPage(bytes) {
  const held = [];
  for (const byte of bytes) held.push(...([0x00, 0x0d, 0x3c, 0x3d].includes(byte) ? [0x3d, byte + 64] : [byte]));
  return Buffer.from(held).toString("latin1");
}

/** Bytes made as small as a page can unpack them again. */
function xz(bytes) {
  const settings = ["--compress", "--stdout", "--threads=1", "--lzma2=preset=9e,dict=16MiB"];
  return execFileSync("xz", settings, { input: bytes, maxBuffer: 64 << 20 });
}

/** Everything in one page, for a file share or a stick. Written byte by byte in Windows-1252; all but the packed programs is ASCII. */
function singleFile() {
  const style = plain(source["main.css"].toString("utf8"), (code) => `\\${code.toString(16)} `);
  const icon = `data:image/svg+xml;base64,${source["favicon.svg"].toString("base64")}`;
  let html = trunks.replace(/<meta charset="?utf-8"?\s*\/?>/i, '<meta charset="windows-1252">');
  html = replace(html, 'href="./favicon.svg"', `href="${icon}"`);
  html = replace(html, '<link rel="stylesheet" href="./main.css"/>', `<style>${style}</style>`);
  // Scripts without an address run where they stand: behind the page that they look for.
  const names = ["early.js", "safe.js", "app.js", "start.js"];
  for (const name of names) html = replace(html, `<script defer src="./${name}"></script>`, "");
  const unpacker = readFileSync(new URL("../node_modules/xz-decompress/dist/package/xz-decompress.min.js", import.meta.url), "utf8");
  const scripts = [unpacker, ...names.map(inlineScript)].map((text) => plain(text, (code) => `\\u{${code.toString(16)}}`));
  html = replace(html, "script-src 'self'", `script-src ${scripts.map(hashOf).join(" ")}`);
  html = replace(html, "style-src 'self'", `style-src ${hashOf(style)}`);
  html = replace(html, "connect-src 'self'", "connect-src 'none'");
  const packed = fetched.map((name) => [name, source[name].length]);
  html = plain(replace(html, "</head>", about({ packed })), (code) => `&#${code};`);
  const archive = xz(Buffer.concat(fetched.map((name) => source[name])));
  const tail = [`<script type="text/plain" id="archive">${inPage(archive)}</script>`, ...scripts.map((text) => `<script>${text}</script>`)].join("\n");
  return Buffer.from(replace(html, "</body>", `${tail}\n</body>`), "latin1");
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const files = forHosts();
for (const [name, bytes] of Object.entries({ ...files })) {
  if (!packable.includes(extname(name))) continue;
  files[`${name}.gz`] = gzipSync(bytes, { level: 9 });
  files[`${name}.br`] = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
const bill = join(built, "bill-of-materials.cdx.json");
execFileSync(process.execPath, [fileURLToPath(new URL("sbom.mjs", import.meta.url)), bill], { stdio: "inherit" });
Object.assign(files, hostFiles(), { "sightline.html": singleFile(), "bill-of-materials.cdx.json": readFileSync(bill) });
const sums = Object.keys(files)
  .sort()
  .map((name) => `${sha(files[name])}  ${name}\n`)
  .join("");
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
writeFileSync(join(folder, "SHA256SUMS"), sums);
