/** Time cut into bars: days, weeks, months, quarters or years, whichever gives a readable number of them. */
import type { OntologyAnswer } from "../../../src/model/api.ts";
import type { DatedClaims } from "../state/visible.ts";
import type { Window } from "../state/state.ts";
import { dayNumber, dayOf } from "./dates.ts";

export interface Bin {
  /** Days, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Claims by family; one that may lie in several bins counts in each by its share. */
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
}

export type Unit = "day" | "week" | "month" | "quarter" | "year";

const MOST_BINS = 72;
/** Fewer bars than this are wider than they are telling: empty time is shown around them. */
const FEWEST_BINS = 28;
const UNITS: readonly (readonly [Unit, number])[] = [
  ["day", 1],
  ["week", 7],
  ["month", 30],
  ["quarter", 91],
  ["year", 365],
];

/** The finest unit that needs no more than about 70 bars. */
export function unitFor(extent: Window): Unit {
  const days = dayNumber(extent.to) - dayNumber(extent.from) + 1;
  return UNITS.find(([, length]) => days / length <= MOST_BINS)?.[0] ?? "year";
}

function startOf(unit: Unit, day: string): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  switch (unit) {
    case "day":
      return day;
    case "week": {
      // Weeks begin on Monday; 1970-01-01 was a Thursday.
      const number = dayNumber(day);
      return dayOf(number - ((((number + 3) % 7) + 7) % 7));
    }
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "quarter":
      return `${year}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
    case "year":
      return `${year}-01-01`;
  }
}

function nextStart(unit: Unit, start: string): string {
  if (unit === "day" || unit === "week") return dayOf(dayNumber(start) + (unit === "day" ? 1 : 7));
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  const date = new Date(`${start}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** Whole units over the extent, empty time around when they are few. */
function emptyBins(unit: Unit, extent: Window): Window[] {
  const bins: Window[] = [];
  const bin = (from: string): Window => ({ from, to: dayOf(dayNumber(nextStart(unit, from)) - 1) });
  for (let from = startOf(unit, extent.from); from <= extent.to; from = nextStart(unit, from)) bins.push(bin(from));
  for (let missing = FEWEST_BINS - bins.length; missing > 0; missing--) {
    const [first, last] = [bins[0] as Window, bins.at(-1) as Window];
    if (missing % 2 === 0) bins.unshift(bin(startOf(unit, dayOf(dayNumber(first.from) - 1))));
    else bins.push(bin(nextStart(unit, last.from)));
  }
  return bins;
}

/** Bars over the extent, which holds all the claims. */
export function binsOf({ start, end, family }: DatedClaims, families: OntologyAnswer["families"], extent: Window): readonly Bin[] {
  const bins = emptyBins(unitFor(extent), extent);
  const zero = dayNumber((bins[0] as Window).from);
  // Which bar each day is in.
  const barOf = new Uint16Array(dayNumber((bins.at(-1) as Window).to) - zero + 1);
  bins.forEach(({ from, to }, bar) => barOf.fill(bar, dayNumber(from) - zero, dayNumber(to) - zero + 1));
  const width = families.length + 1;
  const counts = new Float64Array(bins.length * width);
  for (let claim = 0; claim < start.length; claim++) {
    const first = barOf[(start[claim] as number) - zero] as number;
    const last = barOf[(end[claim] as number) - zero] as number;
    const share = 1 / (last - first + 1);
    for (let bar = first; bar <= last; bar++) counts[bar * width + (family[claim] as number)]! += share;
  }
  return bins.map(({ from, to }, bar) => {
    const row = counts.subarray(bar * width, (bar + 1) * width);
    return {
      from,
      to,
      counts: new Map(families.map(({ family }, i) => [family, row[i] as number] as const).filter(([, count]) => count > 0)),
      total: row.reduce((sum, count) => sum + count, 0),
    };
  });
}
