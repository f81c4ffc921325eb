/** Names read sentence by sentence, made to agree within a document. */
import type { Name, NameLabel } from "../model/annotation.ts";
import type { Reading } from "./reader.ts";

const LONGEST_RECALLED = 5;
const SHORTEST_RECALLED = 3;

/** How far a word's evidence is that of all its recurrences; chosen on the dev parts of the treebanks. */
const SHARED = 0.7;

/**
 * Draws the name scores of every capitalised word that recurs in another sentence towards their mean over the document's words of the
 * same letters, in place: what one sentence shows plainly helps where another says little. `scores` holds a row of `width` numbers per
 * word of each sentence.
 */
export function shareNameScores(sentences: readonly (readonly string[])[], scores: readonly Float32Array[], width: number): void {
  const found = new Map<string, number[]>();
  sentences.forEach((words, s) =>
    words.forEach((word, i) => {
      if (word.length < SHORTEST_RECALLED || !/^\p{Lu}/u.test(word)) return;
      const key = word.toLowerCase();
      const places = found.get(key);
      if (places) places.push(s, i);
      else found.set(key, [s, i]);
    }),
  );
  const mean = new Float64Array(width);
  for (const places of found.values()) {
    if (places[0] === places.at(-2)) continue;
    mean.fill(0);
    const each = (visit: (row: Float32Array, at: number) => void) => {
      for (let k = 0; k < places.length; k += 2) visit(scores[places[k] as number] as Float32Array, (places[k + 1] as number) * width);
    };
    each((row, at) => mean.forEach((sum, y) => (mean[y] = sum + (2 * (row[at + y] as number)) / places.length)));
    each((row, at) => mean.forEach((m, y) => (row[at + y] = (1 - SHARED) * (row[at + y] as number) + SHARED * m)));
  }
}

/**
 * The names of the sentences of one document, in order: a word alone that ends the name of a person elsewhere names that person, a name
 * that recurs has the label it has most often, and a recurrence that ends in a proper noun is a name even where the reader saw none.
 */
export function agreeOnNames(sentences: readonly (readonly string[])[], readings: readonly Reading[]): Name[][] {
  const textOf = (s: number, first: number, last: number) => (sentences[s] as readonly string[]).slice(first, last).join(" ");
  const surnames = new Set<string>();
  readings.forEach(({ names }, s) => {
    for (const { first, last, label } of names) if (label === "person" && last - first > 1) surnames.add(textOf(s, last - 1, last));
  });
  const votes = new Map<string, Map<NameLabel, number>>();
  const relabelled = readings.map(({ names }, s) =>
    names.map((name): Name => {
      const text = textOf(s, name.first, name.last);
      const label = surnames.has(text) ? "person" : name.label;
      const counts = votes.get(text) ?? new Map<NameLabel, number>();
      votes.set(text, counts.set(label, (counts.get(label) ?? 0) + 1));
      return { ...name, label };
    }),
  );
  const labels = new Map([...votes].map(([text, counts]) => [text, commonest(counts)]));
  for (const surname of surnames) if (!labels.has(surname)) labels.set(surname, "person");
  return readings.map(({ upos }, s) => {
    const names = (relabelled[s] as Name[]).map((name) => ({ ...name, label: labels.get(textOf(s, name.first, name.last)) ?? name.label }));
    const taken = new Uint8Array(upos.length);
    for (const { first, last } of names) taken.fill(1, first, last);
    for (let first = 0; first < upos.length; first++) {
      if (taken[first] || !/^\p{Lu}/u.test((sentences[s] as readonly string[])[first] as string)) continue;
      for (let last = Math.min(upos.length, first + LONGEST_RECALLED); last > first; last--) {
        const text = textOf(s, first, last);
        const label = labels.get(text);
        if (!label || text.length < SHORTEST_RECALLED || upos[last - 1] !== "PROPN" || taken.subarray(first, last).includes(1)) continue;
        names.push({ first, last, label });
        taken.fill(1, first, last);
        break;
      }
    }
    return names.sort((a, b) => a.first - b.first);
  });
}

/** The label with most votes; of equals "person", or the one that came first. */
function commonest(counts: ReadonlyMap<NameLabel, number>): NameLabel {
  const most = Math.max(...counts.values());
  const best = [...counts].filter(([, n]) => n === most).map(([label]) => label);
  return best.includes("person") ? "person" : (best[0] as NameLabel);
}
