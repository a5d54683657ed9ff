// PapaParse in a worker: the whole text at once, or in its own chunks.
importScripts("../node_modules/papaparse/papaparse.min.js");

let mode;

function counts(rows) {
  return rows[0].map((_, column) => {
    const cells = new Set();
    for (let row = 1; row < rows.length; row += 1) if (rows[row][column]) cells.add(rows[row][column]);
    return cells.size;
  });
}

self.onmessage = async ({ data }) => {
  if (!data.file) {
    mode = data.mode;
    self.postMessage("ready");
  } else if (mode === "text") {
    self.postMessage(counts(Papa.parse(await data.file.text(), { skipEmptyLines: true }).data));
  } else {
    const rows = [];
    Papa.parse(data.file, {
      skipEmptyLines: true,
      chunk: (piece) => {
        for (const row of piece.data) rows.push(row);
      },
      complete: () => self.postMessage(counts(rows)),
    });
  }
};
