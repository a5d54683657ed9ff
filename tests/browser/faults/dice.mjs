// Chance that can be played again: every number comes from a seed that is printed.
import { createHash } from "node:crypto";

export class Dice {
  #seed;
  #thrown = 0;

  constructor(seed) {
    this.#seed = seed;
  }

  /** A whole number from 0, below `sides`. */
  below(sides) {
    const hash = createHash("sha256").update(`${this.#seed} ${this.#thrown++}`).digest();
    return hash.readUIntBE(0, 6) % sides;
  }

  /** True so many times in a hundred. */
  chance(percent) {
    return this.below(100) < percent;
  }

  one(things) {
    return things[this.below(things.length)];
  }

  letters(count) {
    return Array.from({ length: count }, () => this.one("abcdefghij klmnop")).join("");
  }
}
