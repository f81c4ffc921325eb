/** The SQLite store keeps the contract. */
import { join } from "node:path";
import { openStore } from "../../src/store/sqlite.ts";
import { SYMMETRIC } from "../store/story.ts";
import { makeFolder, removeFolder } from "../store/temporary.ts";
import { describeStore } from "./store.ts";

describeStore("SQLite", () => {
  const folder = makeFolder();
  const open = () => openStore(join(folder, "graph.db"), { symmetric: SYMMETRIC });
  return { open, reopen: open, dispose: () => removeFolder(folder) };
});
