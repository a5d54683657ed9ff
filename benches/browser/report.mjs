// Figures for people: medians, how something grows, and each goal beside what was measured.

/** The middle one. */
export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The power of the size with which figures grow: the slope of their logarithms, by least squares. */
export function exponent(sizes, figures) {
  const mean = (all) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [x, y] = [sizes.map(Math.log), figures.map(Math.log)];
  const [mx, my] = [mean(x), mean(y)];
  const cross = x.reduce((sum, at, index) => sum + (at - mx) * (y[index] - my), 0);
  return cross / x.reduce((sum, at) => sum + (at - mx) ** 2, 0);
}

/** All contenders on one file, the last column saying how many times as long as ours each took. */
export function table(title, contenders) {
  const ours = contenders.find(({ name }) => name === "Sightline")?.seconds;
  const lines = contenders.map(({ name, bytes, seconds, peak }) => [
    name,
    seconds.toFixed(2),
    (bytes / 1e6 / seconds).toFixed(0),
    peak?.toFixed(0) ?? "not measured",
    ours ? (seconds / ours).toFixed(2) : "",
  ]);
  return columns(`${title}, ${(contenders[0].bytes / 1e6).toFixed(1)} MB`, ["reader", "seconds", "MB/s", "peak MB", "× ours"], lines);
}

/** Each goal, what was measured, and whether it is met. */
export function goals({ text = [], sheets = [], loading, growth }) {
  const lines = [];
  const goal = (what, wanted, figure, met) => lines.push([what, wanted, figure, met ? "met" : "MISSED"]);
  const best = (all, name) => Math.min(...all.filter((one) => one.name.startsWith(name)).map(({ seconds }) => seconds));
  const faster = (all, name, times) => {
    const ratio = best(all, name) / best(all, "Sightline");
    if (Number.isFinite(ratio)) goal(`faster than ${name}`, `≥ ${times} ×`, `${ratio.toFixed(1)} ×`, ratio >= times);
  };
  faster(text, "PapaParse", 8);
  faster(text, "DuckDB", 5);
  const bare = best(text, "Sightline") / best(text, "bare read, stream");
  if (Number.isFinite(bare) && bare > 0) goal("beside the bare streamed read", "≤ 2.5 ×", `${bare.toFixed(2)} ×`, bare <= 2.5);
  const ours = text.find(({ name }) => name === "Sightline");
  if (ours?.peak !== undefined) {
    const share = (ours.peak * 1e6) / ours.bytes;
    goal("peak memory beside the file", "< 1 ×", `${share.toFixed(2)} ×`, share < 1);
  }
  faster(sheets, "SheetJS", 8);
  if (loading) {
    const longest = Math.max(0, ...loading.tasks);
    goal("longest task of the page", "≤ 50 ms", longest > 0 ? `${longest.toFixed(0)} ms` : "none over 50 ms", longest <= 50);
    const cancel = Math.max(...loading.cancels);
    goal("cancel answers", "≤ 100 ms", `${cancel.toFixed(0)} ms`, cancel <= 100);
    goal("progress moves", "> 10 steps", `${loading.steps} steps`, loading.steps > 10);
  }
  if (growth) {
    goal("time grows with rows to the power of", "≤ 1.05", growth.time.toFixed(2), growth.time <= 1.05);
    if (Number.isFinite(growth.memory)) goal("memory, likewise", "≤ 1.05", growth.memory.toFixed(2), growth.memory <= 1.05);
  }
  const seen = loading && `In the page the list was shown after ${seconds(loading.shown)}, and its cases after ${seconds(loading.framed)}.\n`;
  return columns("Goals", ["what", "goal", "figure", ""], lines) + (seen ?? "");
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

export function columns(title, head, lines) {
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map((line) => line[at].length)));
  const row = (cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  ");
  return `\n${title}\n${[head, ...lines].map(row).join("\n")}\n`;
}
