/** The days of all claims laid out so that the graphics card can count those of an edge that lie in a time window. Pure. */
import type { Passing } from "../state/visible.ts";
import type { Columns } from "./columns.ts";

/** Where the days of one drawn edge are. */
export interface DayRange {
  readonly offset: number;
  /** Claims with a date. */
  readonly dated: number;
  readonly undated: number;
}

/**
 * Two numbers a place: the first days of an edge's claims in ascending order, and their last days in ascending order. The claims that
 * touch a window are those that begin by its end, less those that end before its start: two binary searches, whatever the claims.
 */
export interface ClaimDays {
  readonly days: Float32Array;
  /** Of a pair as a whole, and of each edge. */
  readonly ofPair: (pair: number) => DayRange;
  readonly ofEdge: (edge: number) => DayRange;
}

export function claimDays({ edges, pairs }: Columns, passing: Passing): ClaimDays {
  const count = (edge: number) => (passing.first[edge + 1] as number) - (passing.first[edge] as number);
  const pairOffset = new Uint32Array(pairs.size);
  const pairDated = new Uint32Array(pairs.size);
  const pairUndated = new Uint32Array(pairs.size);
  const edgeOffset = new Uint32Array(edges.length);
  let total = 0;
  for (let row = 0; row < pairs.size; row++) {
    const [from, to] = [pairs.first[row] as number, pairs.first[row + 1] as number];
    pairOffset[row] = total;
    for (let at = from; at < to; at++) {
      const edge = pairs.edges[at] as number;
      edgeOffset[edge] = total;
      total += count(edge);
      pairUndated[row]! += passing.undated[edge] as number;
    }
    pairDated[row] = total - (pairOffset[row] as number);
    // The edges of a bundle follow on it, each by itself.
    if (to - from > 1) {
      for (let at = from; at < to; at++) {
        const edge = pairs.edges[at] as number;
        edgeOffset[edge] = total;
        total += count(edge);
      }
    }
  }
  const starts = new Float32Array(total);
  const ends = new Float32Array(total);
  const put = (edge: number, offset: number) => {
    const [from, to] = [passing.first[edge], passing.first[edge + 1]];
    starts.set(passing.start.subarray(from, to), offset);
    ends.set(passing.end.subarray(from, to), offset);
  };
  const sort = (offset: number, length: number) => {
    if (length < 2) return;
    starts.subarray(offset, offset + length).sort();
    ends.subarray(offset, offset + length).sort();
  };
  for (let edge = 0; edge < edges.length; edge++) {
    put(edge, edgeOffset[edge] as number);
    sort(edgeOffset[edge] as number, count(edge));
  }
  for (let row = 0; row < pairs.size; row++) {
    const [from, to] = [pairs.first[row] as number, pairs.first[row + 1] as number];
    if (to - from < 2) continue;
    let offset = pairOffset[row] as number;
    for (let at = from; at < to; at++) {
      put(pairs.edges[at] as number, offset);
      offset += count(pairs.edges[at] as number);
    }
    sort(pairOffset[row] as number, pairDated[row] as number);
  }
  const days = new Float32Array(2 * total);
  for (let at = 0; at < total; at++) {
    days[2 * at] = starts[at] as number;
    days[2 * at + 1] = ends[at] as number;
  }
  return {
    days,
    ofPair: (row) => ({ offset: pairOffset[row] as number, dated: pairDated[row] as number, undated: pairUndated[row] as number }),
    ofEdge: (row) => ({ offset: edgeOffset[row] as number, dated: count(row), undated: passing.undated[row] as number }),
  };
}

/** How many claims of a range a window holds: what the shader computes, for tests and where no shader is. */
export function countInWindow(days: Float32Array, range: DayRange, from: number, to: number, withUndated: boolean): number {
  const search = (least: number, lane: 0 | 1) => {
    let [low, high] = [0, range.dated];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((days[2 * (range.offset + middle) + lane] as number) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return search(to + 1, 0) - search(from, 1) + (withUndated ? range.undated : 0);
}
