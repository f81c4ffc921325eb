/** Reports over the time of the whole graph, as bars as high as a line of text. */
import { useReady } from "../app/app-context.ts";
import { columnsOf, UNDATED } from "../graph/columns.ts";
import { extentOf } from "../state/visible.ts";
import { dayNumber, dayOf, longDay, spanText } from "../text/dates.ts";
import { count } from "../text/words.ts";

const BARS = 24;
const HEIGHT = 16;
const WIDTH = 96;

/** @param edges ids; those that are not loaded do not count */
export function Sparkline({ edges, color }: { readonly edges: readonly string[]; readonly color: string }) {
  const { data } = useReady();
  const extent = extentOf(data.graph);
  const { edgeRow, firstClaim, start } = columnsOf(data.graph);
  const days = edges.flatMap((id) => {
    const row = edgeRow.get(id);
    return row === undefined ? [] : [...start.subarray(firstClaim[row], firstClaim[row + 1])].filter((day) => day !== UNDATED);
  });
  if (!extent || days.length === 0) return null;
  const [first, last] = [dayOf(Math.min(...days)), dayOf(Math.max(...days))];
  const [from, to] = [dayNumber(extent.from), dayNumber(extent.to)];
  const bars = Array.from({ length: BARS }, () => 0);
  for (const day of days) bars[Math.min(BARS - 1, Math.floor(((day - from) / (to - from + 1)) * BARS))]!++;
  const tallest = Math.max(...bars);
  return (
    <svg
      className="sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${count(days.length, "dated report")}, ${first === last ? longDay(first) : spanText(first, last)}`}
    >
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} className="sparkline-base" />
      {bars.map(
        (value, place) =>
          value > 0 && (
            <rect
              // Bars have no name but their place.
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              x={(place * WIDTH) / BARS}
              width={WIDTH / BARS - 1}
              y={HEIGHT - 1 - Math.max(2, (value / tallest) * (HEIGHT - 3))}
              height={Math.max(2, (value / tallest) * (HEIGHT - 3))}
              fill={color}
            />
          ),
      )}
    </svg>
  );
}
