/** What the search box finds: entities, relations, documents and commands, best first. Pure. */
import type { DocumentSummary, EntitySummary, SentenceHit } from "../../../src/model/api.ts";
import { columnsOf, type GraphEdge } from "../graph/columns.ts";
import { memoize } from "./store.ts";
import { indexOf } from "./visible.ts";
import type { Data, Selection } from "./state.ts";
import { fold } from "../../../src/model/letters.ts";
import { beginsOne, match, wordsOf } from "../text/match.ts";
import { count, edgeText, relationText } from "../text/words.ts";
import { shortDay } from "../text/dates.ts";

export type Command =
  | "table"
  | "graph"
  | "reset"
  | "fit"
  | "theme"
  | "undo"
  | "redo"
  | "query"
  | "path"
  | "comparison"
  | "analysis"
  | "help"
  | "link";

export interface Suggestion {
  readonly key: string;
  readonly group: "Entities" | "Relations" | "Documents" | "Sentences" | "Commands";
  readonly text: string;
  readonly detail: string;
  /** Entity kind or relation name, for its sign. */
  readonly sign?: string;
  readonly leads: { readonly to: "selection"; readonly selection: Selection } | { readonly to: "command"; readonly command: Command };
}

const COMMANDS: readonly (readonly [Command, string])[] = [
  ["table", "Show the table"],
  ["graph", "Show the graph"],
  ["reset", "Show everything, take off all filters"],
  ["fit", "Fit the graph into the window"],
  ["path", "Find a path between entities"],
  ["comparison", "Compare two periods or outlets"],
  ["analysis", "Find communities and central entities"],
  ["query", "Ask in openCypher"],
  ["link", "Copy a link to this view"],
  ["undo", "Undo the last change"],
  ["redo", "Redo"],
  ["help", "Keys and mouse: what they do"],
  ["theme", "Switch light and dark colours"],
];

/** A name that may be found, with what decides between equal answers. */
interface Named<T> {
  readonly item: T;
  /** Folded, the first counting most. */
  readonly names: readonly string[];
  readonly weight: number;
  readonly key: string;
}

const foundOf = memoize((data: Data) => ({
  entities: data.graph.nodes.map(
    (node): Named<EntitySummary> => ({ item: node, names: [node.name, ...node.aliases].map(fold), weight: node.degree, key: node.id }),
  ),
  documents: data.documents.map(
    (document): Named<DocumentSummary> => ({
      item: document,
      names: [fold(document.title), fold(document.source ?? "")],
      weight: 0,
      key: document.id,
    }),
  ),
}));

const COMMAND_NAMES = COMMANDS.map(
  ([command, text], place): Named<Command> => ({ item: command, names: [fold(text)], weight: COMMANDS.length - place, key: command }),
);

interface Scored {
  readonly score: number;
  readonly weight: number;
  readonly key: string;
}

function better(a: Scored, b: Scored): number {
  return b.score - a.score || b.weight - a.weight || (a.key < b.key ? -1 : 1);
}

/** The best of those that answer a folded query. */
function bestOf<T>(named: readonly Named<T>[], query: string, most: number, without: ReadonlySet<string> = NONE): readonly T[] {
  const scored: (Scored & { readonly item: T })[] = [];
  for (const { item, names, weight, key } of named) {
    let score = 0;
    for (let i = 0; i < names.length; i++) score = Math.max(score, match(query, names[i] as string) - (i === 0 ? 0 : 0.1));
    if (score > 0 && !without.has(key)) scored.push({ item, score, weight, key });
  }
  return scored
    .toSorted(better)
    .slice(0, most)
    .map(({ item }) => item);
}

const NONE: ReadonlySet<string> = new Set();
/** So many relations are looked at closely: those whose words answer the query and that are reported most. */
const LOOKED_AT = 100;

/**
 * Relations whose ends and verb together hold all words of a folded query, best first. Which names hold which words is asked once a
 * name, not once a relation: there may be hundreds of thousands.
 */
function bestRelations({ graph, ontology }: Data, query: string, most: number): readonly GraphEdge[] {
  const { nodes, edges, subject, object, relation, relations, firstClaim } = columnsOf(graph);
  const words = wordsOf(query);
  if (words.length === 0 || words.length > MOST_WORDS) return [];
  const heldBy = (text: string) => {
    const own = wordsOf(text);
    return words.reduce((bits, word, bit) => bits | (beginsOne(word, own) !== undefined ? 1 << bit : 0), 0);
  };
  const all = (1 << words.length) - 1;
  const byNode = Int32Array.from(nodes, ({ name }) => heldBy(fold(name)));
  const byRelation = relations.map((name) => heldBy(fold(relationText(ontology, name))));
  const answering: number[] = [];
  for (let edge = 0; edge < edges.length; edge++) {
    const [one, other] = [subject[edge] as number, object[edge] as number];
    if (one < 0 || other < 0) continue;
    const held = (byNode[one] as number) | (byNode[other] as number) | (byRelation[relation[edge] as number] as number);
    if (held === all) answering.push(edge);
  }
  const reports = (edge: number) => (firstClaim[edge + 1] as number) - (firstClaim[edge] as number);
  const looked = answering.length > LOOKED_AT ? answering.toSorted((a, b) => reports(b) - reports(a)).slice(0, LOOKED_AT) : answering;
  return looked
    .map((row) => {
      const edge = edges[row] as GraphEdge;
      const [from, to] = [nodes[subject[row] as number]?.name ?? "", nodes[object[row] as number]?.name ?? ""];
      const text = fold(edgeText(ontology, edge, from, to));
      // Among equals the shorter: a longer one holds more that was not asked for.
      return { edge, score: match(query, text), weight: edge.reports - text.length / 1000, key: edge.id };
    })
    .toSorted(better)
    .slice(0, most)
    .map(({ edge }) => edge);
}

const MOST_WORDS = 30;

const MOST: Readonly<Record<Suggestion["group"], number>> = { Entities: 6, Relations: 5, Documents: 3, Sentences: 5, Commands: 3 };

const MOST_NAMES = 12;

/** Entities whose names answer what was typed, best first; for nothing typed, the most connected. */
export function suggestEntities(data: Data, typed: string, without: ReadonlySet<string>): readonly EntitySummary[] {
  return bestOf(foundOf(data).entities, fold(typed.trim()), MOST_NAMES, without);
}

function sourceOf({ source, date }: Pick<DocumentSummary, "source" | "date">): string {
  return [source, date && shortDay(date)].filter(Boolean).join(" · ");
}

/** Sentences that the server found, as suggestions. */
export function sentenceSuggestions(hits: readonly SentenceHit[]): readonly Suggestion[] {
  return hits.slice(0, MOST.Sentences).map(({ document, sentence, text }) => ({
    key: `sentence ${document.id} ${sentence.start}`,
    group: "Sentences",
    text,
    detail: sourceOf(document),
    leads: { to: "selection", selection: { type: "document", id: document.id, at: sentence } },
  }));
}

/** Suggestions for what was typed; for nothing typed, the most connected entities and the commands. */
export function suggest(data: Data, typed: string): readonly Suggestion[] {
  const query = fold(typed.trim());
  const { nodes } = indexOf(data.graph);
  const nameOf = (id: string) => nodes.get(id)?.name ?? id;
  const { entities, documents } = foundOf(data);
  const asked = query !== "";
  return [
    ...bestOf(entities, query, MOST.Entities).map((node): Suggestion => {
      const also = node.aliases.find((alias) => alias !== node.name);
      return {
        key: `entity ${node.id}`,
        group: "Entities",
        text: node.name,
        detail: [node.role ?? node.kind, also].filter(Boolean).join(" · "),
        sign: node.kind,
        leads: { to: "selection", selection: { type: "entity", id: node.id } },
      };
    }),
    ...(asked ? bestRelations(data, query, MOST.Relations) : []).map(
      (edge): Suggestion => ({
        key: `edge ${edge.id}`,
        group: "Relations",
        text: edgeText(data.ontology, edge, nameOf(edge.subject), nameOf(edge.object)),
        detail: edge.from ? shortDay(edge.from) : count(edge.reports, "report"),
        sign: edge.relation,
        leads: { to: "selection", selection: { type: "edge", id: edge.id } },
      }),
    ),
    ...(asked ? bestOf(documents, query, MOST.Documents) : []).map(
      (document): Suggestion => ({
        key: `document ${document.id}`,
        group: "Documents",
        text: document.title,
        detail: sourceOf(document),
        leads: { to: "selection", selection: { type: "document", id: document.id } },
      }),
    ),
    ...bestOf(COMMAND_NAMES, query, asked ? MOST.Commands : COMMANDS.length).map(
      (command): Suggestion => ({
        key: `command ${command}`,
        group: "Commands",
        text: COMMANDS.find(([name]) => name === command)?.[1] ?? command,
        detail: "",
        leads: { to: "command", command },
      }),
    ),
  ];
}
