/** A document's graph as plain JSON with names in place of ids: what `entente extract` prints and evaluation scripts read. */
import type { DocumentGraph, EntityKind, EventDate, Modality, Polarity } from "../model/graph.ts";
import type { SourceDocument, Span } from "../model/text.ts";

/** What is not known is null; every key is always there, in this order. */
export interface DocumentRecord {
  /** `SourceDocument.name`. */
  readonly id: string;
  readonly title: string;
  /** YYYY-MM-DD. */
  readonly date: string | null;
  readonly source: string | null;
  readonly url: string | null;
  readonly entities: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: EntityKind;
    readonly aliases: readonly string[];
    /** ISO 3166-1 alpha-3. */
    readonly country: string | null;
  }[];
  readonly relations: readonly {
    /** Name of an entity above. */
    readonly subject: string;
    readonly relation: string;
    readonly object: string;
    /** YYYY-MM-DD, YYYY-MM or YYYY: as exact as the text is. */
    readonly date: string | null;
    readonly polarity: Polarity;
    readonly modality: Modality;
    /** `sentence` is the document's text from `start` to `end`, in UTF-16 code units. */
    readonly evidence: Span & { readonly sentence: string };
  }[];
}

export function documentRecord(source: SourceDocument, graph: DocumentGraph): DocumentRecord {
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  return {
    id: source.name,
    title: source.title,
    date: source.date ?? null,
    source: source.source ?? null,
    url: source.url ?? null,
    entities: graph.entities.map(({ id, name, kind, aliases, country }) => ({ id, name, kind, aliases, country: country ?? null })),
    relations: graph.claims.map(({ subject, relation, object, date, polarity, modality, evidence }) => {
      const { start, end } = evidence[0].sentence;
      return {
        subject: names.get(subject) ?? subject,
        relation,
        object: names.get(object) ?? object,
        date: date ? shortDate(date) : null,
        polarity,
        modality,
        evidence: { start, end, sentence: source.text.slice(start, end) },
      };
    }),
  };
}

/** A date cut to its precision. */
export function shortDate({ start, precision }: EventDate): string {
  return start.slice(0, precision === "day" ? 10 : precision === "month" ? 7 : 4);
}
