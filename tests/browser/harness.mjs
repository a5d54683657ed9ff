// What every browser test stands on: a host for dist/, a real Chromium, and a page that keeps a
// record of all it asks for. A test fails by itself when its page logs an error.
//
//   test("…", async (t) => {
//     const { page } = await openPage(t);
//     …
//   });
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The widths at which a page is looked at. */
export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

// Chromium's own calls home would be refused by a closed network, and look like the page's.
export const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What is uploaded. */
export const dist = join(root, "dist");

/** The same files under their own names, of which a test may replace one: dist/ would refuse it by its hash. */
const plain = join(root, "target/site");

/**
 * A static host on a free port of this machine, closed when the test ends: of dist/, or, where
 * `answers` replaces what it says, of the same files under their own names. `answers` is a map of file
 * name to { status, type, body } (each optional). `refuse` is a pattern of names that it does not
 * serve, `type` gives the media type of a name, `headers` are sent with every file.
 */
export async function host(t, options = {}) {
  const { answers = {}, refuse, type = (name) => types[extname(name)] } = options;
  const packed = await readFile(join(dist, "index.html"), "utf8").then((page) => page.includes('id="files"'));
  const folder = options.folder ?? (options.answers && packed ? plain : dist);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    const file = normalize(join(folder, name));
    const answer = answers[name.slice(1)] ?? {};
    let body = answer.body;
    if (body === undefined && file.startsWith(folder + sep) && !refuse?.test(name)) body = await readFile(file).catch(() => undefined);
    const status = answer.status ?? (body === undefined ? 404 : 200);
    response.writeHead(status, {
      "content-type": answer.type ?? type(file) ?? "application/octet-stream",
      "cache-control": "no-store",
      ...options.headers,
    });
    response.end(status === 200 ? body : "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  atEnd(t, () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

/**
 * A browser of its own with an empty profile, and Sightline open in it.
 *
 * - `at`: the address; by default a host of its own (see `host`, which gets `answers`).
 * - `until`: what to wait for: "ready" (the app and both its workers answer, and the network is shut), "started" (the app
 *   runs), or nothing.
 * - `profile`: a profile folder to go on with; by default a new one, removed at the end.
 * - `args`: further arguments for the browser; `before`: a function that runs in each page before its
 *   scripts; `route`: a function that answers requests of the browser's context in the host's place.
 * - `errors`: patterns of errors that the test provokes on purpose.
 *
 * Gives { page, context, address, profile, requests, loaded, errors, close }: `requests` are all that were
 * made, by the page or a worker, the first `loaded` of them while it loaded; `close` is also done when
 * the test ends.
 */
export async function openPage(t, options = {}) {
  const { viewport = desktop, until = "ready", answers, errors: expected = [] } = options;
  const address = options.at ?? (await host(t, { answers }));
  const profile = options.profile ?? (await newProfile(t));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...flags, ...(options.args ?? [])],
    chromiumSandbox: process.getuid?.() !== 0,
    headless: true,
    viewport,
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    acceptDownloads: true,
    locale: "en-GB",
    timezoneId: "Europe/London",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const log = record(context);
  if (options.before) await context.addInitScript(options.before);
  await options.route?.(context);

  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await page.evaluate(() => {}).catch(() => {}); // whatever was logged before this answers has been heard of
    const heard = [...log.errors]; // what closing itself breaks off is not the page's error
    await context.close();
    const unexpected = heard.filter((error) => !expected.some((pattern) => pattern.test(error)));
    assert.deepEqual(unexpected, [], "the page logged errors");
  };
  atEnd(t, close);

  await page.goto(address);
  if (until) await waitFor(page, until);
  return { page, context, address, profile, close, ...log, loaded: log.requests.length };
}

/** Waits until <html> bears data-ready and data-silent, or another such mark. */
export async function waitFor(page, state) {
  const mark = state === "ready" ? '[data-ready="true"][data-silent="true"]' : `[data-${state}="true"]`;
  await page.waitForSelector(`html${mark}`, { state: "attached" });
}

/** An empty profile folder, removed when the test ends. */
export async function newProfile(t) {
  const profile = await mkdtemp(join(tmpdir(), "sightline-"));
  atEnd(t, () => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
  return profile;
}

// Things to do when a test ends, the newest first: a page closes before its host does. (Node's own
// `after` goes from the oldest.)
const ends = new WeakMap();

function atEnd(t, end) {
  if (!ends.has(t)) {
    ends.set(t, []);
    t.after(async () => {
      const faults = [];
      for (const end of ends.get(t)) await end().catch((fault) => faults.push(fault));
      if (faults.length > 0) throw faults[0];
    });
  }
  ends.get(t).unshift(end);
}

// Requests and errors of the page and of its workers, in order.
function record(context) {
  const requests = [];
  const errors = [];
  context.on("request", (request) => requests.push({ url: request.url(), method: request.method() }));
  context.on("weberror", (event) => errors.push(`uncaught: ${event.error().stack || event.error()}`));
  const hear = (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()} (${message.location().url})`);
  };
  context.on("console", hear);
  return { requests, errors };
}

/** Fails if the page or a worker has asked the network for anything since the page was loaded. */
export async function expectSilence({ page, requests, loaded }) {
  // Whatever was started by now is heard of before this answers.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  const asked = requests.slice(loaded).filter(({ url }) => !/^(blob|data):/.test(url));
  assert.deepEqual(asked, [], "the page asked the network for something after it had loaded");
}

/** The built-in forms, as their files hold them. */
export async function builtIn() {
  const folder = join(root, "forms");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json") && !name.includes("schema"));
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))));
}

/** Chooses a file on disk in a file input. */
export async function chooseFile(page, input, path) {
  await page.locator(input).setInputFiles(path);
}

/** Drops a file on an element, as a person drags it from a folder: dragenter, dragover, drop. */
export async function dropFile(page, target, path, type = "") {
  const name = basename(path);
  const base64 = (await readFile(path)).toString("base64");
  const transfer = await page.evaluateHandle(
    async ({ base64, name, type }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type }));
      return transfer;
    },
    { base64, name, type },
  );
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.locator(target).dispatchEvent(event, { dataTransfer: transfer });
  }
}

/** Does what makes the page save a file; gives its name and its bytes. */
export async function download(page, work) {
  const [saved] = await Promise.all([page.waitForEvent("download"), work()]);
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

/** Fails if axe-core finds a fault in the page against WCAG 2.2 A and AA, or its best practices. */
export async function expectAccessible(page) {
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  // Evaluated through the debugger, which the page's policy does not concern.
  await page.evaluate(await readFile(axe, "utf8"));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), tags);
  const faults = violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.html).join("\n    ")}`);
  assert.deepEqual(faults, [], "the page has faults for people who use it with help");
}
