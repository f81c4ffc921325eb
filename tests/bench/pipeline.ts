/** Speed and memory from files to graph: words a second by stage, documents a second into a database, peak memory, start-up time. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Annotated } from "../../src/model/annotation.ts";
import type { SourceDocument } from "../../src/model/text.ts";
import { type Article, countWords, makeArticles } from "./articles.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const SEED = fileURLToPath(new URL("../../seeds/000_69dfcfd1fc353171.txt", import.meta.url));

export async function benchPipeline(documents: number): Promise<void> {
  console.log(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}\n`);
  await stages([...makeArticles(Math.min(documents, 300))]);
  const folder = mkdtempSync(join(tmpdir(), "entente-bench-"));
  try {
    ingestion(folder, Math.ceil(documents / 10));
    ingestion(folder, documents);
    startUp();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function built(module: string): string {
  return new URL(`../../dist/${module}.js`, import.meta.url).href;
}

/** One core, each stage over all articles, after one round to warm up; in processor time, which other programs do not disturb. */
async function stages(articles: readonly Article[]): Promise<void> {
  // What users run, not the sources as the bench's own loader makes them.
  const { extract } = (await import(built("extract/extract"))) as typeof import("../../src/extract/extract.ts");
  const { loadKnowledge } = (await import(built("knowledge/knowledge"))) as typeof import("../../src/knowledge/knowledge.ts");
  const { annotate } = (await import(built("nlp/annotate"))) as typeof import("../../src/nlp/annotate.ts");
  const { loadReader } = (await import(built("nlp/reader"))) as typeof import("../../src/nlp/reader.ts");
  const { tokenizeDocument } = (await import(built("nlp/tokens"))) as typeof import("../../src/nlp/tokens.ts");
  const { read } = (await import(built("read/read"))) as typeof import("../../src/read/read.ts");
  const [knowledgeTime, knowledge] = spent(() => loadKnowledge());
  const [readerTime, reader] = spent(() => loadReader());
  console.log(`load knowledge            ${(knowledgeTime * 1000).toFixed(0)} ms`);
  console.log(`load reader               ${(readerTime * 1000).toFixed(0)} ms`);
  const words = articles.reduce((sum, article) => sum + countWords(article.text), 0);
  const bytes = articles.map((article) => Buffer.from(article.text));
  let sources: SourceDocument[] = [];
  let texts: string[][][] = [];
  let annotated: Annotated[] = [];
  const rounds: (readonly [string, () => void])[] = [
    ["read", () => (sources = bytes.map((file, index) => read(file, `${articles[index]?.name}.txt`)))],
    [
      "sentences and tokens",
      () =>
        (texts = sources.map((source) =>
          tokenizeDocument(source).map((sentence) => sentence.tokens.map((token) => source.text.slice(token.start, token.end))),
        )),
    ],
    ["tags, trees, names", () => texts.forEach((sentences) => reader.readAll(sentences))],
    ["whole annotation", () => (annotated = sources.map((source) => annotate(source, knowledge, reader)))],
    ["extraction", () => annotated.forEach((document) => extract(document, knowledge))],
    [
      "text to claims",
      () => bytes.forEach((file, index) => extract(annotate(read(file, `${articles[index]?.name}.txt`), knowledge, reader), knowledge)),
    ],
  ];
  for (const [, round] of rounds) round();
  for (const [stage, round] of rounds) {
    const [seconds] = spent(round);
    console.log(
      `${stage.padEnd(24)}  ${Math.round(words / seconds)
        .toLocaleString("en")
        .padStart(11)} words/s`,
    );
  }
}

/** A process of its own: all threads, the database written. */
function ingestion(folder: string, documents: number): void {
  const files = join(folder, `articles-${documents}`);
  mkdirSync(files);
  let words = 0;
  for (const article of makeArticles(documents)) {
    words += countWords(article.text);
    writeFileSync(join(files, `${article.name}.txt`), article.text);
  }
  const peak = join(folder, "peak");
  const preload = `process.on("exit", () => process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`;
  const output = execFileSync(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(preload)}`,
      MAIN,
      "ingest",
      files,
      "--db",
      join(folder, `${documents}.db`),
      "--json",
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const { committed, seconds } = JSON.parse(output) as { committed: number; seconds: number };
  const memory = Number(readFileSync(peak, "utf8")) / 1024;
  console.log(
    `\ningest ${committed} documents  ${seconds.toFixed(1)} s, ${(committed / seconds).toFixed(0)} documents/s, ${Math.round(words / seconds).toLocaleString("en")} words/s, peak memory ${memory.toFixed(0)} MB`,
  );
}

function startUp(): void {
  const run = (...given: string[]) => {
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      execFileSync(process.execPath, [MAIN, ...given], { stdio: "ignore" });
      return (performance.now() - started) / 1000;
    });
    return `${median(times).toFixed(2)} s`;
  };
  console.log(`\nentente --version         ${run("--version")}`);
  console.log(`entente extract SEED      ${run("extract", SEED)}`);
}

/** Seconds of processor time (all threads of this process) that some work takes. */
function spent<T>(work: () => T): [seconds: number, result: T] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, result];
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
