// A made-up round that is longer than any real one, as the content of a saved file: a form of 300
// questions, 500 cases, each of them begun.
import { createHash } from "node:crypto";

const AT = 1_795_168_800_000;
const grades = [
  { id: "outstanding", label: "Outstanding" },
  { id: "good", label: "Good" },
  { id: "requires-improvement", label: "Requires improvement to be good" },
  { id: "inadequate", label: "Inadequate" },
];
const benchmark = "What is seen in a case at this grade, told in a sentence or two, as long as those of the built-in forms are.";

/** The kinds in turn: of ten questions, three are graded and four are for words. */
const kinds = [
  { type: "grade", not_applicable: true, benchmarks: grades.map(({ id }) => ({ grade: id, text: `${benchmark} ${id}` })) },
  { type: "text", lines: 4 },
  { type: "yes_no", not_applicable: true },
  { type: "text", lines: 4 },
  { type: "grade", benchmarks: grades.map(({ id }) => ({ grade: id, text: `${benchmark} ${id}` })) },
  { type: "several_of", options: ["a", "b", "c", "d"].map((id) => ({ id, label: `Option ${id}` })) },
  { type: "text" },
  { type: "interval", unit: "hours", limit: 72, from: "Returned", to: "Interview" },
  { type: "grade", not_applicable: true, benchmarks: grades.map(({ id }) => ({ grade: id, text: `${benchmark} ${id}` })) },
  { type: "text", lines: 3 },
];

/** A form of so many questions in so many sections. */
export function form(questions, sections) {
  const each = questions / sections;
  const question = (section, at) => {
    const question = { id: `s${section}.q${at}`, text: `Question ${at} of section ${section}?`, required: at % 3 !== 0, kind: kinds[at % kinds.length] };
    // Now and then a question hangs on the graded one before.
    return at % 10 === 1 ? { ...question, required_if: { question: `s${section}.q${at - 1}`, at_or_below: "inadequate" } } : question;
  };
  return {
    format: "sightline-form/1",
    id: "long",
    version: "1",
    title: "A long form",
    about: "For measuring.",
    grades,
    sections: Array.from({ length: sections }, (_, section) => ({
      id: `s${section}`,
      title: `Section ${section}`,
      questions: Array.from({ length: each }, (_, at) => question(section, at)),
    })),
  };
}

const words = "The plan says what will be offered, and not what must be different for the child by when. ";

function answer({ kind }, at) {
  switch (kind.type) {
    case "grade":
      return { type: "grade", choice: { grade: grades[at % 4].id }, reason: words };
    case "text":
      return { type: "text", text: words.repeat(1 + (at % 4)) };
    case "yes_no":
      return { type: "yes_no", choice: "yes" };
    case "several_of":
      return { type: "several_of", choices: ["a", "c"] };
    case "interval":
      return { type: "interval", from: "2026-10-24T20:00", to: "2026-10-27T20:00" };
  }
}

function certificate(ids) {
  return {
    format: "sightline-certificate/1",
    draw: { number: 1, reason: null },
    list: { name: "list.csv", sheet: null, sha256: "ab".repeat(32), rows: 1000 },
    excluded: [],
    faulty: { count: 0, places: [] },
    unit: { columns: ["Child Unique ID"] },
    frame: { size: 1000, fingerprint: "cd".repeat(32) },
    strata: [],
    seed: { text: "63454660390103169462", origin: "dice" },
    method: { name: "simple", version: 1, size: ids.length, drop: 0 },
    sample: ids.map((id, at) => ({ order: at + 1, id, ticket: `0.${String(at).padStart(8, "0")}1`, stratum: null })),
    reserve: [],
    recipe: [],
  };
}

/** The file: every case has `begun` answers, the last ten have all. */
export function longRound({ questions = 300, sections = 10, cases = 500, begun = 20 } = {}) {
  const held = form(questions, sections);
  const ids = Array.from({ length: cases }, (_, at) => `ID-${100_000 + at}`);
  const columns = ["Team", "Category"];
  const facts = [
    { fact: "round_opened", title: "A long round", auditor: "A. Auditor", made_up: false, form: held },
    {
      fact: "list_taken",
      source: { name: "list.csv", sheet: null, encoding: null, sha256: "ab".repeat(32), bytes: 4096 },
      unit: ["Child Unique ID"],
      read: 1000,
      size: 1000,
      excluded: 0,
      faulty: 0,
      fingerprint: "cd".repeat(32),
    },
    { fact: "sample_drawn", certificate: certificate(ids), columns, cells: ids.map(() => ["North", "Neglect"]) },
  ];
  const asked = held.sections.flatMap(({ questions }) => questions);
  for (let number = 1; number <= cases; number += 1) {
    const given = asked.slice(0, number > cases - 10 ? asked.length : begun);
    given.forEach((question, at) => facts.push({ fact: "answered", case: number, question: question.id, answer: answer(question, at) }));
  }
  let previous = "";
  const lines = facts.map((fact, at) => {
    const line = JSON.stringify({ author: "0123456789abcdef", number: at + 1, at: AT + at * 1000, previous, ...fact });
    previous = createHash("sha256").update(line, "utf8").digest("hex");
    return line;
  });
  const header = JSON.stringify({ format: "sightline-round/1", round: "fedcba9876543210", saved_at: AT, entries: lines.length });
  return { lines: lines.length, bytes: Buffer.from(`${[header, ...lines].join("\n")}\n`) };
}
