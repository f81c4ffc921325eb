/** The figures of one state of the program as data, and what has changed between two states: `npm run eval -- --compare STATE`. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Knowledge } from "../knowledge/types.ts";
import { countCauses } from "./causes.ts";
import { type Figures, figures, percent, table } from "./figures.ts";
import { byFamily, type ScoredPart } from "./report.ts";

const counts = z.tuple([z.number(), z.number(), z.number()]);
const tallies = z.record(z.string(), z.number());
const schema = z.record(
  z.string(),
  z.strictObject({
    /** Right, given, wanted. */
    figures: z.record(z.string(), counts),
    attributes: tallies,
    families: z.record(z.string(), counts).optional(),
    relations: z.record(z.string(), counts).optional(),
    causes: z.record(z.string(), tallies).optional(),
  }),
);

/** By part of the gold: figures of everything and, of the parts whose errors may be seen, of families, relations and causes. */
export type ScoreSheet = z.output<typeof schema>;
type Counts = z.output<typeof counts>;

export function scoreSheet(parts: readonly ScoredPart[], knowledge: Pick<Knowledge, "relations">): ScoreSheet {
  const three = ({ right, given, wanted }: Figures): Counts => [right, given, wanted];
  const all = (entries: Iterable<readonly [string, Figures]>): Record<string, Counts> =>
    Object.fromEntries([...entries].map(([key, value]) => [key, three(value)]));
  return Object.fromEntries(
    parts.map(({ name, scores, faults }) => [
      name,
      {
        figures: all(
          Object.entries({
            entities: scores.entities,
            "relations, strict": scores.strict,
            "relations, same event class": scores.lenient,
            "pairs of ends": scores.pairs,
          }),
        ),
        attributes: { ...scores.attributes },
        ...(faults && {
          families: all(byFamily(scores, knowledge)),
          relations: all(Object.entries(scores.byRelation)),
          causes: Object.fromEntries(Object.entries(faults).map(([key, list]) => [key, Object.fromEntries(countCauses(list))])),
        }),
      },
    ]),
  );
}

/** A sheet as it is kept: a line for every figure, so that a change of it shows which. */
export function sheetText(sheet: ScoreSheet): string {
  return `${JSON.stringify(sheet, null, 1).replaceAll(/\[\s+(\d+),\s+(\d+),\s+(\d+)\s+\]/g, "[$1, $2, $3]")}\n`;
}

/**
 * An earlier state's figures.
 * @param state a file, or what git knows as a commit.
 * @throws Error naming the state, when it has no figures
 */
export function readSheet(state: string): ScoreSheet {
  return schema.parse(JSON.parse(existsSync(state) ? readFileSync(state, "utf8") : committed(state)));
}

function committed(commit: string): string {
  try {
    // "--end-of-options": a name that begins with a dash is no option.
    return execFileSync("git", ["show", "--end-of-options", `${commit}:src/evaluation/scores.json`], { encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    throw new Error(`--compare ${commit}: neither a file nor a commit with src/evaluation/scores.json in it.`, { cause: error });
  }
}

/** Tables of what is now and was before; families are all listed, relations and causes where something has changed. */
export function comparison(before: ScoreSheet, now: ScoreSheet, state: string): string {
  const sections = [`## Changes since ${state}`];
  for (const [name, part] of Object.entries(now)) {
    const was = before[name];
    if (!was) continue;
    sections.push(
      `### ${name}`,
      changes(was.figures, part.figures, "", true),
      ...(part.families ? [changes(was.families ?? {}, part.families, "family", true)] : []),
      ...(part.relations ? [changes(was.relations ?? {}, part.relations, "relation", false)] : []),
      tallyChanges(was.attributes, part.attributes, "attributes"),
      ...Object.entries(part.causes ?? {}).map(([key, list]) => tallyChanges(was.causes?.[key] ?? {}, list, `causes: ${key}`)),
    );
  }
  return sections.filter((section) => section !== "").join("\n\n");
}

function changes(before: Record<string, Counts>, now: Record<string, Counts>, title: string, all: boolean): string {
  const keys = keysOf(before, now).filter((key) => all || String(before[key]) !== String(now[key]));
  const arrow = (from: string | number, to: string | number): string => (from === to ? `${to}` : `${from} -> ${to}`);
  const rows = keys.map((key) => {
    const [was, is] = [before, now].map((sheet) => figures(...(sheet[key] ?? [0, 0, 0]))) as [Figures, Figures];
    return [
      key,
      is.wanted,
      arrow(was.right, is.right),
      arrow(was.given - was.right, is.given - is.right),
      ...(["precision", "recall", "f1"] as const).map((figure) => arrow(percent(was[figure]), percent(is[figure]))),
    ];
  });
  return rows.length > 0 ? table([title, "gold", "right", "wrong", "P", "R", "F1"], rows) : "";
}

function tallyChanges(before: Record<string, number>, now: Record<string, number>, title: string): string {
  const rows = keysOf(before, now)
    .filter((key) => (before[key] ?? 0) !== (now[key] ?? 0))
    .map((key) => [key, before[key] ?? 0, now[key] ?? 0]);
  return rows.length > 0 ? table([title, "before", "now"], rows) : "";
}

function keysOf(before: Record<string, unknown>, now: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(now), ...Object.keys(before)])];
}
