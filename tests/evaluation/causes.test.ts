import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answerOf } from "../../src/evaluation/answer.ts";
import { countCauses, faultsOf } from "../../src/evaluation/causes.ts";
import { comparison, readSheet, scoreSheet, sheetText } from "../../src/evaluation/comparison.ts";
import { asFile, type GoldDocument, type GoldRelation, scoreGraphs } from "../../src/evaluation/gold.ts";
import { byFamily } from "../../src/evaluation/report.ts";
import { process as readDocument } from "../../src/ingest/process.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { loadReader } from "../../src/nlp/reader.ts";

const knowledge = loadKnowledge();
const reader = loadReader();

const TEXT =
  "Maria Lopez met Omar Diallo in Oslo on Tuesday. She later phoned somebody in Kenya. Norway attacked Kenya. Norway will not recognise Kenya.";

function marked(relations: readonly GoldRelation[]): GoldDocument {
  const entities = [
    { name: "Maria Lopez", kind: "person" },
    { name: "Omar Diallo", kind: "person" },
    { name: "Norway", kind: "state" },
    { name: "Kenya", kind: "state" },
    { name: "Oslo", kind: "place" },
    { name: "Ilmarinen Council", kind: "organization" },
  ];
  return { id: "x", title: "", date: "2021-01-14", source: "", text: TEXT, entities, relations };
}

/** Causes of a document's faults with these marks. */
function causes(relations: readonly GoldRelation[]) {
  const gold = marked(relations);
  const answer = answerOf(readDocument(asFile(gold), "x.md", knowledge, reader));
  const scores = scoreGraphs([gold], [answer], knowledge.relations);
  return { scores, faults: faultsOf([{ gold, answer }], scores, knowledge) };
}

/** A mark whose evidence is the sentence that begins with these words. */
function mark(subject: string, relation: string, object: string, sentence: string, rest: Partial<GoldRelation> = {}): GoldRelation {
  const start = TEXT.indexOf(sentence);
  return { subject, relation, object, evidence: [start, TEXT.indexOf(".", start) + 1], ...rest };
}

const RIGHT = [
  mark("Maria Lopez", "met-with", "Omar Diallo", "Maria", { date: "2021-01-12" }),
  mark("Norway", "attacked", "Kenya", "Norway attacked"),
  mark("Norway", "recognized", "Kenya", "Norway will", { polarity: "negated", modality: "planned" }),
];

describe("causes", () => {
  it("are none where all is right", () => {
    const { missed, wrong, attributes } = causes(RIGHT).faults;
    expect([missed, wrong, attributes]).toEqual([[], [], []]);
  });

  it("of a miss say which end was not found and how the sentence speaks of it", () => {
    const { missed } = causes([
      ...RIGHT,
      mark("Ilmarinen Council", "supported", "Kenya", "Norway attacked"),
      mark("Omar Diallo", "visited", "Kenya", "She later"),
      mark("Norway", "praised", "Kenya", "Norway attacked"),
      mark("Norway", "condemned", "Kenya", "Maria"),
    ]).faults;
    expect(missed.map(({ relation, cause }) => [relation.relation, cause])).toEqual([
      ["supported", "subject: its name was not recognised"],
      ["visited", "subject: pronoun joined to another"],
      ["praised", "another relation drawn between the two"],
      ["condemned", "both ends: nothing in the sentence was joined to them"],
    ]);
  });

  it("of a wrong relation say what is marked instead", () => {
    const { wrong } = causes([
      mark("Maria Lopez", "praised", "Omar Diallo", "Maria"),
      mark("Kenya", "attacked", "Norway", "Norway attacked"),
    ]).faults;
    expect(wrong.map(({ relation, cause }) => [relation.relation, cause])).toEqual([
      ["met-with", "wrong relation between the right two"],
      ["attacked", "the wrong way round"],
      ["recognized", "nothing marked here: the two are related elsewhere"],
    ]);
  });

  it("of an attribute say what was taken for what", () => {
    const [met, attacked, recognized] = RIGHT as [GoldRelation, GoldRelation, GoldRelation];
    const { attributes } = causes([
      { ...met, date: "2021-01" },
      { ...attacked, modality: "alleged" },
      { ...recognized, polarity: "affirmed" },
    ]).faults;
    expect(countCauses(attributes)).toEqual([
      ["date: of another precision", 1],
      ["modality: alleged taken as happened", 1],
      ["polarity: taken as denied", 1],
    ]);
  });
});

describe("sheets of figures", () => {
  const before = causes(RIGHT.slice(0, 2));
  const now = causes(RIGHT);
  const sheets = [before, now].map(({ scores, faults }) =>
    scoreSheet(
      [
        { name: "some", scores, faults },
        { name: "measured", scores },
      ],
      knowledge,
    ),
  );

  it("add up relations by the ontology's families", () => {
    const families = byFamily(now.scores, knowledge);
    expect([...families.keys()].sort()).toEqual(["support", "talks", "violence"]);
    expect(families.get("talks")).toMatchObject({ right: 1, given: 1, wanted: 1 });
  });

  it("hold no errors of a part that is only measured", () => {
    expect(Object.keys(sheets[1]?.["measured"] ?? {})).toEqual(["figures", "attributes"]);
  });

  it("are read again as they were written, and show what has changed", () => {
    const folder = mkdtempSync(join(tmpdir(), "entente-sheet-"));
    try {
      const file = join(folder, "before.json");
      writeFileSync(file, sheetText(sheets[0] ?? {}));
      const read = readSheet(file);
      expect(read).toEqual(sheets[0]);
      const lines = comparison(read, sheets[1] ?? {}, "before").split("\n");
      expect(
        lines
          .find((line) => line.startsWith("| support "))
          ?.split("|")
          .map((cell) => cell.trim()),
      ).toEqual(["", "support", "1", "0 -> 1", "1 -> 0", "0.0 -> 100.0", "0.0 -> 100.0", "0.0 -> 100.0", ""]);
      expect(lines.some((line) => line.startsWith("| attacked "))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("that do not exist are named", () => {
    expect(() => readSheet("no-such-state")).toThrow(/no-such-state/);
  });
});
