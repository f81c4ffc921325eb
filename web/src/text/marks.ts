/** Cuts a text into pieces so that spans that overlap or nest can all be marked. */
import type { Span } from "../../../src/model/text.ts";

export interface Piece<T> {
  /** Offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** The spans that cover the piece, the widest first. */
  readonly covers: readonly T[];
}

/**
 * The range cut at every span's border: consecutive pieces that together are the range.
 * Empty spans and what lies outside the range are left out.
 */
export function pieces<T extends Span>(range: Span, spans: readonly T[]): Piece<T>[] {
  const inside = spans.filter((span) => span.start < span.end && span.start < range.end && span.end > range.start);
  const borders = new Set([range.start, range.end]);
  for (const span of inside) {
    borders.add(Math.max(span.start, range.start));
    borders.add(Math.min(span.end, range.end));
  }
  const cuts = [...borders].toSorted((a, b) => a - b);
  const widestFirst = inside.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] as number;
    return { start, end, covers: widestFirst.filter((span) => span.start <= start && span.end >= end) };
  });
}
