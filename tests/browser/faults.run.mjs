// Plays the faults of faults.mjs as often as asked, and prints the figures: node faults.run.mjs KILLS DISKS SCHEDULES
import { fullDisks, kills, schedules } from "./faults.mjs";
import { host } from "./harness.mjs";

const ends = [];
const address = await host({ after: (end) => ends.push(end) });
const counts = process.argv.slice(2).map(Number);
try {
  for (const [at, play] of [kills, fullDisks, schedules].entries()) {
    if (!counts[at]) continue;
    const began = Date.now();
    const figures = await play(address, counts[at], (line) => console.log(`  ${line}`));
    console.log(`${JSON.stringify(figures)} in ${Math.round((Date.now() - began) / 1000)} s`);
  }
} finally {
  for (const end of ends) await end();
}
