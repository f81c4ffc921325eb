/** `entente explain`: how a document was understood, sentence by sentence: tree, mentions, dates, rules tried, claims kept. */
import type { Attempt, Draft } from "../extract/claims.ts";
import { explain, type SentenceTrace } from "../extract/extract.ts";
import { loadFile } from "../ingest/files.ts";
import { process as readAndExtract } from "../ingest/process.ts";
import { shortDate } from "../ingest/record.ts";
import { loadKnowledge } from "../knowledge/knowledge.ts";
import type { Annotated, Sentence } from "../model/annotation.ts";
import { KnownError } from "../model/errors.ts";
import { loadReader } from "../nlp/reader.ts";
import { EXIT, type ExitCode, print } from "./terminal.ts";

export interface ExplainCommand {
  readonly knowledge: readonly string[];
  /** Counted from 1. */
  readonly sentence?: number;
}

/** @throws {KnownError} when the file cannot be read, or has no such sentence (bad-parameter) */
export async function explainFile(file: string, command: ExplainCommand): Promise<ExitCode> {
  const knowledge = loadKnowledge(command.knowledge);
  const { source, annotated } = readAndExtract(loadFile(file), file, knowledge, loadReader());
  const { sentences } = annotated;
  if (command.sentence !== undefined && !sentences[command.sentence - 1]) {
    throw new KnownError("bad-parameter", `--sentence ${command.sentence}: ${file} has the sentences 1 to ${sentences.length}.`);
  }
  const traces = explain(annotated, knowledge);
  if (command.sentence === undefined) {
    const facts = [source.date ?? "no date", source.source, source.url].filter((fact) => fact !== undefined);
    await print(`${source.title}\n${facts.join(" | ")}\n\n${entities(annotated)}`);
  }
  for (const [index, sentence] of sentences.entries()) {
    const trace = traces[index];
    if (trace && (command.sentence ?? index + 1) === index + 1) await print(`\n${explained(annotated, sentence, index, trace)}`);
  }
  return EXIT.ok;
}

function entities({ chains, mentions }: Annotated): string {
  const lines = chains.map((chain) => {
    const known = chain.known === undefined ? "" : ` = ${chain.known}`;
    const aliases = chain.aliases.length > 0 ? ` (${chain.aliases.join(", ")})` : "";
    const forms = chain.mentions.map((index) => mentions[index]?.form).filter((form) => form !== undefined);
    return `  ${chain.kind} ${chain.name}${aliases}${known}: ${forms.length} ${forms.length === 1 ? "mention" : "mentions"}\n`;
  });
  return `Entities\n${lines.join("")}`;
}

function explained(annotated: Annotated, sentence: Sentence, index: number, trace: SentenceTrace): string {
  const { text } = annotated.document;
  const sections: (readonly [title: string, lines: readonly string[]])[] = [
    ["Tree", tree(text, sentence)],
    ["Mentions", mentionLines(annotated, index)],
    ["Dates", annotated.times.filter((time) => time.sentence === index).map((time) => dateLine(text, time))],
    ["Rules", trace.attempts.map((attempt) => ruleLine(text, sentence, attempt))],
    ["Claims", claimLines(annotated, trace)],
  ];
  const body = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `  ${title}\n${lines.map((line) => `    ${line}\n`).join("")}`);
  return `${index + 1}. ${flat(text.slice(sentence.start, sentence.end))}  [${sentence.start}-${sentence.end}]\n${body.join("")}`;
}

/** The dependency tree, heads above what depends on them. */
function tree(text: string, { tokens }: Sentence): string[] {
  const lines: string[] = [];
  const children = tokens.map((): number[] => []);
  tokens.forEach((token, at) => children[token.head]?.push(at));
  const draw = (at: number, lead: string, branch: string, indent: string) => {
    const token = tokens[at];
    if (!token) return;
    lines.push(`${lead}${branch}${text.slice(token.start, token.end)}  ${token.relation} ${token.upos} ${token.xpos}`);
    const below = children[at] ?? [];
    below.forEach((child, order) => {
      const isLast = order === below.length - 1;
      draw(child, lead + indent, isLast ? "└ " : "├ ", isLast ? "  " : "│ ");
    });
  };
  tokens.forEach((token, at) => {
    if (token.head < 0) draw(at, "", "", "");
  });
  return lines;
}

function mentionLines({ document, mentions, chains }: Annotated, index: number): string[] {
  return mentions
    .filter((mention) => mention.sentence === index)
    .map((mention) => {
      const names = mention.chains.map((chain) => chains[chain]?.name ?? "?");
      const target = names.length > 0 ? names.join(" + ") : "left open";
      return `${flat(document.text.slice(mention.start, mention.end))} -> ${target}  (${mention.kind}, ${mention.form}: ${mention.reason})`;
    });
}

function dateLine(text: string, time: Annotated["times"][number]): string {
  if (!time.date) return `${flat(text.slice(time.start, time.end))} -> no date`;
  return `${flat(text.slice(time.start, time.end))} -> ${shortDate(time.date)}  (${time.date.precision}, ${time.date.basis})`;
}

function ruleLine(text: string, { tokens }: Sentence, { rule, anchor, outcome }: Attempt): string {
  const token = tokens[anchor];
  return `${rule} at "${token ? text.slice(token.start, token.end) : "?"}": ${outcome}`;
}

/** All claims that rules and titles gave here; those that others outdid are marked. */
function claimLines({ chains }: Annotated, { attempts, offices, kept }: SentenceTrace): string[] {
  const drafts = [...attempts.flatMap((attempt) => attempt.drafts), ...offices];
  const name = (chain: number) => chains[chain]?.name ?? "?";
  return drafts.map((draft: Draft) => {
    const facts = [
      draft.date && shortDate(draft.date),
      draft.polarity === "negated" ? "negated" : undefined,
      draft.modality === "happened" ? undefined : draft.modality,
      draft.place === undefined ? undefined : `in ${name(draft.place)}`,
      draft.medium,
      draft.source === undefined ? undefined : `says ${name(draft.source)}`,
      `confidence ${draft.confidence.toFixed(2)}`,
      draft.rule,
    ].filter((fact) => fact !== undefined);
    const dropped = kept.includes(draft) ? "" : "  [not kept: another claim of the document says it better]";
    return `${name(draft.subject.chain)} ${draft.relation} ${name(draft.object.chain)}  (${facts.join(", ")})${dropped}`;
  });
}

function flat(text: string): string {
  return text.replace(/\s+/gu, " ");
}
