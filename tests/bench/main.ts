/** `npm run bench [-- pipeline | export | cypher | viewer]`: how fast the work is done, and in what memory. */
import { parseArgs } from "node:util";
import { benchCypher } from "./cypher.ts";
import { benchExport } from "./export.ts";
import { benchPipeline } from "./pipeline.ts";
import { benchViewer } from "./viewer.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** pipeline: articles in the made corpus. */
    documents: { type: "string", default: "1000" },
    /** export, cypher: size of the made graph. */
    entities: { type: "string", default: "20000" },
    claims: { type: "string", default: "100000" },
    /** viewer: only graphs up to so many nodes. */
    nodes: { type: "string", default: "100000" },
    /** export: formats by name; all when none is named. */
    format: { type: "string", multiple: true, default: [] },
  },
});
const [what = "pipeline", ...rest] = positionals;
if (rest.length > 0 || !["pipeline", "export", "cypher", "viewer"].includes(what))
  throw new Error(`npm run bench -- ${positionals.join(" ")}: take pipeline, export, cypher or viewer`);
if (what === "export") benchExport({ entities: Number(values.entities), claims: Number(values.claims) }, values.format);
else if (what === "cypher") benchCypher({ entities: Number(values.entities), claims: Number(values.claims) });
else if (what === "viewer") await benchViewer(Number(values.nodes));
else benchPipeline(Number(values.documents));
