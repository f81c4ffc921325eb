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
  /** Pairs whose days lie elsewhere than they did before, by rows; absent where nothing was there before. */
  readonly moved?: readonly number[];
  /** Of a pair as a whole, and of each edge. */
  readonly ofPair: (pair: number) => DayRange;
  readonly ofEdge: (edge: number) => DayRange;
  /** The same by rows. */
  readonly pairs: { readonly offset: Uint32Array; readonly dated: Uint32Array; readonly undated: Uint32Array };
  readonly edgeOffset: Uint32Array;
}

/** What there was before: pairs whose claims are the same stay where they are. */
export interface Before {
  readonly days: ClaimDays;
  readonly passing: Passing;
}

/** Each claim takes two places at most. Where there are more places than this for each, all are laid out anew. */
const MOST_PLACES = 2.5;

/** @param before of the same columns, or of some that these are more of */
export function claimDays(columns: Columns, passing: Passing, before?: Before): ClaimDays {
  const { edges, pairs } = columns;
  const count = (edge: number) => (passing.first[edge + 1] as number) - (passing.first[edge] as number);
  const moved: number[] = [];
  const pairOffset = new Uint32Array(pairs.size);
  const pairDated = new Uint32Array(pairs.size);
  const pairUndated = new Uint32Array(pairs.size);
  const edgeOffset = new Uint32Array(edges.length);
  const start = (before?.days.days.length ?? 0) / 2;
  let total = start;
  // Where edges were only added, the pairs that were there are as they were.
  let same = 0;
  if (before && begins(passing, before.passing)) {
    const { days } = before;
    if (pairs.first[days.pairs.offset.length] === days.edgeOffset.length) same = days.pairs.offset.length;
  }
  if (before && same > 0) {
    pairOffset.set(before.days.pairs.offset);
    pairDated.set(before.days.pairs.dated);
    pairUndated.set(before.days.pairs.undated);
    edgeOffset.set(before.days.edgeOffset);
  }
  for (let row = same; row < pairs.size; row++) {
    const [from, to] = [pairs.first[row] as number, pairs.first[row + 1] as number];
    if (before && sameClaims(columns, row, passing, before.passing)) {
      const range = before.days.ofPair(row);
      [pairOffset[row], pairDated[row], pairUndated[row]] = [range.offset, range.dated, range.undated];
      for (let at = from; at < to; at++) {
        const edge = pairs.edges[at] as number;
        edgeOffset[edge] = before.days.edgeOffset[edge] as number;
      }
      continue;
    }
    moved.push(row);
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
  if (before && start > passing.start.length * MOST_PLACES) return claimDays(columns, passing);
  const starts = new Float32Array(total - start);
  const ends = new Float32Array(total - start);
  const put = (edge: number, offset: number) => {
    const [from, to] = [passing.first[edge], passing.first[edge + 1]];
    starts.set(passing.start.subarray(from, to), offset - start);
    ends.set(passing.end.subarray(from, to), offset - start);
  };
  const sort = (offset: number, length: number) => {
    if (length < 2) return;
    starts.subarray(offset - start, offset - start + length).sort();
    ends.subarray(offset - start, offset - start + length).sort();
  };
  for (const row of moved) {
    const members = pairs.edges.subarray(pairs.first[row], pairs.first[row + 1]);
    for (const edge of members) {
      put(edge, edgeOffset[edge] as number);
      sort(edgeOffset[edge] as number, count(edge));
    }
    if (members.length < 2) continue;
    let offset = pairOffset[row] as number;
    for (const edge of members) {
      put(edge, offset);
      offset += count(edge);
    }
    sort(pairOffset[row] as number, pairDated[row] as number);
  }
  // What is the same as before is no other array: it would be uploaded once more.
  const days = before && total === start ? before.days.days : new Float32Array(2 * total);
  if (before && total > start) days.set(before.days.days);
  for (let at = start; at < total; at++) {
    days[2 * at] = starts[at - start] as number;
    days[2 * at + 1] = ends[at - start] as number;
  }
  return {
    days,
    ...(before ? { moved } : {}),
    ofPair: (row) => ({ offset: pairOffset[row] as number, dated: pairDated[row] as number, undated: pairUndated[row] as number }),
    ofEdge: (row) => ({ offset: edgeOffset[row] as number, dated: count(row), undated: passing.undated[row] as number }),
    pairs: { offset: pairOffset, dated: pairDated, undated: pairUndated },
    edgeOffset,
  };
}

/** Whether the same claims pass of all edges that there were, and further edges follow. */
function begins(now: Passing, then: Passing): boolean {
  const isSame = (part: "first" | "undated" | "start" | "end") => {
    const [longer, shorter] = [now[part], then[part]];
    if (longer.length < shorter.length) return false;
    for (let at = 0; at < shorter.length; at++) if (longer[at] !== shorter[at]) return false;
    return true;
  };
  return isSame("first") && isSame("undated") && isSame("start") && isSame("end");
}

/** Whether the same claims of a pair pass as before. */
function sameClaims({ pairs }: Columns, pair: number, now: Passing, then: Passing): boolean {
  for (let at = pairs.first[pair] as number; at < (pairs.first[pair + 1] as number); at++) {
    const edge = pairs.edges[at] as number;
    // An edge that is new.
    if (edge >= then.undated.length || now.undated[edge] !== then.undated[edge]) return false;
    const [from, before] = [now.first[edge] as number, then.first[edge] as number];
    const length = (now.first[edge + 1] as number) - from;
    if (length !== (then.first[edge + 1] as number) - before) return false;
    for (let i = 0; i < length; i++)
      if (now.start[from + i] !== then.start[before + i] || now.end[from + i] !== then.end[before + i]) return false;
  }
  return true;
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
