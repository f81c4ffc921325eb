/** What the search box finds: entities, relations, documents and commands, best first. Pure. */
import type { EntitySummary, SentenceHit } from "../../../src/model/api.ts";
import { memoize } from "./store.ts";
import { indexOf } from "./visible.ts";
import type { Data, Selection } from "./state.ts";
import { fold } from "../../../src/model/letters.ts";
import { match } from "../text/match.ts";
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

interface Entry extends Suggestion {
  /** Folded texts that a query may match, the first counting most. */
  readonly names: readonly string[];
  readonly weight: number;
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
  ["theme", "Switch light and dark colours"],
];

const entriesOf = memoize((data: Data): readonly Entry[] => {
  const index = indexOf(data.graph);
  const nameOf = (id: string) => index.nodes.get(id)?.name ?? id;
  const entities = data.graph.nodes.map((node): Entry => {
    const also = node.aliases.find((alias) => alias !== node.name);
    return {
      key: `entity ${node.id}`,
      group: "Entities",
      text: node.name,
      detail: [node.role ?? node.kind, also].filter(Boolean).join(" · "),
      sign: node.kind,
      leads: { to: "selection", selection: { type: "entity", id: node.id } },
      names: [node.name, ...node.aliases].map(fold),
      weight: node.degree,
    };
  });
  const relations = data.graph.edges.map((edge): Entry => {
    const [subject, object] = [nameOf(edge.subject), nameOf(edge.object)];
    const text = edgeText(data.ontology, edge, subject, object);
    return {
      key: `edge ${edge.id}`,
      group: "Relations",
      text,
      detail: edge.from ? shortDay(edge.from) : count(edge.reports, "report"),
      sign: edge.relation,
      leads: { to: "selection", selection: { type: "edge", id: edge.id } },
      names: [fold(text), fold(relationText(data.ontology, edge.relation)), fold(`${object} ${subject}`)],
      weight: edge.reports,
    };
  });
  const documents = data.documents.map(
    (document): Entry => ({
      key: `document ${document.id}`,
      group: "Documents",
      text: document.title,
      detail: [document.source, document.date && shortDay(document.date)].filter(Boolean).join(" · "),
      leads: { to: "selection", selection: { type: "document", id: document.id } },
      names: [fold(document.title), fold(document.source ?? "")],
      weight: 0,
    }),
  );
  const commands = COMMANDS.map(
    ([command, text]): Entry => ({
      key: `command ${command}`,
      group: "Commands",
      text,
      detail: "",
      leads: { to: "command", command },
      names: [fold(text)],
      weight: 0,
    }),
  );
  return [...entities, ...relations, ...documents, ...commands];
});

const MOST: Readonly<Record<Suggestion["group"], number>> = { Entities: 6, Relations: 5, Documents: 3, Sentences: 5, Commands: 3 };

const MOST_NAMES = 12;

/** Entities whose names answer what was typed, best first; for nothing typed, the most connected. */
export function suggestEntities(data: Data, typed: string, without: ReadonlySet<string>): readonly EntitySummary[] {
  const query = fold(typed.trim());
  return entriesOf(data)
    .filter((entry) => entry.group === "Entities")
    .flatMap((entry) => {
      const id = entry.key.slice("entity ".length);
      const score = without.has(id) ? 0 : Math.max(...entry.names.map((name) => match(query, name)));
      const node = score > 0 ? indexOf(data.graph).nodes.get(id) : undefined;
      return node ? [{ node, score }] : [];
    })
    .toSorted((a, b) => b.score - a.score || b.node.degree - a.node.degree || (a.node.id < b.node.id ? -1 : 1))
    .slice(0, MOST_NAMES)
    .map(({ node }) => node);
}

/** Sentences that the server found, as suggestions. */
export function sentenceSuggestions(hits: readonly SentenceHit[]): readonly Suggestion[] {
  return hits.slice(0, MOST.Sentences).map(({ document, sentence, text }) => ({
    key: `sentence ${document.id} ${sentence.start}`,
    group: "Sentences",
    text,
    detail: [document.source, document.date && shortDay(document.date)].filter(Boolean).join(" · "),
    leads: { to: "selection", selection: { type: "document", id: document.id, at: sentence } },
  }));
}

/** Suggestions for what was typed; for nothing typed, the most connected entities and the commands. */
export function suggest(data: Data, typed: string): readonly Suggestion[] {
  const query = fold(typed.trim());
  const scored = entriesOf(data).flatMap((entry) => {
    if (query === "") return entry.group === "Entities" || entry.group === "Commands" ? [{ entry, score: 1 }] : [];
    const score = Math.max(...entry.names.map((name, i) => match(query, name) - (i === 0 ? 0 : 0.1)));
    return score > 0 ? [{ entry, score }] : [];
  });
  scored.sort(
    (a, b) =>
      b.score - a.score ||
      b.entry.weight - a.entry.weight ||
      a.entry.text.length - b.entry.text.length ||
      (a.entry.key < b.entry.key ? -1 : 1),
  );
  const groups = Object.entries(MOST) as [Suggestion["group"], number][];
  return groups
    .flatMap(([group, most]) =>
      scored.filter(({ entry }) => entry.group === group).slice(0, query === "" && group === "Commands" ? COMMANDS.length : most),
    )
    .map(({ entry }) => entry);
}
