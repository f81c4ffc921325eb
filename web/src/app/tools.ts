/** The tools that open in the panel, for the menu and the search box. */
import { select, type Selection, type Update } from "../state/state.ts";
import type { IconName } from "./icons.tsx";

export const TOOL_NAMES = ["query", "path", "comparison", "analysis"] as const;
export type Tool = (typeof TOOL_NAMES)[number];

export const TOOLS: readonly { readonly tool: Tool; readonly title: string; readonly about: string; readonly icon: IconName }[] = [
  { tool: "path", title: "Find a path", about: "how two or more entities are connected", icon: "path" },
  { tool: "comparison", title: "Compare", about: "two periods, or two outlets", icon: "compare" },
  { tool: "analysis", title: "Analyse", about: "communities, and who stands in the middle", icon: "analysis" },
  { tool: "query", title: "Query", about: "ask in openCypher", icon: "query" },
];

/** Opens a tool; a path begins at the entity that is selected. */
export function openTool(tool: Tool): Update {
  return (state) => {
    const selection: Selection =
      tool === "query"
        ? { type: "query", statement: "" }
        : tool === "path"
          ? { type: "path", stops: state.selection.type === "entity" ? [state.selection.id] : [] }
          : { type: tool };
    return select(selection)(state);
  };
}
