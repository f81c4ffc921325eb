/** Scores readings of gold tokens: tags, trees and names. */
import type { Name } from "../../model/annotation.ts";
import type { TokenReader } from "../reader.ts";
import type { GoldSentence } from "./corpus.ts";

/** Percentages; a part that the sentences do not annotate is NaN. */
export interface Scores {
  readonly upos: number;
  readonly xpos: number;
  readonly uas: number;
  readonly las: number;
  /** F1 of exact person, organisation and place names. */
  readonly names: number;
}

/** Reads the sentences' words and compares; punctuation counts, relation subtypes count. */
export function score(reader: TokenReader, sentences: readonly GoldSentence[]): Scores {
  const readings = reader.readAll(sentences.map((s) => s.words));
  let [words, upos, xpos, uas, las, found, given, right] = [0, 0, 0, 0, 0, 0, 0, 0];
  const counts = (name: Name) => name.label !== "other";
  sentences.forEach((gold, s) => {
    const reading = readings[s] as (typeof readings)[number];
    if (gold.heads) {
      words += gold.words.length;
      gold.words.forEach((_, i) => {
        if (gold.upos?.[i] === reading.upos[i]) upos++;
        if (gold.xpos?.[i] === reading.xpos[i]) xpos++;
        if (gold.heads?.[i] !== reading.heads[i]) return;
        uas++;
        if (gold.relations?.[i] === reading.relations[i]) las++;
      });
    }
    if (gold.names) {
      const key = (n: Name) => `${n.first} ${n.last} ${n.label}`;
      const marked = new Set(gold.names.filter(counts).map(key));
      given += marked.size;
      for (const name of reading.names.filter(counts)) {
        found++;
        if (marked.has(key(name))) right++;
      }
    }
  });
  const share = (n: number, of: number) => (100 * n) / of;
  return {
    upos: share(upos, words),
    xpos: share(xpos, words),
    uas: share(uas, words),
    las: share(las, words),
    names: share(2 * right, found + given),
  };
}

export function formatScores(scores: Scores): string {
  const cell = (name: string, value: number) => (Number.isNaN(value) ? "" : `${name} ${value.toFixed(2)}`);
  return [
    cell("UPOS", scores.upos),
    cell("XPOS", scores.xpos),
    cell("UAS", scores.uas),
    cell("LAS", scores.las),
    cell("names", scores.names),
  ]
    .filter((text) => text !== "")
    .join("  ");
}
