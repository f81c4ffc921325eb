/** Time cut into bars: days, weeks, months, quarters or years, whichever gives a readable number of them. */
import type { DatedClaim } from "../state/visible.ts";
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

interface OpenBin extends Bin {
  readonly counts: Map<string, number>;
  total: number;
}

function emptyBin(unit: Unit, from: string): OpenBin {
  return { from, to: dayOf(dayNumber(nextStart(unit, from)) - 1), counts: new Map(), total: 0 };
}

/** Bars over the extent, whole units, empty ones included, and empty time around when they are few. */
export function binsOf(claims: readonly DatedClaim[], extent: Window): readonly Bin[] {
  const unit = unitFor(extent);
  const bins: OpenBin[] = [];
  for (let from = startOf(unit, extent.from); from <= extent.to; ) {
    const bin = emptyBin(unit, from);
    bins.push(bin);
    from = dayOf(dayNumber(bin.to) + 1);
  }
  for (let missing = FEWEST_BINS - bins.length; missing > 0; missing--) {
    const first = bins[0]?.from ?? extent.from;
    const last = bins.at(-1)?.to ?? extent.to;
    if (missing % 2 === 0) bins.unshift(emptyBin(unit, startOf(unit, dayOf(dayNumber(first) - 1))));
    else bins.push(emptyBin(unit, dayOf(dayNumber(last) + 1)));
  }
  for (const { date, family } of claims) {
    const touched = bins.filter((bin) => date.start <= bin.to && date.end >= bin.from);
    for (const bin of touched) {
      bin.counts.set(family, (bin.counts.get(family) ?? 0) + 1 / touched.length);
      bin.total += 1 / touched.length;
    }
  }
  return bins;
}
