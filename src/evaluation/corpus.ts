/** Scores the joining of entities over documents against a small hand-marked corpus: pairs, and B-cubed (Bagga and Baldwin 1998). */
import { readFileSync } from "node:fs";
import { draw } from "../ingest/process.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { EntityId, Judgement } from "../model/graph.ts";
import type { TokenReader } from "../nlp/reader.ts";
import { readText } from "../read/read.ts";
import { makeResolver } from "../resolve/resolver.ts";
import { clusters, inForce } from "../store/clusters.ts";
import { type Figures, figures } from "./figures.ts";
import { foldName } from "./matching.ts";

/** A document of the corpus: `entities` says of some names in it which one of the corpus's entities each is. */
export interface CorpusDocument {
  readonly id: string;
  readonly date: string;
  readonly text: string;
  readonly entities: Readonly<Record<string, string>>;
}

/** An entity of one document, the label it should have and the cluster it came to. */
export interface Occurrence {
  readonly document: string;
  readonly name: string;
  readonly label: string;
  readonly cluster: EntityId;
}

export interface CorpusScores {
  readonly occurrences: readonly Occurrence[];
  /** Marked names of which extraction made no entity. */
  readonly missing: readonly string[];
  /** Pairs of occurrences in different documents that are one. */
  readonly pairs: Figures;
  readonly bCubed: { readonly precision: number; readonly recall: number; readonly f1: number };
}

export function readCorpus(file: string | URL): CorpusDocument[] {
  return JSON.parse(readFileSync(file, "utf8")) as CorpusDocument[];
}

/** Reads the documents in order, links them as ingestion does and compares where their entities end up. */
export function scoreCorpus(documents: readonly CorpusDocument[], knowledge: Knowledge, reader: TokenReader): CorpusScores {
  const resolver = makeResolver(knowledge);
  const judgements: Judgement[] = [];
  const linked: Omit<Occurrence, "cluster">[] = [];
  const ids: EntityId[] = [];
  const missing: string[] = [];
  for (const { id, date, text, entities } of documents) {
    const { graph } = draw(readText(text, id, { title: id, date }), knowledge, reader);
    const links = resolver.link(graph);
    judgements.push(...links.judgements);
    for (const [name, label] of Object.entries(entities)) {
      const found = graph.entities.find((entity) => [entity.name, ...entity.aliases].some((form) => foldName(form) === foldName(name)));
      const link = links.entities.find(({ local }) => local === found?.id);
      if (!link) {
        missing.push(`${id}: ${name}`);
        continue;
      }
      linked.push({ document: id, name, label });
      ids.push(link.entity);
    }
  }
  const survivor = new Map(clusters(inForce(judgements)).flatMap(({ survivor: one, members }) => members.map((member) => [member, one])));
  const occurrences = linked.map((one, i) => ({ ...one, cluster: survivor.get(ids[i] as EntityId) ?? (ids[i] as EntityId) }));
  return { occurrences, missing, ...scoreClusters(occurrences) };
}

/** Pairwise and B-cubed figures of occurrences whose labels are right. */
export function scoreClusters(occurrences: readonly Occurrence[]): Pick<CorpusScores, "pairs" | "bCubed"> {
  let [right, given, wanted] = [0, 0, 0];
  let [precision, recall] = [0, 0];
  for (const [i, one] of occurrences.entries()) {
    const together = occurrences.filter((other) => other.cluster === one.cluster);
    const same = occurrences.filter((other) => other.label === one.label);
    const both = together.filter((other) => other.label === one.label).length;
    precision += both / together.length / occurrences.length;
    recall += both / same.length / occurrences.length;
    for (const other of occurrences.slice(i + 1)) {
      const joined = other.cluster === one.cluster;
      const alike = other.label === one.label;
      right += Number(joined && alike);
      given += Number(joined);
      wanted += Number(alike);
    }
  }
  const sum = precision + recall;
  return { pairs: figures(right, given, wanted), bCubed: { precision, recall, f1: sum > 0 ? (2 * precision * recall) / sum : 0 } };
}

/** Wrong and missing joins, one line each. */
export function corpusErrors({ occurrences, missing }: CorpusScores): string[] {
  const lines = missing.map((name) => `no entity       ${name}`);
  for (const [i, one] of occurrences.entries()) {
    for (const other of occurrences.slice(i + 1)) {
      if ((one.cluster === other.cluster) === (one.label === other.label)) continue;
      const what = one.label === other.label ? "not joined      " : "wrongly joined  ";
      lines.push(`${what}${one.document} ${one.name} (${one.cluster}), ${other.document} ${other.name} (${other.cluster})`);
    }
  }
  return lines;
}
