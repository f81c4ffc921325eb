/** The few signs of the interface: strokes on a 20 by 20 field, in the colour of the text around them. */
import type { EntityKind } from "../../../src/model/graph.ts";
import { PICTOGRAMS } from "../look/pictograms.ts";

const PATHS = {
  search: "M9 3.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11ZM13.200 13.200 17 17",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12.500 4 6.500 10l6 6",
  undo: "M7 4 3.500 7.500 7 11M3.500 7.500H12a4.500 4.500 0 0 1 0 9H8",
  redo: "M13 4l3.500 3.500L13 11M16.500 7.500H8a4.500 4.500 0 0 0 0 9h4",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  fit: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  layout: "M15.500 6.500A6.500 6.500 0 0 0 4 8M4 4v4h4M4.500 13.500A6.500 6.500 0 0 0 16 12M16 16v-4h-4",
  circle:
    "M10 3.200a6.800 6.800 0 1 1 0 13.600a6.800 6.800 0 0 1 0-13.600ZM10 3.200v.01M15.900 6.600v.01M15.900 13.400v.01M10 16.800v.01M4.100 13.400v.01M4.100 6.600v.01",
  lasso:
    "M6.500 13.500C3.800 12.700 2.500 11 3 8.800 3.600 5.900 7 3.800 10.800 4c3.800.2 6.600 2.400 6.200 5.200-.4 2.900-3.900 4.900-7.900 4.500M6.500 13.500a1.600 1.600 0 1 0 2.600.2M7.500 16c-.2 1-1 1.700-2.200 1.700",
  sun: "M10 6.800a3.200 3.200 0 1 1 0 6.400a3.200 3.200 0 0 1 0-6.400ZM10 2v1.800M10 16.200V18M2 10h1.800M16.200 10H18M4.300 4.300l1.300 1.300M14.400 14.400l1.300 1.300M4.300 15.700l1.300-1.300M14.400 5.600l1.300-1.300",
  moon: "M16 12.200A6.800 6.800 0 0 1 7.800 4a6.600 6.600 0 1 0 8.200 8.200Z",
  download: "M10 3v9M6.500 8.800 10 12.300l3.500-3.500M4 16.500h12",
  filter: "M3 5h14M5.500 10h9M8 15h4",
  external: "M8 4H4v12h12v-4M11.500 4H16v4.500M16 4l-7 7",
  play: "M6.500 4.500v11l9-5.500Z",
  pause: "M7 4.500v11M13 4.500v11",
  down: "M5 8l5 5 5-5",
  document: "M5.500 3h6l3.500 3.500V17h-9.500ZM11.500 3v3.500H15M8 10h4.500M8 13h4.500",
  path: "M5 15.500a1.800 1.800 0 1 0 0-.01M15 4.500a1.800 1.800 0 1 0 0-.01M6.500 14.300c3.500-2.800 2-5.600 7-8.300",
  eye: "M2.500 10S5.300 5 10 5s7.500 5 7.500 5-2.800 5-7.500 5-7.500-5-7.500-5ZM10 8a2 2 0 1 1 0 4a2 2 0 0 1 0-4Z",
  hide: "M3.500 3.500l13 13M8 5.300C13.800 4 17.500 10 17.500 10s-.8 1.400-2.200 2.700M12.500 14.500C6.300 16.300 2.500 10 2.500 10s1-1.800 2.800-3.200",
  focus: "M10 7.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5ZM10 2.500v2.500M10 15v2.500M2.500 10H5M15 10h2.500",
  pin: "M12.500 3 17 7.500l-3.500 1.500-3 4.500L7 10l4-3.500ZM8 12l-4.500 4.500",
  keyboard: "M2.500 5.500h15v9h-15ZM5.500 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01M6.500 11.500h7",
  table: "M3.500 4.500h13v11h-13ZM3.500 8.200h13M3.500 11.800h13M8 8.200v7.300",
  graph:
    "M5.500 14.500a2 2 0 1 0 0-.01M14.500 14.500a2 2 0 1 0 0-.01M10 5.500a2 2 0 1 0 0-.01M9 7.300l-2.700 5.500M11 7.300l2.700 5.500M7.500 14.500h5",
  tools: "M4 6h7M15 6h1M4 14h1M9 14h7M13 4v4M7 12v4",
  compare: "M4 4.500h5v11H4ZM11 4.500h5v11h-5M6 8h1M6 11h1M13 8h1",
  analysis: "M4 16.500h12M5.500 13.500v-3M9 13.500V6M12.500 13.500V9M16 13.500V4",
  query: "M3.500 5.500 8 10l-4.500 4.500M9.500 15h7",
  flag: "M5 17V3.500M5 4h9l-2 3 2 3H5",
  upload: "M10 13V4M6.500 7.500 10 4l3.500 3.500M4 16.500h12",
  link: "M8.500 11.500a3 3 0 0 0 4.300 0l2.700-2.700a3 3 0 0 0-4.300-4.300l-1 1M11.500 8.500a3 3 0 0 0-4.300 0l-2.700 2.700a3 3 0 0 0 4.300 4.300l1-1",
  help: "M10 2.800a7.200 7.200 0 1 1 0 14.400a7.200 7.200 0 0 1 0-14.400ZM7.800 8a2.200 2.200 0 1 1 3.200 2c-.7.400-1 .8-1 1.600M10 14v.2",
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative: the control around it bears the name. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth="1.600" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** The disc that stands for an entity kind everywhere: in the graph, the legend and the lists. */
export function KindMark({ kind, color, size = 20 }: { readonly kind: EntityKind; readonly color: string; readonly size?: number }) {
  return (
    <svg className="kind-mark" width={size} height={size} viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <circle cx="20" cy="20" r="20" fill={color} />
      <path d={PICTOGRAMS[kind]} fill="#fff" fillRule="evenodd" transform="translate(8.500 8.200) scale(.96)" />
    </svg>
  );
}

/** A relation's line as the graph draws it. */
export function LineMark({
  color,
  dash,
  arrow = true,
}: {
  readonly color: string;
  readonly dash?: string | undefined;
  readonly arrow?: boolean;
}) {
  return (
    <svg className="line-mark" width="26" height="12" viewBox="0 0 26 12" aria-hidden="true" focusable="false">
      <path d={arrow ? "M1 6h17" : "M1 6h24"} stroke={color} strokeWidth="2.400" strokeDasharray={dash} fill="none" />
      {arrow && <path d="M17 1.500 25 6l-8 4.500Z" fill={color} />}
    </svg>
  );
}
