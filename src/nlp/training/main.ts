/**
 * `npm run train -- --data DIR`: trains the reader and writes its weights and their card. `--out DIR` writes them elsewhere, `--stop N`
 * stops after N trainings, `--from DIR` takes the weights after the first `--skip N` trainings (1) from a folder (after all of them, only the
 * second opinions are learnt), `--kernel` only compiles kernel.as.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { DEFAULT_CONVENTION } from "../conventions.ts";
import { NO_OPINION } from "../name-opinion.ts";
import { following, type TokenReader, WEIGHTS } from "../reader.ts";
import { readModel } from "../weights.ts";
import { modelCard, sha256 } from "./card.ts";
import { compileKernel } from "./compile.ts";
import { type GoldSentence, readConllu, readCrossNer, readUner, withNames } from "./corpus.ts";
import { trainNameOpinion } from "./name-opinion.ts";
import { formatScores, score } from "./score.ts";
import { MODEL_FILES, type ModelFiles, readerOf, TRAININGS, type TrainingOptions, train, withTagOpinion } from "./train.ts";
import { chooseVectors, loadPretrained } from "./vectors.ts";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/treebanks" },
    out: { type: "string" },
    from: { type: "string" },
    skip: { type: "string", default: "1" },
    stop: { type: "string" },
    kernel: { type: "boolean", default: false },
  },
});

/** What is learnt from; the dev files choose the epoch (EWT's in the trainings without it), the test files only measure. */
const TRAINING_FILES = [
  "ewt.train.conllu",
  "ewt.dev.conllu",
  "gum.train.conllu",
  "uner.train.iob2",
  "uner.dev.iob2",
  "crossner-politics/politics.train.txt",
  "crossner-politics/politics.dev.txt",
];

/** Sentences of diplomatic news written and annotated for this project; each is seen OWN_SHARE times an epoch, under changing names. */
const OWN_SENTENCES = new URL("../../../src/nlp/training/diplomacy.conllu", import.meta.url);
const OWN_SHARE = 4;

if (options.kernel) {
  writeFileSync(new URL("../kernel.wasm", import.meta.url), await compileKernel());
} else {
  const data = (name: string) => join(options.data, name);
  const clean = (sentences: GoldSentence[]) => sentences.filter((s) => !/^GUM_(?:fiction|whow)_/.test(s.document));
  const ewt = withNames(readConllu(data("ewt.train.conllu")), readUner(data("uner.train.iob2")));
  const gum = clean(readConllu(data("gum.train.conllu")));
  const politics = ["train", "dev"].flatMap((part) => readCrossNer(data(`crossner-politics/politics.${part}.txt`)));
  const own = readConllu(fileURLToPath(OWN_SENTENCES));
  const sentences = [...ewt, ...gum, ...politics, ...Array.from({ length: OWN_SHARE }, () => own).flat()];
  const print = (line: string) => console.log(`${(process.cpuUsage().user / 6e7).toFixed(1)} min  ${line}`);
  print(
    `${sentences.length} sentences, ${sentences.filter((s) => s.names).length} with names, ${ewt.filter((s) => s.names).length} of EWT`,
  );
  const vectors = chooseVectors(
    loadPretrained(),
    150_000,
    sentences.flatMap((s) => s.words),
  );
  print(`${vectors.words.length} word vectors`);
  const ewtDev = withNames(readConllu(data("ewt.dev.conllu")), readUner(data("uner.dev.iob2")));
  const gumDev = clean(readConllu(data("gum.dev.conllu")));
  const judge = (dev: Readonly<Record<string, readonly GoldSentence[]>>) => (reader: TokenReader) => {
    // the network alone
    const scores = Object.entries(dev).map(([name, part]) => ({ name, ...score(following(reader, "any"), part) }));
    const value = scores.reduce((sum, { las, upos, names }) => sum + las + upos + 0.5 * names, 0);
    return { value, text: scores.map(({ name, ...result }) => `${name} dev: ${formatScores(result)}`).join(" | ") };
  };
  const learnt = [...sentences, ...ewtDev];
  const run = (training: TrainingOptions, from?: ModelFiles) =>
    training.withDev
      ? train(learnt, vectors, training, judge({ GUM: gumDev }), print, from)
      : train(sentences, vectors, training, judge({ EWT: ewtDev, GUM: gumDev }), print, from);
  const settings = TRAININGS.slice(0, options.stop ? Number(options.stop) : TRAININGS.length);
  const { from } = options;
  const given =
    from === undefined
      ? from
      : new Map(MODEL_FILES.map((name) => [name, name === "names.bin" ? NO_OPINION : readFileSync(join(from, name))] as const));
  const trained = settings
    .slice(given ? Number(options.skip) : 0)
    .reduce<ModelFiles | undefined>((before, next) => run(next, before), given) as ModelFiles;
  const last = settings.at(-1) as TrainingOptions;
  const taught = last.withDev ? learnt : sentences;
  const tagged = withTagOpinion(trained, taught, last);
  print("second opinion on tags");
  const model = readModel((name) => tagged.get(name) as Uint8Array);
  const opinion = trainNameOpinion(taught, readerOf(tagged), model, last.copies, print);
  const files: ModelFiles = new Map(tagged).set("names.bin", opinion);
  const reader = readerOf(files);
  const gumTest = readConllu(data("gum.test.conllu"));
  const news = [...readConllu(data("gum.dev.conllu")), ...gumTest].filter((s) => s.document.startsWith("GUM_news_"));
  const tests: [string, GoldSentence[]][] = [
    ["EWT test, names UNER", withNames(readConllu(data("ewt.test.conllu")), readUner(data("uner.test.iob2")))],
    ["GUM test", gumTest],
    ["GUM news (dev and test)", news],
    ["CrossNER politics test", readCrossNer(data("crossner-politics/politics.test.txt"))],
  ];
  const scores = tests.flatMap(([name, gold]) => {
    const { convention } = gold[0] as GoldSentence;
    const followed = [...new Set([convention, DEFAULT_CONVENTION, "any" as const])];
    return followed.map((one) => ({ name: `${name}, by ${one}`, scores: score(following(reader, one), gold) }));
  });
  for (const { name, scores: result } of scores) print(`${name}: ${formatScores(result)}`);
  const all = tests.flatMap(([, gold]) => gold.map((s) => s.words));
  const words = all.reduce((n, s) => n + s.length, 0);
  const start = performance.now();
  reader.readAll(all);
  print(`${Math.round((1000 * words) / (performance.now() - start))} words/s`);
  const folder = options.out ? pathToFileURL(`${resolve(options.out)}/`) : WEIGHTS;
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(new URL(name, folder), bytes);
  const inputs = TRAINING_FILES.map((name) => ({ name, sha256: sha256(readFileSync(data(name))) }));
  writeFileSync(
    new URL("MODEL.md", folder),
    modelCard({ files, inputs, settings, scores, sentences: settings.some((training) => training.withDev) ? learnt : sentences }),
  );
}
