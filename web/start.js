// Starts Sightline: gets its four WebAssembly programs, starts the app, and shuts the network behind
// them. Nothing is fetched after that.
//
// The app finds `window.sightline.newWorker(name)`, where name is "list", "lock" or "store". It gives a new
// Worker that starts from what was fetched here, so a worker can be replaced without the network.
//
// A file comes from one of three places: out of the page itself (the single file), from the name that
// `cargo xtask dist` gave it, with the hash that its bytes must have (the list in `#files`), or, while
// Sightline is worked on, from its own name.
"use strict";
(() => {
  const base = document.currentScript.src || location.href;
  const listed = JSON.parse(document.getElementById("files")?.textContent ?? "{}");

  /** A file that stands in the page itself, compressed: its bytes. */
  async function inlined(name) {
    const element = document.getElementById(`file:${name}`);
    if (!element) return undefined;
    const compressed = new Blob([fromBase64(element.textContent.trim())]);
    return new Response(compressed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  function fromBase64(text) {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  }

  async function get({ file, integrity }) {
    const response = await fetch(new URL(file, base), integrity ? { integrity } : {}).catch(() => {
      throw new Error(`${file} did not arrive, or not as it was built: the host gave something else, perhaps a page to sign in.`);
    });
    if (!response.ok) throw new Error(`${file} could not be fetched: the host answered ${response.status}.`);
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
    console.error(error);
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

  /** From now on the page asks the network for nothing: the policy says so, and taking it away does not lift it. */
  function shutNetwork() {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "connect-src 'none'";
    document.head.append(policy);
  }

  /** Addresses of the workers' scripts: made here, of what was fetched here; the page's policy trusts no others. */
  function addresses(scripts) {
    const entries = Object.entries(scripts).map(([name, parts]) => {
      return [name, URL.createObjectURL(new Blob(parts, { type: "text/javascript" }))];
    });
    const ours = new Set(entries.map(([, url]) => url));
    const trusted = window.trustedTypes?.createPolicy("app", {
      createScriptURL(url) {
        if (ours.has(url)) return url;
        throw new TypeError("Only Sightline's own workers are started.");
      },
    });
    return Object.fromEntries(entries.map(([name, url]) => [name, trusted ? trusted.createScriptURL(url) : url]));
  }

  async function start() {
    const [app, store, worker, storeGlue, lockGlue, listGlue] = await Promise.all([
      compile("app_bg.wasm"),
      compile("store-worker_bg.wasm"),
      text("worker.js"),
      text("store-worker.js"),
      text("lock-worker.js"),
      text("list-worker.js"),
    ]);
    const scripts = addresses({ store: [storeGlue, worker], lock: [lockGlue, worker], list: [listGlue, worker] });
    // What reads lists and what takes passphrases is needed later: the page does not wait for them.
    const programs = {
      store: Promise.resolve(store),
      lock: compile("lock-worker_bg.wasm"),
      list: compile("list-worker_bg.wasm"),
    };

    window.sightline = Object.freeze({
      newWorker(name) {
        const worker = new Worker(scripts[name], { name });
        programs[name].then((program) => worker.postMessage(program), cannotStart);
        return worker;
      },
    });

    await wasm_bindgen({ module_or_path: app });
    document.getElementById("starting")?.remove();
    document.documentElement.dataset.started = "true";
    await Promise.all([programs.lock, programs.list]);
    shutNetwork();
  }

  start().catch(cannotStart);
})();
