/** `npm run eval -- [--data DIR] [--gold DIR] [--errors] [--compare STATE] [--write]`: scores reading against treebanks and graphs against hand-marked documents. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { process as readDocument } from "../ingest/process.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import type { Knowledge } from "../knowledge/types.ts";
import { loadReader, type TokenReader } from "../nlp/reader.ts";
import { type Answer, answerOf } from "./answer.ts";
import { faultsOf } from "./causes.ts";
import { comparison, readSheet, scoreSheet, sheetText } from "./comparison.ts";
import { corpusErrors, readCorpus, scoreCorpus } from "./corpus.ts";
import { asFile, readAnswers, readGold, scoreGraphs } from "./gold.ts";
import type { DocumentAnswer } from "./matching.ts";
import { causeLines, corpusTable, graphTables, treebankTables } from "./report.ts";
import { scoreTreebanks } from "./treebank.ts";

const HELP = `npm run eval -- [--data DIR] [--gold DIR] [--errors] [--compare STATE] [--write]

  --data DIR   treebanks and name corpora: ewt.test.conllu, gum.{dev,test}.conllu, uner.test.iob2,
               crossner-politics/politics.test.txt (default ../shared/treebanks; without them only graphs are scored)
  --gold DIR   hand-marked documents, one JSON file each (default tests/gold)
  --errors     list what is wrong, cause by cause and document by document (not of the unseen part)
  --compare STATE
               print what has changed since an earlier state, family of rules by family: a commit (its src/evaluation/scores.json is
               read) or a file like that one
  --write      write the tables to src/evaluation/SCORES.md and the figures to src/evaluation/scores.json
`;

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/treebanks" },
    gold: { type: "string", default: fileURLToPath(new URL("../../tests/gold", import.meta.url)) },
    errors: { type: "boolean", default: false },
    compare: { type: "string" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** The parts of the gold, as tests/gold/README.md has them. Errors of the unseen one are never shown. */
const PARTS = [
  { name: "development", folder: ".", heldOut: false },
  { name: "second development", folder: "second", heldOut: false },
  { name: "third development", folder: "third", heldOut: false },
  { name: "fourth development", folder: "fourth", heldOut: false },
  { name: "unseen", folder: "held-out", heldOut: true },
] as const;

function answer(file: Uint8Array, name: string, knowledge: Knowledge, reader: TokenReader): Answer {
  return answerOf(readDocument(file, name, knowledge, reader));
}

/** The sample documents and their right answers, which lie beside the gold in `seeds`. */
function sampleAnswers(folder: string): readonly DocumentAnswer[] {
  return existsSync(folder) ? readAnswers(folder) : [];
}

if (options.help) process.stdout.write(HELP);
else {
  const earlier = options.compare === undefined ? undefined : readSheet(options.compare);
  const knowledge = loadKnowledge();
  const reader = loadReader();
  const sections: string[] = [];
  const treebanks = existsSync(options.data) ? scoreTreebanks(options.data, reader) : undefined;
  if (treebanks) sections.push(treebankTables(treebanks));
  else process.stdout.write(`No treebanks in ${options.data}: only graphs are scored (--data DIR says where they are).\n\n`);
  const parts = PARTS.filter(({ folder }) => existsSync(join(options.gold, folder))).map(({ name, folder, heldOut }) => {
    const gold = readGold(join(options.gold, folder));
    const answers = gold.map((document) => answer(asFile(document), `${document.id}.md`, knowledge, reader));
    const scores = scoreGraphs(gold, answers, knowledge.relations);
    if (heldOut) return { name, scores };
    const documents = gold.map((document, i) => ({ gold: document, answer: answers[i] as Answer }));
    return { name, scores, faults: faultsOf(documents, scores, knowledge) };
  });
  const samples = sampleAnswers(join(options.gold, "seeds"));
  const sampleScores = scoreGraphs(
    samples,
    samples.map(({ id }) => answer(readFileSync(new URL(`../../seeds/${id}.txt`, import.meta.url)), `${id}.txt`, knowledge, reader)),
    knowledge.relations,
  );
  sections.push(graphTables(parts, sampleScores, knowledge));
  const corpusFile = join(options.gold, "corpus", "corpus.json");
  const corpus = existsSync(corpusFile) ? scoreCorpus(readCorpus(corpusFile), knowledge, reader) : undefined;
  if (corpus) sections.push(corpusTable(corpus));
  const report = `${sections.join("\n\n")}\n`;
  process.stdout.write(report);
  const sheet = scoreSheet(parts, knowledge);
  if (earlier) process.stdout.write(`\n${comparison(earlier, sheet, options.compare ?? "")}\n`);
  if (options.errors) {
    const shown = parts.filter(({ faults }) => faults);
    for (const { name, faults } of shown) if (faults) process.stdout.write(`\n${causeLines(name, faults)}\n`);
    for (const { id, lines } of [...shown.map(({ scores }) => scores), sampleScores].flatMap(({ errors }) => errors))
      if (lines.length > 0) process.stdout.write(`\n${id}\n${lines.map((line) => `  ${line}\n`).join("")}`);
    if (corpus)
      process.stdout.write(
        `\nover documents\n${corpusErrors(corpus)
          .map((line) => `  ${line}\n`)
          .join("")}`,
      );
  }
  if (options.write) {
    const head = "# Scores\n\nWritten by `npm run eval -- --write`. Figures are per cent, but for counts.\n\n";
    writeFileSync(new URL("../../src/evaluation/SCORES.md", import.meta.url), head + report);
    writeFileSync(new URL("../../src/evaluation/scores.json", import.meta.url), sheetText(sheet));
  }
}
