// Starts a worker's program. It stands behind the program's own script in one worker (see addresses in
// start.js), which finds `wasm_bindgen` there. The page sends the compiled program as soon as it has it;
// what it sends before is kept, and given to the program in order as soon as it listens. Asked for "requests", it says what the worker asked the network for.
"use strict";
(() => {
  const early = [];
  let started = false;
  let running = false;

  function hear(event) {
    if (event.data === "requests") {
      event.stopImmediatePropagation();
      event.ports[0].postMessage(performance.getEntriesByType("resource").map(({ name, startTime }) => ({ name, startTime })));
    } else if (!running) {
      event.stopImmediatePropagation();
      if (!started && event.data instanceof WebAssembly.Module) {
        started = true;
        start(event.data);
      } else {
        early.push(event);
      }
    }
  }

  async function start(program) {
    try {
      await wasm_bindgen({ module_or_path: program }); // runs the program's main(), which must listen before it returns
      running = true;
      for (const { data, ports } of early) {
        self.dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
      }
    } catch (error) {
      reportError(error); // reaches the page as the Worker's "error" event
    }
  }

  // A worker has no use for the network: what could reach it is taken away before the program runs.
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts", "caches", "FontFace", "Worker"]) {
    Object.defineProperty(self, name, { value: undefined });
  }

  // A fault in work that goes on in the background would otherwise be heard of by nobody.
  self.addEventListener("unhandledrejection", (event) => reportError(event.reason));

  self.addEventListener("message", hear);
})();
