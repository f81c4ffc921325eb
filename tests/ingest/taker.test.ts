/** Documents taken in by turns over two doors of one database: each knows what came in by the other. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeTaker, type Taker } from "../../src/ingest/taker.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { openStore } from "../../src/store/sqlite.ts";
import { temporaryFolder } from "../store/temporary.ts";

const TOLD = [
  "Foreign Minister Zoran Petrovski of North Macedonia met Prime Minister Lena Horvatova of Slovakia in Skopje on 3 May 2021.",
  "Foreign Minister Pavel Dragunov of Belarus visited Skopje on 4 May 2021. Dragunov spoke with Zoran Petrovski.",
  "Pavel Dragunov met Lena Horvatova on 6 May 2021. Horvatova thanked Dragunov.",
];

it("gives the graph that one door gives", () => {
  const knowledge = loadKnowledge();
  const folder = temporaryFolder();
  const graphOf = (name: string, takers: (file: string) => readonly Taker[]): unknown => {
    const file = join(folder, name);
    const doors = takers(file);
    TOLD.forEach((text, index) => {
      const { status } = doors[index % doors.length]!.take({
        bytes: Buffer.from(text),
        name: `told-${index}`,
        given: { date: "2021-05-07" },
      });
      expect(status).toBe("created");
    });
    for (const door of doors) door.close();
    const store = openStore(file, { symmetric: [] });
    const graph = [[...store.entities()], [...store.judgements()]];
    store.close();
    return graph;
  };
  const one = graphOf("one.db", (file) => [makeTaker(file, knowledge)]);
  const two = graphOf("two.db", (file) => [makeTaker(file, knowledge), makeTaker(file, knowledge)]);
  expect(two).toEqual(one);
  expect(one).toMatchObject([
    expect.arrayContaining([expect.objectContaining({ name: "Pavel Dragunov", documents: 2 })]),
    expect.anything(),
  ]);
});
