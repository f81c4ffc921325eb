#!/usr/bin/env node
/** The command line: commands, options, help and exit codes. */
import { Command, CommanderError, Option } from "commander";
import { EXIT, type ExitCode, endWithReader, report } from "./terminal.ts";

const program = new Command("entente")
  .description("From a folder of news about diplomacy to a knowledge graph with the sentence behind every edge.")
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

endWithReader();
try {
  await program.parseAsync();
} catch (error) {
  // Commander has told the user already; help and version end well.
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else exitCode = report(error);
}
process.exitCode = exitCode;
