/** A small graph for the tests of writers: every kind of node, a symmetric and an undated edge, and text that writers must defuse. */
import type { ClaimReport, DocumentSummary, EdgeSummary, EntitySummary, OntologyAnswer } from "../../src/model/api.ts";
import type { ExportSource } from "../../src/export/format.ts";
import type { EntityId, EventDate } from "../../src/model/graph.ts";
import type { DocumentId } from "../../src/model/text.ts";

export const ontology: OntologyAnswer = {
  kinds: [
    { kind: "person", label: "Person", color: "#d55e00" },
    { kind: "state", label: "State", color: "#0072b2" },
    { kind: "organization", label: "Organization", color: "#009e73" },
    { kind: "agreement", label: "Agreement", color: "#cc79a7" },
    { kind: "place", label: "Place", color: "#7f7f7f" },
  ],
  families: [
    { family: "talk", label: "Talks", color: "#56b4e9" },
    { family: "structure", label: "Structure", color: "#999999" },
  ],
  relations: [
    relation("met-with", "met with", "talk", true, "CONSULT", "040"),
    relation("signed", "signed", "talk", false, "AGREE", "057"),
    relation("leads", "leads", "structure", false, "", ""),
  ],
};

function relation(name: string, label: string, family: string, symmetric: boolean, plover: string, cameo: string) {
  return { name, label, inverse: `${label} by`, family, symmetric, subject: [], object: [], plover, cameo };
}

/** An entity with what a test does not care about filled in. */
export function entity(id: string, name: string, more: Partial<EntitySummary> = {}): EntitySummary {
  const kind = id.split(":", 1)[0] as EntitySummary["kind"];
  return { id: id as EntityId, kind, name, aliases: [], degree: 1, mentions: 1, documents: 1, ...more };
}

export const bulletin: DocumentSummary = {
  id: "d1" as DocumentId,
  name: "bulletin",
  title: "Lake talks & more",
  date: "2021-01-13",
  source: "Harbour Wire",
  url: "https://example.org/a?b=1&c=2",
  sentences: 3,
  claims: 3,
};

export function day(date: string): EventDate {
  return { start: date, end: date, precision: "day", basis: "explicit" };
}

/** A claim whose sentence is `text`, trigger first, subject second, object last word. */
export function claim(subject: string, relationName: string, object: string, text: string, date?: EventDate): ClaimReport {
  const sentence = { start: 0, end: text.length };
  return {
    claim: `${subject}-${relationName}-${object}-${date?.start ?? "undated"}`,
    edge: [subject, relationName, object].join("~"),
    subject: subject as EntityId,
    relation: relationName,
    object: object as EntityId,
    polarity: "affirmed",
    modality: "happened",
    ...(date && { date }),
    confidence: 0.9,
    event: `${relationName}/${date?.start ?? ""}`,
    rule: "test.rule",
    document: bulletin,
    sentence,
    text,
    spans: { subject: sentence, trigger: sentence, object: sentence },
  };
}

/** The source that a store would give for these entities and claims. */
export function sourceOf(entities: readonly EntitySummary[], claims: readonly ClaimReport[]): ExportSource {
  const groups = new Map<string, ClaimReport[]>();
  const atEntity = new Map<string, ClaimReport[]>();
  const add = (map: Map<string, ClaimReport[]>, key: string, item: ClaimReport) => {
    const others = map.get(key);
    if (others) others.push(item);
    else map.set(key, [item]);
  };
  for (const item of claims) {
    add(groups, item.edge, item);
    for (const end of [item.subject, item.object]) add(atEntity, end, item);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, group]) => ({ ...summary(id, group), claims: group }));
  const reported = [...entities]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((item) => {
      const its = atEntity.get(item.id) ?? [];
      return { ...item, ...span(its), undated: its.some((each) => each.date === undefined) };
    });
  const updated = claims.map((item) => item.document.date ?? "").reduce((last, date) => (date > last ? date : last), "");
  const walks = { entities: () => reported, edges: () => sorted };
  const reports = { reports: walks.edges };
  return { ontology, filter: {}, ...(updated && { updated }), ...walks, ...reports, outline: walks };
}

function span(claims: readonly ClaimReport[]): { from?: string; to?: string } {
  const days = claims.flatMap((item) => (item.date ? [item.date.start, item.date.end] : [])).sort();
  return days.length > 0 ? { from: days[0]!, to: days.at(-1)! } : {};
}

function summary(id: string, claims: readonly ClaimReport[]): EdgeSummary {
  const [first] = claims as [ClaimReport];
  return {
    id,
    subject: first.subject,
    relation: first.relation,
    object: first.object,
    reports: claims.length,
    events: new Set(claims.map((item) => item.event)).size,
    documents: 1,
    ...span(claims),
    affirmed: claims.filter((item) => item.polarity === "affirmed").length,
    happened: claims.filter((item) => item.modality === "happened").length,
    confidence: 0.9,
  };
}

/** The graph most tests write. */
export function sample(): ExportSource {
  return sourceOf(
    [
      entity("person:ines-park", "Ines Park", { aliases: ["Park", 'the "Lake" envoy'], country: "XKX", degree: 3 }),
      entity("state:RUR", "Ruritania <north> & south", { country: "RUR", degree: 2 }),
      entity("organization:lake-council", "Lake Council", { role: "intergovernmental" }),
      entity("agreement:lake-pact", "Lake Pact", { degree: 1 }),
      entity("place:harbour", "Harbour", { degree: 0 }),
    ],
    [
      claim(
        "person:ines-park",
        "met-with",
        "organization:lake-council",
        'Park said: "We met, [all] of us; it\'s done."',
        day("2021-01-11"),
      ),
      claim("person:ines-park", "met-with", "organization:lake-council", "They met again in March.", {
        start: "2021-03-01",
        end: "2021-03-31",
        precision: "month",
        basis: "explicit",
      }),
      claim("person:ines-park", "signed", "agreement:lake-pact", "Park signed\nthe Lake Pact.", day("2021-01-12")),
      claim("person:ines-park", "leads", "state:RUR", "Park, who leads Ruritania, \\ spoke."),
    ],
  );
}
