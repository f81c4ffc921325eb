/** One small drawing a kind, as SVG path data on a 24 by 24 field: for the graph, the legend and the panels alike. */
import type { EntityKind } from "../../../src/model/graph.ts";

export const PICTOGRAMS: Readonly<Record<EntityKind, string>> = {
  // Head and shoulders.
  person: "M12 3.500a4.200 4.200 0 1 1 0 8.400a4.200 4.200 0 0 1 0-8.400ZM4 20.500c0-4.300 3.400-7 8-7s8 2.700 8 7Z",
  // A flag on its pole.
  state: "M5 2.500h2v19H5ZM8 3.800c3.200-1.500 5.200 1.300 11.500-.4v9.200c-6.300 1.700-8.300-1.100-11.500.4Z",
  // A house of columns.
  organization:
    "M12 2.500 21.500 7.600v1.900h-19V7.600ZM4.500 11h2.600v6.500H4.500ZM10.700 11h2.600v6.500h-2.600ZM16.900 11h2.600v6.500h-2.600ZM2.500 19h19v2.500h-19Z",
  // A written page with its corner turned.
  agreement: "M5 2.500h9.500l4.500 4.500v14.500H5ZM8 10v1.800h8V10ZM8 13.500v1.800h8v-1.800ZM8 17v1.800h5V17Z",
  // A map pin.
  place:
    "M12 2.500c-4.100 0-7.300 3.100-7.300 7.200 0 5.100 7.300 11.800 7.300 11.800s7.300-6.700 7.300-11.800c0-4.100-3.200-7.200-7.300-7.200Zm0 4.600a2.700 2.700 0 1 1 0 5.400a2.700 2.700 0 0 1 0-5.400Z",
};
