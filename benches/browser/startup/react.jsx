// The page that Sightline's start is measured against: what a team would write in a day with React,
// PapaParse and SheetJS. It reads a list, draws a sample and shows it; nothing else.
import Papa from "papaparse";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import * as XLSX from "xlsx";

async function read(file) {
  if (/\.csv$/i.test(file.name)) return Papa.parse(await file.text(), { header: true, skipEmptyLines: true }).data;
  const book = XLSX.read(await file.arrayBuffer());
  return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]]);
}

function sampleOf(rows, size) {
  return rows.map((row) => [Math.random(), row]).sort(([one], [other]) => one - other).slice(0, size).map(([, row]) => row);
}

function Rounds() {
  const [title, setTitle] = useState("");
  const [rows, setRows] = useState([]);
  const [size, setSize] = useState(10);
  const [sample, setSample] = useState([]);
  const names = Object.keys(rows[0] ?? {});
  return (
    <main>
      <h1 id="main-heading">Audit casework from a sample</h1>
      <label>Name of the round <input id="title" value={title} onChange={(event) => setTitle(event.target.value)} /></label>
      <label>Case list <input id="list" type="file" onChange={async (event) => setRows(await read(event.target.files[0]))} /></label>
      <p id="read">{rows.length} rows were read</p>
      <label>How many? <input type="number" value={size} onChange={(event) => setSize(Number(event.target.value))} /></label>
      <button onClick={() => setSample(sampleOf(rows, size))}>Draw the sample</button>
      <table>
        <thead><tr>{names.map((name) => <th key={name}>{name}</th>)}</tr></thead>
        <tbody>{sample.map((row, at) => <tr key={at}>{names.map((name) => <td key={name}>{String(row[name] ?? "")}</td>)}</tr>)}</tbody>
      </table>
    </main>
  );
}

createRoot(document.getElementById("app")).render(<Rounds />);
