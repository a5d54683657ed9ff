// The contenders as the page sees them. Each is made ready before the clock starts (its worker runs,
// its program is compiled) and then does the same work on the file in the field, off the page: file
// to table, and how many distinct filled cells each column has.
//
// A contender is made ready by calling it; that gives a function from a File to those counts.

const site = new URL("../../target/site/", import.meta.url);

/** A worker's answers: the next message that `wanted` accepts, or its error. */
function answer(worker, wanted = () => true) {
  return new Promise((resolve, reject) => {
    const hear = ({ data }) => {
      if (!wanted(data)) return;
      worker.removeEventListener("message", hear);
      resolve(data);
    };
    worker.addEventListener("message", hear);
    worker.addEventListener("error", (event) => reject(new Error(event.message)), { once: true });
  });
}

/** Sightline's own list worker, as it is deployed (see web/start.js), asked what the page asks it. */
async function sightline() {
  const fetched = (name) => fetch(new URL(name, site));
  const program = await WebAssembly.compileStreaming(fetched("list-worker_bg.wasm"));
  const scripts = await Promise.all(["list-worker.js", "worker.js"].map(async (name) => (await fetched(name)).blob()));
  const worker = new Worker(URL.createObjectURL(new Blob(scripts, { type: "text/javascript" })), { name: "list" });
  worker.postMessage(program);
  await answer(worker, (data) => data === "ready");
  return async (file) => {
    worker.postMessage([1, JSON.stringify({ List: { Read: { name: file.name, linked: false } } }), [file]]);
    const [, json] = await answer(worker, (data) => !data[1].includes('"Progress"'));
    const columns = JSON.parse(json).List?.Read?.columns;
    if (!columns) throw new Error(json);
    return columns.map(({ distinct }) => distinct);
  };
}

/** A worker of ours around somebody else's reader. */
const script = (name, mode) => async () => {
  const worker = new Worker(new URL(`contenders/${name}.js`, import.meta.url));
  worker.postMessage({ mode });
  await answer(worker);
  return (file) => {
    worker.postMessage({ file });
    return answer(worker);
  };
};

/** PapaParse's own way into a worker, in which the rows come back to the page. */
async function papaWorker() {
  await new Promise((onload, onerror) => {
    const src = "node_modules/papaparse/papaparse.min.js";
    document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
  });
  return (file) =>
    new Promise((complete, error) => {
      const [rows, distinct] = [[], []];
      const chunk = ({ data }) => {
        for (const row of data) {
          rows.push(row);
          for (const [column, cell] of row.entries()) (distinct[column] ??= new Set()).add(cell);
        }
      };
      const counts = () => {
        for (const [column, cell] of rows[0].entries()) distinct[column].delete(cell);
        complete(distinct.map((cells) => cells.size - Number(cells.has(""))));
      };
      Papa.parse(file, { worker: true, skipEmptyLines: true, chunk, complete: counts, error });
    });
}

/** DuckDB, with its file on disk (`handle`) or in its memory (`buffer`). */
const duckdb = (mode) => async () => {
  const folder = new URL("node_modules/@duckdb/duckdb-wasm/dist/", import.meta.url);
  const duck = await import(new URL("duckdb-browser.mjs", folder));
  const db = new duck.AsyncDuckDB(new duck.VoidLogger(), new Worker(new URL("duckdb-browser-eh.worker.js", folder)));
  await db.instantiate(new URL("duckdb-eh.wasm", folder).href);
  const connection = await db.connect();
  return async (file) => {
    if (mode === "handle") await db.registerFileHandle("list.csv", file, duck.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    else await db.registerFileBuffer("list.csv", new Uint8Array(await file.arrayBuffer()));
    // Told of the dialect, it need not look for it.
    const options = `header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'`;
    await connection.query(`CREATE TABLE list AS SELECT * FROM read_csv('list.csv', ${options})`);
    const names = (await connection.query("DESCRIBE list")).toArray().map((row) => row.toJSON().column_name);
    const counts = names.map((name) => `count(DISTINCT nullif("${name}", ''))`);
    const [row] = (await connection.query(`SELECT ${counts.join(", ")} FROM list`)).toArray();
    return Object.values(row.toJSON()).map(Number);
  };
};

window.contenders = {
  Sightline: sightline,
  "PapaParse, text": script("papaparse", "text"),
  "PapaParse, chunks": script("papaparse", "chunks"),
  "PapaParse, worker: true": papaWorker,
  "DuckDB-wasm, handle": duckdb("handle"),
  "DuckDB-wasm, buffer": duckdb("buffer"),
  "SheetJS, dense": script("sheetjs"),
  "bare read, stream": script("bare", "stream"),
  "bare read, slices": script("bare", "slices"),
};

/** Makes a contender ready. */
window.prepare = async (name) => {
  window.work = await window.contenders[name]();
};

/** Lets it read the file in the field; gives the milliseconds that it took, and the counts. */
window.race = async () => {
  const [file] = document.getElementById("list").files;
  const start = performance.now();
  const distinct = await window.work(file);
  return { took: performance.now() - start, distinct };
};

document.documentElement.dataset.ready = "true";
