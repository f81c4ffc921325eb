/** Documents with their graphs, written by hand in a few lines: what the tests of store, query and server put in. */
import { createHash } from "node:crypto";
import type {
  Claim,
  ClaimId,
  DocumentGraph,
  Entity,
  EntityId,
  EntityKind,
  EventKey,
  Judgement,
  Link,
  Links,
} from "../../src/model/graph.ts";
import type { DocumentId, SourceDocument, Span } from "../../src/model/text.ts";
import type { GraphStore } from "../../src/store/store.ts";

export interface Story {
  readonly source: SourceDocument;
  readonly graph: DocumentGraph;
  readonly links: Links;
}

type Said = Partial<Pick<Claim, "polarity" | "modality" | "medium" | "confidence" | "event">> & {
  /** A day, month or year: "2021-01-11", "2021-01", "2021". */
  readonly date?: string;
  readonly place?: string;
  readonly source?: string;
  readonly topic?: readonly string[];
};

export interface StoryText {
  readonly name: string;
  readonly date?: string;
  readonly outlet?: string;
  readonly sentences: readonly string[];
  /** Names as they stand in the text, with what they are; `id` where it is not made from kind and name. */
  readonly entities: Readonly<
    Record<
      string,
      EntityKind | { kind: EntityKind; id?: string; linked?: string; reason?: string; aliases?: string[]; country?: string; role?: string }
    >
  >;
  /** Subject and object by name; the evidence is the first sentence that holds both and the trigger. */
  readonly claims?: readonly (readonly [subject: string, relation: string, object: string, trigger: string, said?: Said])[];
  readonly judgements?: readonly Judgement[];
}

export function story(told: StoryText): Story {
  const text = told.sentences.join(" ");
  const id = createHash("sha256")
    .update(JSON.stringify([told.name, text]))
    .digest("hex") as DocumentId;
  const sentences: Span[] = [];
  for (const sentence of told.sentences) {
    const start = sentences.at(-1) === undefined ? 0 : (sentences.at(-1) as Span).end + 1;
    sentences.push({ start, end: start + sentence.length });
  }
  const ids = new Map<string, EntityId>();
  const links: Link[] = [];
  const entities = Object.entries(told.entities).map(([name, given]): Entity => {
    const about = typeof given === "string" ? { kind: given } : given;
    const local = (about.id ?? entityId(about.kind, name)) as EntityId;
    ids.set(name, local);
    links.push({ local, entity: (about.linked ?? local) as EntityId, ...(about.reason === undefined ? {} : { reason: about.reason }) });
    const mentions = [...text.matchAll(new RegExp(name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"), "gu"))];
    return {
      id: local,
      kind: about.kind,
      name,
      aliases: about.aliases ?? [],
      ...(about.country === undefined ? {} : { country: about.country }),
      ...(about.role === undefined ? {} : { role: about.role }),
      mentions: mentions.map((match) => ({ start: match.index, end: match.index + name.length, form: "name" })),
    };
  });
  const idOf = (name: string): EntityId => ids.get(name) as EntityId;
  const claims = (told.claims ?? []).map(([subject, relation, object, trigger, said = {}], index): Claim => {
    const sentence = sentences.find(({ start, end }) => [subject, object, trigger].every((part) => text.slice(start, end).includes(part)));
    if (sentence === undefined) throw new Error(`No sentence holds ${subject}, ${trigger} and ${object}`);
    const find = (part: string): Span => {
      const start = text.indexOf(part, sentence.start);
      return { start, end: start + part.length };
    };
    const { date, place, source, topic, ...rest } = said;
    return {
      id: `${id.slice(0, 8)}-${index}` as ClaimId,
      subject: idOf(subject),
      relation,
      object: idOf(object),
      polarity: "affirmed",
      modality: "happened",
      confidence: 0.9,
      event: `${[idOf(subject), idOf(object)].sort().join("+")}+${relation}+${date ?? ""}` as EventKey,
      ...(date === undefined ? {} : { date: eventDate(date) }),
      ...(place === undefined ? {} : { place: idOf(place) }),
      ...(source === undefined ? {} : { source: idOf(source) }),
      ...(topic === undefined ? {} : { topic: topic.map(idOf) }),
      ...rest,
      evidence: [
        { document: id, sentence, trigger: find(trigger), subject: find(subject), object: find(object), rule: `${relation}.test` },
      ],
    };
  });
  return {
    source: {
      id,
      name: told.name,
      text,
      blocks: [{ start: 0, end: text.length, kind: "paragraph" }],
      title: told.name,
      ...(told.date === undefined ? {} : { date: told.date }),
      ...(told.outlet === undefined ? {} : { source: told.outlet }),
    },
    graph: { document: id, sentences, entities, claims },
    links: { entities: links, judgements: told.judgements ?? [] },
  };
}

export function commit(store: GraphStore, told: Story, knowledge = "k1", origin?: string): void {
  store.commit(told.source, told.graph, told.links, { knowledge, ...(origin === undefined ? {} : { origin }) });
}

export function same(left: string, right: string, by: Judgement["by"] = "rule", reason = "same surname and office"): Judgement {
  return { left: left as EntityId, right: right as EntityId, verdict: "same", reason, by };
}

export function different(left: string, right: string, by: Judgement["by"] = "rule", reason = "two countries"): Judgement {
  return { ...same(left, right, by, reason), verdict: "different" };
}

function eventDate(text: string): NonNullable<Claim["date"]> {
  if (text.length === 10) return { start: text, end: text, precision: "day", basis: "explicit" };
  if (text.length === 7) return { start: `${text}-01`, end: `${text}-28`, precision: "month", basis: "explicit" };
  return { start: `${text}-01-01`, end: `${text}-12-31`, precision: "year", basis: "explicit" };
}

function entityId(kind: EntityKind, name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-");
  return `${kind}:${slug}`;
}

/** Three reports about the same people: what most tests read. */
export const CALL = story({
  name: "call",
  date: "2021-01-13",
  outlet: "Harbour Gazette",
  sentences: [
    "Vladimir Putin spoke by phone with Recep Tayyip Erdoğan on Wednesday about Nagorno-Karabakh.",
    "Vladimir Putin leads Russia.",
    "On Monday Vladimir Putin met Ilham Aliyev in Moscow.",
  ],
  entities: {
    "Vladimir Putin": { kind: "person", country: "RUS", aliases: ["Putin"] },
    "Recep Tayyip Erdoğan": { kind: "person", country: "TUR", aliases: ["Erdoğan"] },
    "Ilham Aliyev": { kind: "person", country: "AZE", aliases: ["Əliyev"] },
    Russia: { kind: "state", id: "state:RUS", country: "RUS" },
    Moscow: "place",
    "Nagorno-Karabakh": "place",
  },
  claims: [
    ["Vladimir Putin", "spoke-with", "Recep Tayyip Erdoğan", "spoke", { date: "2021-01-13", medium: "phone", topic: ["Nagorno-Karabakh"] }],
    ["Vladimir Putin", "leads", "Russia", "leads"],
    ["Vladimir Putin", "met-with", "Ilham Aliyev", "met", { date: "2021-01-11", place: "Moscow" }],
  ],
});

export const DENIAL = story({
  name: "denial",
  date: "2021-01-14",
  outlet: "Coast Wire",
  sentences: ["Recep Tayyip Erdoğan and Vladimir Putin spoke on Wednesday, Russia said.", "Vladimir Putin has not met Nikol Pashinian."],
  entities: {
    "Vladimir Putin": { kind: "person", country: "RUS" },
    "Recep Tayyip Erdoğan": { kind: "person", country: "TUR" },
    "Nikol Pashinian": { kind: "person", country: "ARM" },
    Russia: { kind: "state", id: "state:RUS", country: "RUS" },
  },
  claims: [
    [
      "Recep Tayyip Erdoğan",
      "spoke-with",
      "Vladimir Putin",
      "spoke",
      { date: "2021-01-13", source: "Russia", modality: "alleged", confidence: 0.6 },
    ],
    ["Vladimir Putin", "met-with", "Nikol Pashinian", "met", { polarity: "negated", confidence: 0.7 }],
  ],
});

/** "Putin" alone, joined to Vladimir Putin by a judgement. */
export const VISIT = story({
  name: "visit",
  date: "2021-02-01",
  sentences: ["Putin will visit Turkey.", "Turkey thanked Putin.", "Putin praised Vladimir Putin."],
  entities: {
    Putin: { kind: "person", linked: "person:putin-visit", id: "person:putin" },
    "Vladimir Putin": "person",
    Turkey: { kind: "state", id: "state:TUR", country: "TUR" },
  },
  claims: [
    ["Putin", "visited", "Turkey", "visit", { date: "2021-02", modality: "planned" }],
    ["Turkey", "thanked", "Putin", "thanked"],
    ["Putin", "praised", "Vladimir Putin", "praised"],
  ],
  judgements: [same("person:putin-visit", "person:vladimir-putin")],
});

export const SYMMETRIC = ["spoke-with", "met-with"];
