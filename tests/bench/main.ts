/** `npm run bench [-- pipeline | graph | export | cypher | viewer]`: how fast the work is done, and in what memory. */
import { parseArgs } from "node:util";
import { benchCypher } from "./cypher.ts";
import { benchExport } from "./export.ts";
import { benchHttp } from "./http.ts";
import { benchPipeline } from "./pipeline.ts";
import { benchViewer } from "./viewer.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** pipeline: articles in the made corpus. */
    documents: { type: "string", default: "1000" },
    /** graph, export, cypher: size of the made graph. */
    entities: { type: "string", default: "20000" },
    claims: { type: "string", default: "100000" },
    /** graph: requests of each kind, and seconds of mixed ones. */
    repeats: { type: "string", default: "1000" },
    seconds: { type: "string", default: "20" },
    /** viewer: only graphs up to so many nodes. */
    nodes: { type: "string", default: "100000" },
    /** export: formats by name; all when none is named. */
    format: { type: "string", multiple: true, default: [] },
  },
});
const [what = "pipeline", ...rest] = positionals;
const size = { entities: Number(values.entities), claims: Number(values.claims) };
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  pipeline: () => benchPipeline(Number(values.documents)),
  graph: () => benchHttp(size, { repeats: Number(values.repeats), seconds: Number(values.seconds) }),
  export: () => benchExport(size, values.format),
  cypher: () => benchCypher(size),
  viewer: () => benchViewer(Number(values.nodes)),
};
const bench = rest.length === 0 ? benches[what] : undefined;
if (bench === undefined) throw new Error(`npm run bench -- ${positionals.join(" ")}: take ${Object.keys(benches).join(", ")}`);
await bench();
