/** Works out communities and measures beside the page, which stays quick meanwhile. */
import { analyse, type AnalysisInput } from "./analyse.ts";

addEventListener("message", (event: MessageEvent<AnalysisInput>) => {
  postMessage(analyse(event.data));
});
