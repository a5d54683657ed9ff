// Starts Sightline: fetches its four WebAssembly programs once, all at the same time, and starts
// the app. Everything is fetched here, so that nothing needs to be fetched later.
//
// The app finds `window.sightline.newWorker(name)`, where name is "list", "lock" or "store". It gives a new
// Worker that starts from the program fetched here, so a worker can be replaced without the network.

/** Compiles one program. Hosts that give .wasm a wrong type are common, so its type decides only how. */
async function compile(file) {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`${file} could not be fetched: the host answered ${response.status}.`);
  if (response.headers.get("content-type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = await response.arrayBuffer();
  const magic = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  if (String.fromCharCode(...magic) !== "\0asm") {
    throw new Error(`${file} is not a program: the host answered with something else, perhaps a page to sign in.`);
  }
  return WebAssembly.compile(bytes);
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

try {
  const [{ default: startApp }, app, list, lock, store] = await Promise.all([
    import("./app.js"),
    compile("app_bg.wasm"),
    compile("list-worker_bg.wasm"),
    compile("lock-worker_bg.wasm"),
    compile("store-worker_bg.wasm"),
  ]);
  const programs = { list, lock, store };

  window.sightline = Object.freeze({
    newWorker(name) {
      const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module", name });
      worker.postMessage(programs[name]); // web/worker.js takes this first message for itself
      return worker;
    },
  });

  await startApp({ module_or_path: app });
  document.getElementById("starting")?.remove();
  document.documentElement.dataset.started = "true";
} catch (error) {
  cannotStart(error);
}
