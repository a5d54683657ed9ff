// Starts Sightline: gets its WebAssembly programs, starts the app as soon as the first page can be shown,
// and shuts the network behind them. Nothing is fetched after that.
//
// The app finds in `window.sightline`:
// - `newWorker(name)`, where name is "clerk", "list", "lock" or "store": a new Worker that starts from what was
//   fetched here, so a worker can be replaced without the network;
// - `fetchRest(callback, data)`: gets the rest of the app's program (see src/bin/app/rest.rs);
// - `about`: the version that is running; `newer`: one that the host has now, if the event "newer" came;
// - `gather()`: what was seen of requests, policies, headers and files, for the page that proves.
//
// A file comes from one of three places: out of the page itself (the single file), from the name that
// `cargo xtask dist` gave it, with the hash that its bytes must have (the list in `#files`), or, while
// Sightline is worked on, from its own name.
"use strict";
(() => {
  const base = document.currentScript.src || location.href;
  const { version = "", build = "", files: listed = {}, packed = [] } = JSON.parse(document.getElementById("files")?.textContent ?? "{}");
  const isFile = location.protocol === "file:";
  const about = { version, build, secure: isSecureContext, is_file: isFile };
  /** The bytes of each file that came, by name: promises, for they are looked at by nobody but gather. */
  const kept = new Map();

  /** A file that stands in the page itself: its bytes. */
  async function inlined(name) {
    const archive = document.getElementById("archive");
    if (!archive) return undefined;
    unpacked ??= unpack(archive);
    const bytes = (await unpacked).get(name);
    keep(name, new Response(bytes));
    return bytes;
  }

  let unpacked;

  /** The files of the archive, by name. They stand in it one after another, compressed as one: much of one is in others too. */
  async function unpack(archive) {
    const compressed = new Blob([fromPage(archive.textContent)]).stream();
    const { XzReadableStream } = window["xz-decompress"];
    const bytes = await new Response(new XzReadableStream(compressed)).arrayBuffer();
    let at = 0;
    return new Map(packed.map(([name, length]) => [name, bytes.slice(at, (at += length))]));
  }

  /**
   * Bytes that stand in the single file as characters of its encoding, Windows-1252, which has one for each:
   * a third shorter than base64. Those that a page cannot hold stand behind a `=`, 64 higher (see xtask/pack.mjs).
   */
  function fromPage(text) {
    const characters = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const byteOf = new Uint8Array(0x10000);
    for (let byte = 0; byte < 256; byte += 1) byteOf[characters.charCodeAt(byte)] = byte;
    const bytes = new Uint8Array(text.length);
    let length = 0;
    for (let at = 0; at < text.length; at += 1) {
      const escaped = text[at] === "=";
      if (escaped) at += 1;
      bytes[length] = byteOf[text.charCodeAt(at)] - (escaped ? 64 : 0);
      length += 1;
    }
    return bytes.subarray(0, length);
  }

  function fromBase64(text) {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  }

  /** A file that the host does not have, or has with other bytes. */
  class Missing extends Error {}

  function keep(file, response) {
    kept.set(file, response.clone().arrayBuffer().catch(() => undefined));
  }

  async function get({ file, integrity }) {
    const response = await fetch(new URL(file, base), integrity ? { integrity } : {}).catch(() => {
      throw new Missing(`${file} did not arrive, or not as it was built: the host gave something else, perhaps a page to sign in.`);
    });
    if (!response.ok) throw new Missing(`${file} could not be fetched: the host answered ${response.status}.`);
    keep(file, response);
    return response;
  }

  async function text(name) {
    const bytes = await inlined(name);
    if (bytes) return new TextDecoder().decode(bytes);
    return (await get(listed[name] ?? { file: name })).text();
  }

  /** Compiles one program. Hosts that give .wasm a wrong type, or do not give it at all, are common. */
  async function compile(name) {
    const bytes = await inlined(name);
    if (bytes) return WebAssembly.compile(bytes);
    const { file, integrity, asText } = listed[name] ?? { file: name };
    try {
      const response = await get({ file, integrity });
      if (response.headers.get("content-type") === "application/wasm") return await WebAssembly.compileStreaming(response);
      return await WebAssembly.compile(program(file, await response.arrayBuffer()));
    } catch (error) {
      if (!asText) throw error;
      console.warn(`${error.message} The same program is taken from ${asText.file}: let the host serve .wasm as application/wasm.`);
      const response = await get(asText).catch(() => Promise.reject(error));
      return WebAssembly.compile(program(asText.file, fromBase64((await response.text()).trim()).buffer));
    }
  }

  /** The bytes, if they are a program. */
  function program(file, bytes) {
    const magic = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
    if (String.fromCharCode(...magic) === "\0asm") return bytes;
    throw new Error(`${file} is not a program: the host answered with something else, perhaps a page to sign in.`);
  }

  /** Says in the app's place what is wrong and what IT needs to know. */
  function cannotStart(error) {
    // It may be of an older version, named by a page out of a cache: that page is asked for anew, once.
    const [navigation] = performance.getEntriesByType("navigation");
    if (error instanceof Missing && build && !document.documentElement.dataset.started && navigation?.type !== "reload") return location.reload();
    console.error(error);
    document.documentElement.dataset.failed = "true";
    const page = document.getElementById("cannot-start").content.cloneNode(true);
    page.querySelector("pre").textContent = [
      `Sightline could not start: ${error?.message ?? error}`,
      `Page: ${location.origin}${location.pathname}`,
      `Browser: ${navigator.userAgent}`,
    ].join("\n");
    document.getElementById("starting")?.remove();
    document.getElementById("app").replaceWith(page);
    document.title = "Sightline could not start";
  }

  const sent = ["content-security-policy", "connection-allowlist", "cross-origin-opener-policy", "permissions-policy", "referrer-policy", "x-content-type-options"];
  const seen = { requests: [], policies: [], shut: undefined, headers: undefined, sums: "" };

  /**
   * Looks at the page as its host has it now, before the network is shut: the headers that come with it,
   * whether it is of another version, and the files that the browser itself fetched for it. A host that
   * does not answer costs nothing but that.
   */
  async function lookAtHost() {
    if (isFile) return;
    const look = async (file, cache) => {
      const response = await fetch(new URL(file, base), { cache });
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      const name = new URL(response.url).pathname.split("/").pop() || "index.html";
      keep(name, response);
      return response;
    };
    const page = await look(location.href.split("#")[0], "no-store");
    seen.headers = sent.flatMap((name) => (page.headers.has(name) ? [[name, page.headers.get(name)]] : []));
    tellIfNewer(aboutOf(await page.text()));
    seen.sums = build ? await (await look("SHA256SUMS", "no-store")).text() : "";
    const ours = [...document.querySelectorAll("script[src], link[href]")].map((element) => element.getAttribute("src") ?? element.getAttribute("href"));
    await Promise.all(ours.filter((address) => !/^data:/.test(address)).map((address) => look(address, "force-cache")));
  }

  /** The version that a page's text says it is of. */
  function aboutOf(html) {
    const [, json] = html.match(/<script[^>]*id="?files"?[^>]*>([^<]*)/) ?? [];
    return json ? JSON.parse(json) : {};
  }

  function tellIfNewer(other) {
    if (!build || !other.build || other.build === build) return;
    window.sightline.newer = { ...about, version: other.version, build: other.build };
    dispatchEvent(new Event("newer"));
  }

  /** Windows of one folder tell each other, within this browser, which version they begin with: the one that was there before learns of a newer one without a request. */
  function tellOthers() {
    const channel = new BroadcastChannel(`sightline ${new URL(".", location.href).pathname}`);
    channel.onmessage = ({ data }) => tellIfNewer(data);
    channel.postMessage({ version, build });
  }

  /** What a worker asked for, by its own count; nothing if it is too busy to say. */
  function askedBy(worker) {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage("requests", [port2]);
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      setTimeout(resolve, 1000, []);
    });
  }

  async function gather() {
    // Looked at before the network is shut, it would show less than it should.
    await Promise.race([silent, new Promise((resolve) => setTimeout(resolve, 30_000))]);
    const folder = base.replace(/[^/]*$/, "");
    const counted = ({ name, startTime }, by) => ({ address: name.split("#")[0].replace(folder, "") || "./", at: startTime, by });
    const own = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map((entry) => counted(entry, "the page"));
    const theirs = await Promise.all([...workers].map(async ([worker, name]) => (await askedBy(worker)).map((entry) => counted(entry, `the ${name} worker`))));
    const requests = [...own, ...theirs.flat()].filter(({ address }) => !/^(blob|data):/.test(address));
    const policies = [...document.querySelectorAll('meta[http-equiv="Content-Security-Policy"]')].map(({ content }) => content);
    const files = [];
    for (const [name, bytes] of kept) {
      const came = await bytes;
      if (came && name !== "SHA256SUMS") files.push([name, new Uint8Array(came)]);
    }
    files.sort(([one], [other]) => (one < other ? -1 : 1));
    return [{ ...seen, requests, policies }, files];
  }

  /** From now on the page asks the network for nothing: the policy says so, and taking it away does not lift it. */
  function shutNetwork() {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "connect-src 'none'";
    document.head.append(policy);
    seen.shut = performance.now();
    document.documentElement.dataset.silent = "true";
    becomeSilent();
  }

  let becomeSilent;
  const silent = new Promise((resolve) => (becomeSilent = resolve));

  /** The workers that run, with their names. */
  const workers = new Map();

  /** Addresses of the workers' scripts: made here, of what was fetched here; the page's policy trusts no others. */
  const scripts = {};
  const ours = new Set();
  const trusted = window.trustedTypes?.createPolicy("app", {
    createScriptURL(url) {
      if (ours.has(url)) return url;
      throw new TypeError("Only Sightline's own workers are started.");
    },
  });

  function makeScript(name, parts) {
    const url = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
    ours.add(url);
    scripts[name] = trusted ? trusted.createScriptURL(url) : url;
  }

  /** The programs of the workers, by name: promises. */
  const programs = {};

  function newWorker(name) {
    const worker = new Worker(scripts[name], { name });
    workers.set(worker, name);
    programs[name].then((program) => worker.postMessage(program), cannotStart);
    return worker;
  }

  async function start() {
    const [app, worker, storeGlue] = await Promise.all([compile("app_bg.wasm"), text("worker.js"), text("store-worker.js")]);
    makeScript("store", [storeGlue, worker]);
    programs.store = compile("store-worker_bg.wasm");

    /** Everything that only the rest of the app needs; the workers' programs come last. */
    async function fetchWorkers() {
      const names = ["lock", "clerk", "list"];
      const glues = await Promise.all(names.map((name) => text(`${name}-worker.js`)));
      names.forEach((name, at) => {
        makeScript(name, [glues[at], worker]);
        programs[name] = compile(`${name}-worker_bg.wasm`);
      });
    }

    let running;
    let becomeWhole;
    const whole = new Promise((resolve) => (becomeWhole = resolve));

    /** Links the rest of the app's program to what runs: it puts its functions into the table that both share. */
    async function linkRest() {
      const rest = await compile("app-rest.wasm");
      await fetchWorkers();
      await WebAssembly.instantiate(rest, { __wasm_split: await running });
    }

    /** Asked by the app's program, which takes the answer through its table of functions. */
    async function fetchRest(callback, data) {
      const linked = await linkRest().then(
        () => true,
        (error) => console.error(error),
      );
      const { __indirect_function_table: table } = await running;
      if (linked) becomeWhole();
      table.get(callback)(data, Number(Boolean(linked)));
    }

    window.sightline = { about, gather, newWorker, fetchRest };

    // While Sightline is worked on, its program is in one piece.
    if (!WebAssembly.Module.imports(app).some(({ name }) => name === "__wasm_split_load_rest")) await fetchWorkers().then(becomeWhole);
    running = wasm_bindgen({ module_or_path: app });
    await running;
    document.getElementById("starting")?.remove();
    document.documentElement.dataset.started = "true";
    await whole;
    document.documentElement.dataset.whole = "true";
    await Promise.all(Object.values(programs));
    await lookAtHost().catch((error) => console.warn(`What the host sends could not be looked at: ${error.message}`));
    if (build) tellOthers();
    shutNetwork();
  }

  // web/early.js has looked at the browser, and said so if it cannot run Sightline. In the safe mode nothing is
  // started (web/safe.js).
  const fit = document.getElementById("too-old").hidden;
  if (fit && !document.documentElement.dataset.safe) start().catch(cannotStart);
})();
