/** `npm run bench`: how fast the pipeline is. `--documents N` sets the size of the made corpus (1000). */
import { parseArgs } from "node:util";
import { benchPipeline } from "./pipeline.ts";

const { values } = parseArgs({ options: { documents: { type: "string", default: "1000" } } });
benchPipeline(Number(values.documents));
