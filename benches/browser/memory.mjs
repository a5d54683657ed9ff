// How much memory a browser's pages and workers take, from /proc: what their processes hold apart
// from files mapped into them. Only Linux tells; elsewhere nothing is measured.
import { readdirSync, readFileSync } from "node:fs";

const MEGABYTE = 1e6;

/** The processes that run pages of the browser with this profile folder. */
function renderers(profile) {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((id) => ({ id, command: read(id, "cmdline"), parent: /PPid:\s*(\d+)/.exec(read(id, "status"))?.[1] }));
  const own = new Set(processes.filter(({ command }) => command.includes(profile)).map(({ id }) => id));
  // A page's process is a grandchild, by way of the zygotes.
  for (let grown = true; grown; ) {
    grown = false;
    for (const { id, parent } of processes) {
      if (!own.has(id) && own.has(parent)) grown = Boolean(own.add(id));
    }
  }
  return processes.filter(({ id, command }) => own.has(id) && command.includes("--type=renderer")).map(({ id }) => id);
}

function read(id, file) {
  try {
    return readFileSync(`/proc/${id}/${file}`, "utf8");
  } catch {
    return ""; // it has ended
  }
}

function held(ids) {
  const kilobytes = (text, key) => Number(new RegExp(`${key}:\\s*(\\d+)`).exec(text)?.[1] ?? 0);
  const statuses = ids.map((id) => read(id, "status"));
  return statuses.reduce((sum, text) => sum + kilobytes(text, "RssAnon") + kilobytes(text, "RssShmem"), 0) * 1024;
}

/** Does the work; gives what it gave, and the most megabytes held meanwhile above those held before. */
export async function withPeak(profile, work) {
  if (process.platform !== "linux") return { result: await work(), peak: undefined };
  const ids = renderers(profile);
  const before = held(ids);
  let most = before;
  const look = setInterval(() => (most = Math.max(most, held(ids))), 10);
  try {
    const result = await work();
    most = Math.max(most, held(ids));
    return { result, peak: (most - before) / MEGABYTE };
  } finally {
    clearInterval(look);
  }
}
