// How soon the first page can be used, ours and one of React, PapaParse and SheetJS, on a slow computer
// with a slow line: CPU at a quarter of its speed, 10 Mbit/s, 40 ms, nothing cached.
// `cargo xtask bench` builds dist/ and runs it:  node benches/browser/startup/main.mjs [--runs 5]
//
// The browser slows its page down, not its workers, which are processes of their own to it.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { openPage } from "../../../tests/browser/harness.mjs";
import { columns, median } from "../report.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const { values: options } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

/** The other page, as small as its tools make it, each file compressed. */
async function bundle() {
  const folder = join(root, "target/bench/react");
  await mkdir(folder, { recursive: true });
  const entry = fileURLToPath(new URL("react.jsx", import.meta.url));
  await build({ entryPoints: [entry], bundle: true, minify: true, jsx: "automatic", define: { "process.env.NODE_ENV": '"production"' }, outfile: join(folder, "react.js"), logLevel: "error" });
  await writeFile(join(folder, "index.html"), '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>React</title><div id="app"></div><script src="react.js"></script>');
  for (const name of ["react.js", "index.html"]) await writeFile(join(folder, `${name}.br`), brotliCompressSync(await readFile(join(folder, name))));
  return folder;
}

/** A host that sends each file compressed. */
async function serve(folder) {
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://host").pathname.slice(1) || "index.html";
    const body = await readFile(join(folder, `${name}.br`)).catch(() => readFile(join(folder, name)).catch(() => undefined));
    const packed = body && (await readFile(join(folder, `${name}.br`)).then(() => true, () => false));
    response.writeHead(body ? 200 : 404, { "content-type": types[extname(name)] ?? "text/plain", ...(packed ? { "content-encoding": "br" } : {}) });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => (server.closeAllConnections(), server.close()) };
}

/** In the page, before its scripts: notes when its heading is there, and when the network is shut. */
function watch() {
  const marks = (window.marks = {});
  const look = () => {
    if (!marks.usable && document.querySelector("#main-heading")) requestAnimationFrame(() => setTimeout(() => (marks.usable ??= performance.now())));
    if (!marks.whole && document.documentElement?.dataset.silent) marks.whole = performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}

async function run(test, address) {
  const { page, context, close } = await openPage(test, { at: "about:blank", until: null, before: watch });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => window.marks.usable, undefined, { timeout: 120_000 });
  const early = bytes;
  const whole = address.includes("react") ? undefined : await page.waitForFunction(() => window.marks.whole || document.title === "React", undefined, { timeout: 120_000 });
  await whole?.dispose();
  const marks = await page.evaluate(() => window.marks);
  await close();
  return { ...marks, bytes: early };
}

const ends = [];
const test = { after: (end) => ends.unshift(end) };
try {
  const contenders = [["Sightline", join(root, "dist")], ["React, PapaParse, SheetJS", await bundle()]];
  const lines = [];
  for (const [name, folder] of contenders) {
    const { address, close } = await serve(folder);
    const runs = [];
    for (let turn = 0; turn < Number(options.runs); turn += 1) runs.push(await run(test, address));
    close();
    const of = (key) => (runs.every((it) => it[key]) ? (median(runs.map((it) => it[key])) / 1000).toFixed(2) : "–");
    lines.push([name, (median(runs.map((it) => it.bytes)) / 1000).toFixed(0), of("usable"), of("whole")]);
  }
  console.log(columns("Start, CPU × 1/4, 10 Mbit/s, 40 ms, nothing cached", ["page", "KB until usable", "usable, s", "all in, s"], lines));
} catch (fault) {
  console.error(fault);
  process.exitCode = 1;
} finally {
  for (const end of ends) await end();
}
