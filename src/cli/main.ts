#!/usr/bin/env node
/** The command line: commands, options, help and exit codes. */
import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { ExportCommand } from "./export.ts";
import type { IngestCommand } from "./ingest.ts";
import type { QueryCommand } from "./query.ts";
import type { ServeCommand } from "./serve.ts";
import { EXIT, type ExitCode, endWithReader, report } from "./terminal.ts";

const program = new Command("entente")
  .description("From a folder of news about diplomacy to a knowledge graph with the sentence behind every edge.")
  .version(version())
  .exitOverride()
  .showHelpAfterError("(--help lists commands and options)")
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    "after",
    `
Exit codes:
  0  done
  1  some documents could not be read; the rest were
  2  the command line is wrong
  3  the database, the port or a knowledge file cannot be used
  4  internal error

Examples:
  entente serve --ingest news/            read a folder, then serve viewer and API on http://localhost:4680
  entente extract story.txt | jq .        what one document says, as JSON
  entente export --format gexf -o g.gexf  the graph for Gephi`,
  );

let exitCode: ExitCode = EXIT.ok;
/** Runs a command's work and keeps its exit code. */
const ending =
  <Arguments extends unknown[]>(work: (...given: Arguments) => Promise<ExitCode>) =>
  async (...given: Arguments): Promise<void> => {
    exitCode = await work(...given);
  };

const knowledgeOption = new Option("--knowledge <dir>", "folder with relations, rules and lexicon entries of your own; may be repeated")
  .default([], "none")
  .argParser((folder: string, before: string[]) => [...before, folder]);

const databaseOption = new Option("--db <file>", "the graph's database").env("ENTENTE_DB").default(".entente/graph.db");
const workersOption = new Option("--workers <number>", "threads that read; 0 uses none").argParser(wholeNumber(0, 64));

program
  .command("ingest")
  .summary("read documents into the database")
  .description("Reads documents and folders into the database. Documents that it holds already and that did not change are passed by.")
  .argument("<path...>", "documents (.txt, .md) or folders of them")
  .addOption(databaseOption)
  .addOption(workersOption)
  .addOption(knowledgeOption)
  .option("--json", "print the summary as JSON")
  .addHelpText("after", "\nExamples:\n  entente ingest news/ --db news.db\n  entente ingest a.txt b.md --json")
  .action(
    ending(async (paths: string[], options: IngestCommand) => {
      const { ingestPaths } = await import("./ingest.ts");
      return ingestPaths(paths, options);
    }),
  );

program
  .command("serve")
  .summary("serve the viewer and the API")
  .description("Serves the viewer and the API over the database; with --ingest reads documents into it first.")
  .addOption(databaseOption)
  .addOption(
    new Option("--port <number>", "port to listen on; 0 takes a free one")
      .env("ENTENTE_PORT")
      .default(4680)
      .argParser(wholeNumber(0, 65_535)),
  )
  .addOption(
    new Option("--host <address>", "address to listen on; by default this machine alone can reach it")
      .env("ENTENTE_HOST")
      .default("127.0.0.1"),
  )
  .option("--ingest <path...>", "documents or folders to read before serving")
  .addOption(
    new Option("--query-ms <number>", "milliseconds an openCypher query may take").default(5000).argParser(wholeNumber(1, 600_000)),
  )
  .addOption(new Option("--query-rows <number>", "rows it may hold or answer").default(100_000).argParser(wholeNumber(1, 10_000_000)))
  .addOption(
    new Option("--query-steps <number>", "steps it may take: nodes looked at, relationships followed, values made")
      .default(50_000_000)
      .argParser(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  )
  .addOption(
    new Option("--query-mb <number>", "megabytes of the heap that queries and names in the copy of the graph share")
      .default(2048)
      .argParser(wholeNumber(64, 65_536)),
  )
  .addOption(
    new Option("--request-ms <number>", "milliseconds any other request may take").default(10_000).argParser(wholeNumber(1, 600_000)),
  )
  .addOption(new Option("--request-mb <number>", "megabytes it may take").default(1024).argParser(wholeNumber(64, 65_536)))
  .addOption(
    new Option("--readers <number>", "processes that find answers; 0 finds them between requests").default(2).argParser(wholeNumber(0, 64)),
  )
  .addOption(
    new Option(
      "--rate <number>",
      "requests a minute that one client may make; 0 for any number (default: 1200, with loopback any)",
    ).argParser(wholeNumber(0, 1_000_000)),
  )
  .addOption(
    new Option("--token <token>", "what clients must send to write (Authorization: Bearer TOKEN); better given as ENTENTE_TOKEN")
      .env("ENTENTE_TOKEN")
      .argParser(token),
  )
  .addOption(new Option("--token-for <what>", "what the token is needed for").choices(["writes", "all"]).default("writes"))
  .addOption(
    new Option("--cors <origin>", "origin whose pages may use the API (https://example.org); may be repeated")
      .default([], "none")
      .argParser(origin),
  )
  .addOption(workersOption)
  .addOption(knowledgeOption)
  .addHelpText("after", "\nExamples:\n  entente serve --ingest news/\n  entente serve --db news.db --port 8080 --host 0.0.0.0")
  .action(
    ending(async (options: ServeCommand) => {
      const { serve } = await import("./serve.ts");
      return serve(options, version());
    }),
  );

program
  .command("extract")
  .summary("print what documents say, as JSON")
  .description("Reads documents and prints their entities and relations, without a database.")
  .argument("<file...>", 'documents (.txt, .md) or folders of them; "-" is standard input')
  .addOption(new Option("--format <format>", "output format").choices(["json"]).default("json"))
  .addOption(knowledgeOption)
  .addHelpText("after", "\nExample:\n  entente extract seeds/*.txt --format json > seeds.json")
  .action(
    ending(async (files: string[], options: { knowledge: string[] }) => {
      const { extractFiles } = await import("./extract.ts");
      return extractFiles(files, options.knowledge);
    }),
  );

program
  .command("explain")
  .summary("show how a document was understood")
  .description("Shows a document's sentences with their trees, mentions, dates, the rules tried in them and the claims kept.")
  .argument("<file>", 'a document; "-" is standard input')
  .addOption(new Option("--sentence <number>", "only this sentence, counted from 1").argParser(wholeNumber(1, 1_000_000)))
  .addOption(knowledgeOption)
  .addHelpText("after", "\nExample:\n  entente explain story.txt --sentence 3")
  .action(
    ending(async (file: string, options: { knowledge: string[]; sentence?: number }) => {
      const { explainFile } = await import("./explain.ts");
      return explainFile(file, options);
    }),
  );

program
  .command("export")
  .summary("write the graph as a file")
  .description("Writes the graph, or what the filters leave of it, as a file for other programs.")
  .addOption(databaseOption)
  .option("--format <format>", "see --formats", "gexf")
  .option("--formats", "list the formats")
  .option("-o, --output <file>", "file to write; without it standard output")
  .option("--kind <kinds>", "only entities of these kinds (person,state,organization,agreement,place)")
  .option("--relation <relations>", "only these relations (signed,brokered)")
  .option("--from <day>", "only what happened on this day (YYYY-MM-DD) or later")
  .option("--to <day>", "only what happened on this day or earlier")
  .option("--polarity <polarity>", "affirmed or negated")
  .option("--modality <modalities>", "happened, planned, called-for, hypothetical, alleged")
  .option("--confidence <number>", "only claims at least so sure, 0 to 1")
  .option("--ego <id>", "only this entity, its neighbours and what is between them (state:AZE)")
  .option("--document <ids>", "only claims of these documents")
  .addOption(knowledgeOption)
  .addHelpText(
    "after",
    "\nExamples:\n  entente export --format gexf -o graph.gexf\n  entente export --format graphml --from 2020-11-01 --relation signed,brokered -o signed.graphml",
  )
  .action(
    ending(async (options: ExportCommand) => {
      const { exportGraph } = await import("./export.ts");
      return exportGraph(options);
    }),
  );

program
  .command("query")
  .summary("ask the graph in openCypher")
  .description(
    "Answers a reading openCypher statement over the graph. Labels: Person, State, Organization, Agreement, Place, Document, Sentence; " +
      "relationships as the relations are called, in capitals (SPOKE_WITH), MENTIONED_IN and HAS_SENTENCE.",
  )
  .argument("<statement>", "the query")
  .addOption(databaseOption)
  .option(
    "--param <name=json>",
    "a parameter: name=Putin is text, count=5 a number",
    (given: string, before: string[]) => [...before, given],
    [],
  )
  .addOption(new Option("--format <format>", "output format").choices(["table", "json", "csv"]).default("table"))
  .addOption(new Option("--query-ms <number>", "milliseconds it may take").default(60_000).argParser(wholeNumber(1, 3_600_000)))
  .addHelpText(
    "after",
    "\nExample:\n  entente query 'MATCH (a:Person)-[r:SPOKE_WITH]->(b) WHERE r.date >= date(\"2021-01-01\") RETURN a.name, b.name, r.evidence'",
  )
  .action(
    ending(async (statement: string, options: QueryCommand) => {
      const { query } = await import("./query.ts");
      return query(statement, options);
    }),
  );

program
  .command("stats")
  .summary("say what the database holds")
  .addOption(databaseOption)
  .option("--json", "print as JSON")
  .addHelpText("after", "\nExample:\n  entente stats --json | jq .claimsByRelation")
  .action(
    ending(async (options: { db: string; json?: boolean }) => {
      const { printStats } = await import("./stats.ts");
      return printStats(options);
    }),
  );

program
  .command("eval")
  .summary("score reading and extraction against hand-marked texts")
  .description(
    "Scores entities and relations against hand-marked documents, and tags, trees and names against treebanks where they are at hand.",
  )
  .option("--gold <dir>", "hand-marked documents, one JSON file each")
  .option("--data <dir>", "treebanks and name corpora")
  .option("--errors", "list what is wrong, cause by cause and document by document")
  .option("--compare <state>", "print what has changed since a commit, or since a file of figures")
  .option("--write", "write the tables to src/evaluation/SCORES.md and the figures to src/evaluation/scores.json")
  .action(
    ending(async () => {
      // The evaluation is a program of its own (npm run eval) and reads these options itself.
      process.argv.splice(2, 1);
      await import("../evaluation/main.ts");
      return EXIT.ok;
    }),
  );

endWithReader();
try {
  await program.parseAsync();
} catch (error) {
  // Commander has told the user already; help and version end well.
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else exitCode = report(error);
}
process.exitCode = exitCode;

/** Reads an option's value as a whole number within bounds. */
function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return number;
  };
}

/** Short tokens are guessed; others than these characters do not fit a header. */
function token(text: string): string {
  if (!/^[\w.~+/=-]{16,200}$/u.test(text)) {
    throw new InvalidArgumentError("It must be 16 to 200 letters, digits or -._~+/= (openssl rand -hex 24 makes one).");
  }
  return text;
}

function origin(text: string, before: readonly string[]): string[] {
  if (text !== "*" && !(URL.canParse(text) && new URL(text).origin === text)) {
    throw new InvalidArgumentError("It must be an origin such as https://example.org, without a path, or *.");
  }
  return [...before, text];
}

function version(): string {
  const { version: number } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  return number;
}
