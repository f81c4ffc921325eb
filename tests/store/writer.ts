/** Run as a process of its own: commits documents without end and says each one's number when it has been acknowledged. */
import { openStore } from "../../src/store/sqlite.ts";
import { commit, SYMMETRIC, story } from "./story.ts";

const store = openStore(process.argv[2] as string, { symmetric: SYMMETRIC });
const first = store.stats().documents;
for (let number = first; ; number += 1) {
  commit(
    store,
    story({
      name: `report-${number}`,
      sentences: [`Ines Park met Omar Diallo for the ${number}th time.`, "word ".repeat(2000)],
      entities: { "Ines Park": "person", "Omar Diallo": "person" },
      claims: [["Ines Park", "met-with", "Omar Diallo", "met"]],
    }),
  );
  process.stdout.write(`${number}\n`);
}
