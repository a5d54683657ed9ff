// SheetJS in a worker, in dense mode, each cell as its sheet shows it.
importScripts("../node_modules/xlsx/dist/xlsx.full.min.js");

self.onmessage = async ({ data }) => {
  if (!data.file) return self.postMessage("ready");
  const book = XLSX.read(await data.file.arrayBuffer(), { dense: true });
  const sheet = book.Sheets[book.SheetNames[0]];
  const distinct = [];
  for (let row = 1; row < sheet.length; row += 1) {
    for (const [column, cell] of (sheet[row] ?? []).entries()) {
      if (cell) (distinct[column] ??= new Set()).add(cell.w ?? cell.v);
    }
  }
  self.postMessage(distinct.map((cells) => cells.size));
};
