/** Part of the build: keeps our knowledge as it was read and checked. */
import { compile } from "./compiled.ts";
import { loadKnowledge } from "./knowledge.ts";

compile(loadKnowledge());
