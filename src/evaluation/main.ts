/** `npm run eval -- [--data DIR] [--gold DIR] [--write]`: scores reading against treebanks and graphs against hand-marked documents. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { process as readDocument } from "../ingest/process.ts";
import { documentRecord } from "../ingest/record.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Claim } from "../model/graph.ts";
import { loadReader, type TokenReader } from "../nlp/reader.ts";
import { corpusErrors, readCorpus, scoreCorpus } from "./corpus.ts";
import { asFile, type DocumentAnswer, readAnswers, readGold, scoreGraphs } from "./gold.ts";
import { corpusTable, graphTables, treebankTables } from "./report.ts";
import { scoreTreebanks } from "./treebank.ts";

const HELP = `npm run eval -- [--data DIR] [--gold DIR] [--errors] [--write]

  --data DIR   treebanks and name corpora: ewt.test.conllu, gum.{dev,test}.conllu, uner.test.iob2,
               crossner-politics/politics.test.txt (default ../shared/treebanks; without them only graphs are scored)
  --gold DIR   hand-marked documents, one JSON file each (default tests/gold)
  --errors     list what is wrong, document by document (not in the held-out part)
  --write      write the tables to src/evaluation/SCORES.md
`;

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/treebanks" },
    gold: { type: "string", default: fileURLToPath(new URL("../../tests/gold", import.meta.url)) },
    errors: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** The parts of the gold, as tests/gold/README.md has them. Errors of the held-out one are never shown. */
const PARTS = [
  { name: "development", folder: ".", heldOut: false },
  { name: "second development", folder: "second", heldOut: false },
  { name: "held out", folder: "held-out", heldOut: true },
] as const;

function answer(file: Uint8Array, name: string, knowledge: Knowledge, reader: TokenReader): DocumentAnswer {
  const { source, graph } = readDocument(file, name, knowledge, reader);
  const record = documentRecord(source, graph);
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  return {
    ...record,
    relations: record.relations.map((relation, i) => {
      const claim = graph.claims[i] as Claim;
      return { ...relation, confidence: claim.confidence, source: claim.source ? (names.get(claim.source) ?? null) : null };
    }),
  };
}

/** The sample documents and their right answers, which lie beside the gold in `seeds`. */
function sampleAnswers(folder: string): readonly DocumentAnswer[] {
  return existsSync(folder) ? readAnswers(folder) : [];
}

if (options.help) process.stdout.write(HELP);
else {
  const knowledge = loadKnowledge();
  const reader = loadReader();
  const sections: string[] = [];
  const treebanks = existsSync(options.data) ? scoreTreebanks(options.data, reader) : undefined;
  if (treebanks) sections.push(treebankTables(treebanks.trees, treebanks.names));
  else process.stdout.write(`No treebanks in ${options.data}: only graphs are scored (--data DIR says where they are).\n\n`);
  const parts = PARTS.filter(({ folder }) => existsSync(join(options.gold, folder))).map(({ name, folder, heldOut }) => {
    const gold = readGold(join(options.gold, folder));
    const answers = gold.map((document) => answer(asFile(document), `${document.id}.md`, knowledge, reader));
    return { name, heldOut, scores: scoreGraphs(gold, answers, knowledge.relations) };
  });
  const samples = sampleAnswers(join(options.gold, "seeds"));
  const sampleScores = scoreGraphs(
    samples,
    samples.map(({ id }) => answer(readFileSync(new URL(`../../seeds/${id}.txt`, import.meta.url)), `${id}.txt`, knowledge, reader)),
    knowledge.relations,
  );
  sections.push(graphTables(parts, sampleScores));
  const corpusFile = join(options.gold, "corpus", "corpus.json");
  const corpus = existsSync(corpusFile) ? scoreCorpus(readCorpus(corpusFile), knowledge, reader) : undefined;
  if (corpus) sections.push(corpusTable(corpus));
  const report = `${sections.join("\n\n")}\n`;
  process.stdout.write(report);
  if (options.errors) {
    const shown = parts.filter(({ heldOut }) => !heldOut).map(({ scores }) => scores);
    for (const { id, lines } of [...shown, sampleScores].flatMap(({ errors }) => errors))
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
  }
}
