/** Compiles the lemma exceptions: `tsx src/nlp/training/lemmas.ts --data DIR [--verbs FILE]` writes weights/lemmas.tsv and lexicon/verbs.txt. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exceptionKey, LEMMA_CLASSES, lemmaClass, plainSpelling, readVerbs, ruledLemma } from "../lemma.ts";
import { readConllu } from "./conllu.ts";

const KNOWLEDGE = new URL("../../../src/knowledge/", import.meta.url);
/** GUM's fiction and how-to guides are not free for commercial use: nothing is learnt from them. */
const CLOSED = /^GUM_(?:fiction|whow)_/;

const { values } = parseArgs({ options: { data: { type: "string", default: "../shared/treebanks" }, verbs: { type: "string" } } });

const words = ["ewt.train.conllu", "gum.train.conllu"]
  .flatMap((file) => readConllu(join(values.data, file)))
  .filter((document) => !CLOSED.test(document.id))
  .flatMap((document) => document.sentences.flatMap((sentence) => sentence.words))
  // Typing mistakes carry the lemma of what was meant.
  // "United" of "United Nations" is a verb of the lemma "Unite" there; here a name keeps its form.
  .filter((word) => !(word.xpos.startsWith("NNP") && word.upos === "VERB"))
  .filter((word) => !word.misc.includes("CorrectForm") && word.xpos !== "GW" && word.xpos !== "FW" && word.lemma !== "_");

const header = readFileSync(new URL("lexicon/verbs.txt", KNOWLEDGE), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("# "));
const base = (values.verbs ? readFileSync(values.verbs, "utf8") : readFileSync(new URL("lexicon/verbs.txt", KNOWLEDGE), "utf8"))
  .split("\n")
  .filter((line) => /^[a-z]+$/.test(line));
const count = new Map<string, number>();
for (const word of words)
  if (/^VBP?$/.test(word.xpos) && word.form === word.lemma && /^[a-z]+$/.test(word.lemma))
    count.set(word.lemma, (count.get(word.lemma) ?? 0) + 1);
const verbs = new Set([...base, ...[...count].filter(([, n]) => n > 1).map(([lemma]) => lemma)]);
writeFileSync(new URL("lexicon/verbs.txt", KNOWLEDGE), [...header, ...[...verbs].sort(), ""].join("\n"));
const known = readVerbs();

/** Class and key -> lemma -> how often. */
const seen = new Map<string, Map<string, number>>();
const ruled = new Map<string, string>();
for (const word of words) {
  const spelling = plainSpelling(word.form);
  const name = lemmaClass(word.upos, word.xpos);
  const key = `${name}\t${exceptionKey(spelling, name, word.xpos)}`;
  const lemmas = seen.get(key) ?? new Map<string, number>();
  seen.set(key, lemmas.set(word.lemma, (lemmas.get(word.lemma) ?? 0) + 1));
  ruled.set(key, ruledLemma(spelling, name, word.xpos, known));
}
const rows: string[] = [];
for (const [key, lemmas] of seen) {
  const [lemma, times] = [...lemmas].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] as [string, number];
  const total = [...lemmas.values()].reduce((sum, n) => sum + n, 0);
  // A single sighting counts for plurals and degrees only: elsewhere it is as often a slip as an exception.
  const inflected = /(?:NNS|JJ[RS]|RB[RS])$/.test(key);
  if (key.startsWith("verb\t") && !verbs.has(lemma)) continue;
  if (lemma !== ruled.get(key) && times * 2 > total && (times > 1 || inflected)) {
    rows.push(`${key}\t${lemma}`);
  }
}
const order = (row: string): number => LEMMA_CLASSES.indexOf(row.split("\t")[0] as (typeof LEMMA_CLASSES)[number]);
rows.sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
writeFileSync(
  new URL("weights/lemmas.tsv", KNOWLEDGE),
  [
    "# Lemmas that the spelling rules of nlp/lemma.ts get wrong: class, form and Penn tag, lemma.",
    "# From the training sections of UD English EWT and GUM (its fiction and how-to guides left out); CC BY-SA 4.0, see NOTICE.",
    ...rows,
    "",
  ].join("\n"),
);
process.stdout.write(`${verbs.size} verbs, ${rows.length} exceptions from ${words.length} words\n`);
