// Starts a worker's program. The page names the worker ("list", "lock" or "store") and sends, as the first
// message, the compiled program (see newWorker in start.js). What the page sends while the program
// starts is kept, and given to the program in order as soon as it listens.

const early = [];

function keep(event) {
  event.stopImmediatePropagation();
  early.push(event);
  if (early.length === 1) start(event.data);
}

async function start(program) {
  try {
    const { default: init } = await import(`./${self.name}-worker.js`);
    await init({ module_or_path: program }); // runs the program's main(), which must listen before it returns
    self.removeEventListener("message", keep);
    for (const { data, ports } of early.slice(1)) {
      self.dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
    }
  } catch (error) {
    reportError(error); // reaches the page as the Worker's "error" event
  }
}

// A fault in work that goes on in the background would otherwise be heard of by nobody.
self.addEventListener("unhandledrejection", (event) => reportError(event.reason));

self.addEventListener("message", keep);
