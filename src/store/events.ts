/** Which claims, of one document or of many, are reports of one event: the same entities, relation and day, whatever the documents call them. */
import { createHash } from "node:crypto";
import type { Connection } from "./driver.ts";

interface Row {
  readonly key: number;
  /** The key that the claim's document gives. */
  readonly said: string;
  readonly event: string;
  readonly relation: string;
  readonly edge: number | null;
  /** The day it began; the document's id where that is not known. */
  readonly day: string;
  /** Ids of the surviving nodes. */
  readonly subject: string;
  readonly object: string;
}

/**
 * Gives a document's claims the keys of their events. Claims that the document says are of one event are counted together for who takes
 * part in it.
 * @returns edges with claims whose key changed.
 */
export function nameEvents(connection: Connection, document: number): Set<number> {
  const claims = connection.all<Row>(
    `SELECT claim.key, claim.said_event AS said, claim.event, claim.relation, claim.edge, coalesce(claim.date_start, document.id) AS day,
       one.id AS subject, other.id AS object
     FROM claim JOIN document ON document.key = claim.document
     JOIN appearance AS s ON s.key = claim.subject JOIN node AS sn ON sn.key = s.node JOIN node AS one ON one.key = sn.survivor
     JOIN appearance AS o ON o.key = claim.object JOIN node AS en ON en.key = o.node JOIN node AS other ON other.key = en.survivor
     WHERE claim.document = ? AND claim.said_event IS NOT NULL`,
    [document],
  );
  const parties = new Map<string, Set<string>>();
  for (const { said, subject, object } of claims) {
    const all = parties.get(said) ?? new Set();
    parties.set(said, all.add(subject).add(object));
  }
  const touched = new Set<number>();
  for (const { key, said, event, relation, edge, day } of claims) {
    const now = eventKey(parties.get(said) as Set<string>, relation, said.startsWith("standing:") ? undefined : day);
    if (now === event) continue;
    connection.run("UPDATE claim SET event = ? WHERE key = ?", [now, key]);
    if (edge !== null) touched.add(edge);
  }
  return touched;
}

/**
 * The key of an event.
 * @param parties ids of the surviving nodes that take part, in any order
 * @param day the day it began, or the document's id where that is not known; undefined for a standing fact, which has none
 */
export function eventKey(parties: ReadonlySet<string>, relation: string, day: string | undefined): string {
  const named = [...[...parties].sort(), relation, day ?? ""].join("|");
  return `${day === undefined ? "standing" : "event"}:${createHash("sha256").update(named).digest("hex").slice(0, 16)}`;
}
