/** What the search box finds: entities, relations, documents and commands, best first. Pure. */
import type { DocumentSummary, EntitySummary, SentenceHit } from "../../../src/model/api.ts";
import { columnsOf, type GraphEdge } from "../graph/columns.ts";
import { memoize } from "./store.ts";
import { indexOf } from "./visible.ts";
import type { Data, Selection } from "./state.ts";
import { fold } from "../../../src/model/letters.ts";
import { createVocabulary, type Findable, match, type Query } from "../text/match.ts";
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
  /** The first counts most. */
  readonly names: readonly Findable[];
  readonly weight: number;
  readonly key: string;
}

/** All that may be found, made once. */
const findablesOf = memoize((data: Data) => {
  const vocabulary = createVocabulary();
  const named = (...names: readonly string[]) => names.map((name) => vocabulary.add(fold(name)));
  return {
    vocabulary,
    entities: data.graph.nodes.map(
      (node): Named<EntitySummary> => ({ item: node, names: named(node.name, ...node.aliases), weight: node.degree, key: node.id }),
    ),
    documents: data.documents.map(
      (document): Named<DocumentSummary> => ({
        item: document,
        names: named(document.title, document.source ?? ""),
        weight: 0,
        key: document.id,
      }),
    ),
    commands: COMMANDS.map(
      ([command, text], place): Named<Command> => ({ item: command, names: named(text), weight: COMMANDS.length - place, key: command }),
    ),
    relations: columnsOf(data.graph).relations.map((name) => vocabulary.add(fold(relationText(data.ontology, name)))),
  };
});

interface Scored {
  readonly score: number;
  readonly weight: number;
  readonly key: string;
}

function better(a: Scored, b: Scored): number {
  return b.score - a.score || b.weight - a.weight || (a.key < b.key ? -1 : 1);
}

/** The best of those that answer a query. */
function bestOf<T>(named: readonly Named<T>[], query: Query, most: number, without: ReadonlySet<string> = NONE): readonly T[] {
  const scored: (Scored & { readonly item: T })[] = [];
  for (const { item, names, weight, key } of named) {
    let score = 0;
    for (let i = 0; i < names.length; i++) score = Math.max(score, query.match(names[i] as Findable) - (i === 0 ? 0 : 0.1));
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
 * Relations whose ends and verb together hold all words of a query, best first. Which names hold which words is asked once a name, not
 * once a relation: there may be hundreds of thousands.
 * @param typed folded
 */
function bestRelations(data: Data, typed: string, query: Query, most: number): readonly GraphEdge[] {
  const { graph, ontology } = data;
  const { nodes, edges, subject, object, relation, firstClaim } = columnsOf(graph);
  const { entities, relations } = findablesOf(data);
  if (query.all === 0) return [];
  const byNode = Int32Array.from(entities, ({ names }) => query.held(names[0] as Findable));
  const byRelation = relations.map((verb) => query.held(verb));
  const answering: number[] = [];
  for (let edge = 0; edge < edges.length; edge++) {
    const [one, other] = [subject[edge] as number, object[edge] as number];
    if (one < 0 || other < 0) continue;
    const held = (byNode[one] as number) | (byNode[other] as number) | (byRelation[relation[edge] as number] as number);
    if (held === query.all) answering.push(edge);
  }
  const reports = (edge: number) => (firstClaim[edge + 1] as number) - (firstClaim[edge] as number);
  const looked = answering.length > LOOKED_AT ? answering.toSorted((a, b) => reports(b) - reports(a)).slice(0, LOOKED_AT) : answering;
  return looked
    .map((row) => {
      const edge = edges[row] as GraphEdge;
      const [from, to] = [nodes[subject[row] as number]?.name ?? "", nodes[object[row] as number]?.name ?? ""];
      const text = fold(edgeText(ontology, edge, from, to));
      // Among equals the shorter: a longer one holds more that was not asked for.
      return { edge, score: match(typed, text), weight: edge.reports - text.length / 1000, key: edge.id };
    })
    .toSorted(better)
    .slice(0, most)
    .map(({ edge }) => edge);
}

const MOST: Readonly<Record<Suggestion["group"], number>> = { Entities: 6, Relations: 5, Documents: 3, Sentences: 5, Commands: 3 };

const MOST_NAMES = 12;

/** Entities whose names answer what was typed, best first; for nothing typed, the most connected. */
export function suggestEntities(data: Data, typed: string, without: ReadonlySet<string>): readonly EntitySummary[] {
  const { vocabulary, entities } = findablesOf(data);
  return bestOf(entities, vocabulary.ask(fold(typed.trim())), MOST_NAMES, without);
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
  const folded = fold(typed.trim());
  const { nodes } = indexOf(data.graph);
  const nameOf = (id: string) => nodes.get(id)?.name ?? id;
  const { vocabulary, entities, documents, commands } = findablesOf(data);
  const query = vocabulary.ask(folded);
  const asked = folded !== "";
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
    ...(asked ? bestRelations(data, folded, query, MOST.Relations) : []).map(
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
    ...bestOf(commands, query, asked ? MOST.Commands : COMMANDS.length).map(
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
