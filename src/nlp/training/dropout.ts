/** Seeded random numbers and dropout for training. */
import type { Dropout } from "../network.ts";

/** sfc32 (Doty-Humphrey, PractRand): small, fast, the same everywhere. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number) {
    this.#a = 0x9e3779b9;
    this.#b = 0x243f6a88;
    this.#c = seed | 0;
    for (let i = 0; i < 16; i++) this.integer();
  }

  /** 32 random bits as a signed integer. */
  integer(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t;
  }

  /** In [0, 1). */
  next(): number {
    return (this.integer() >>> 0) / 4294967296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  shuffle(list: unknown[]): void {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const x = list[i];
      list[i] = list[j];
      list[j] = x;
    }
  }
}

type Kind = Parameters<Dropout>[0];

/** Inverted dropout at a rate per kind of activation. */
export class DropoutMaker {
  readonly #random: Random;
  readonly #rates: Readonly<Record<Kind, number>>;

  constructor(random: Random, rates: Readonly<Record<Kind, number>>) {
    this.#random = random;
    this.#rates = rates;
  }

  scale(kind: Kind): number {
    return 1 / (1 - this.#rates[kind]);
  }

  readonly apply: Dropout = (kind, values, at, length) => {
    const rate = this.#rates[kind];
    if (rate === 0) return;
    const limit = Math.round(rate * 65536);
    const scale = this.scale(kind);
    if (kind === "input") {
      const keep = (this.#random.integer() & 0xffff) < limit ? 0 : scale;
      for (let i = at; i < at + length; i++) values[i] = (values[i] as number) * keep;
      return;
    }
    for (let i = at; i < at + length; i += 2) {
      const bits = this.#random.integer();
      values[i] = (bits & 0xffff) < limit ? 0 : (values[i] as number) * scale;
      if (i + 1 < at + length) values[i + 1] = bits >>> 16 < limit ? 0 : (values[i + 1] as number) * scale;
    }
  };
}
