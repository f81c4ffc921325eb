/** Reports over the time of the whole graph, as bars as high as a line of text. */
import { useReady } from "../app/app-context.ts";
import type { GraphEdge } from "../graph/columns.ts";
import { extentOf } from "../state/visible.ts";
import { dayNumber, longDay, spanText } from "../text/dates.ts";
import { count } from "../text/words.ts";

const BARS = 24;
const HEIGHT = 16;
const WIDTH = 96;

export function Sparkline({ edges, color }: { readonly edges: readonly GraphEdge[]; readonly color: string }) {
  const { data } = useReady();
  const extent = extentOf(data.graph);
  const days = edges.flatMap((edge) => edge.claims.flatMap(({ date }) => date?.start ?? [])).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (!extent || first === undefined || last === undefined) return null;
  const [from, to] = [dayNumber(extent.from), dayNumber(extent.to)];
  const bars = Array.from({ length: BARS }, () => 0);
  for (const day of days) bars[Math.min(BARS - 1, Math.floor(((dayNumber(day) - from) / (to - from + 1)) * BARS))]!++;
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
