/** Knowledge is read, checked and refused by file, line and field; a user's folder goes through the same door. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foldedWords } from "../../src/knowledge/fold.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { OfficeHolder, Title } from "../../src/knowledge/types.ts";
import { KnownError } from "../../src/model/errors.ts";
import { ENTITY_KINDS } from "../../src/model/graph.ts";

const knowledge = loadKnowledge();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entente-knowledge-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, content: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

it("is the same as the build keeps it", async () => {
  const built = (await import(
    new URL("../../dist/knowledge/compiled.js", import.meta.url).href
  )) as typeof import("../../src/knowledge/compiled.ts");
  const kept = built.compiled(knowledge.version);
  expect(kept).toEqual(knowledge);
  expect([kept, kept?.states.get("TUR"), kept?.rules, kept?.rules[0]].every(Object.isFrozen)).toBe(true);
  expect(built.compiled("of other files")).toBeUndefined();
});

function refusal(): KnownError {
  try {
    loadKnowledge([folder]);
  } catch (error) {
    if (error instanceof KnownError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

describe("our own files", () => {
  it("all load and are not empty", () => {
    const { kinds, families, roles, relations, states, organizations, places, agreements, offices, titles, givenNames, agreementNouns } =
      knowledge;
    for (const list of [kinds, families, roles, organizations, places, agreements, offices, titles]) expect(list.length).toBeGreaterThan(0);
    for (const set of [relations, states, givenNames, agreementNouns]) expect(set.size).toBeGreaterThan(0);
    expect(knowledge.version).toMatch(/^[0-9a-f]{64}$/);
  });

  it("are read the same way every time, and frozen", () => {
    expect(loadKnowledge().version).toBe(knowledge.version);
    expect(Object.isFrozen(knowledge)).toBe(true);
    expect(Object.isFrozen(knowledge.states.get("TUR"))).toBe(true);
    expect(Object.isFrozen(knowledge.organizations)).toBe(true);
  });
});

describe("ontology", () => {
  it("has every kind of node, in colours of their own", () => {
    expect(knowledge.kinds.map(({ kind }) => kind).sort()).toEqual([...ENTITY_KINDS].sort());
    expect(new Set(knowledge.kinds.map(({ color }) => color)).size).toBe(5);
    expect(new Set(knowledge.families.map(({ color }) => color)).size).toBe(knowledge.families.length);
  });

  it("uses every family, and gives every event a CAMEO code and no standing fact one", () => {
    const relations = [...knowledge.relations.values()];
    expect(new Set(relations.map(({ family }) => family))).toEqual(new Set(knowledge.families.map(({ family }) => family)));
    for (const { name, structure, cameo, plover } of relations) {
      expect([name, cameo !== "", plover !== "STRUCTURE"]).toEqual([name, !structure, !structure]);
    }
  });

  it.each(["spoke-with", "met-with", "negotiated-with", "agreed-with", "cooperated-with", "allied-with"])("%s is symmetric", (name) => {
    const relation = knowledge.relations.get(name);
    expect(relation?.symmetric).toBe(true);
    expect(relation?.inverse).toBe(relation?.label);
  });
});

describe("states", () => {
  const states = [...knowledge.states.values()];
  const today = states.filter(({ to }) => to === undefined);

  it("are the 193 members of the United Nations, four others, and two in free association", () => {
    expect(today).toHaveLength(199);
  });

  it("have a name, an adjective and a capital, and only forms of their own are marked ambiguous", () => {
    for (const state of states) {
      expect([state.code, state.name !== "", state.adjectives.length > 0, state.capital !== ""]).toEqual([state.code, true, true, true]);
      const { name, names, adjectives, people, capital, capitalNames, seats } = state;
      expect([name, ...names, ...adjectives, ...people, capital, ...capitalNames, ...seats]).toEqual(
        expect.arrayContaining([...state.ambiguous]),
      );
    }
  });

  it("share no name but one that is marked ambiguous", () => {
    expect(
      shared(
        today,
        (state) => [state.name, ...state.names],
        (state) => state.ambiguous,
      ),
    ).toEqual([]);
    expect(
      shared(
        today,
        (state) => state.adjectives,
        (state) => state.ambiguous,
      ),
    ).toEqual([]);
  });

  it.each([
    ["Türkiye", "TUR"],
    ["U.S.", "USA"],
    ["DPRK", "PRK"],
    ["Czechia", "CZE"],
    ["Burma", "MMR"],
    ["Côte d'Ivoire", "CIV"],
    ["Holy See", "VAT"],
  ])("%s is %s", (name, code) => {
    expect(states.filter((state) => state.name === name || state.names.includes(name)).map((state) => state.code)).toEqual([code]);
  });
});

describe("organizations, agreements and places", () => {
  it("share no name", () => {
    expect(shared(knowledge.organizations, ({ name, names }) => [name, ...names])).toEqual([]);
    expect(shared(knowledge.agreements, ({ name, names }) => [name, ...names])).toEqual([]);
  });

  it("no place has the name of another in the same state", () => {
    expect(shared(knowledge.places, ({ name, names, country }) => [name, ...names].map((form) => `${form} (${country ?? ""})`))).toEqual(
      [],
    );
  });
});

describe("offices", () => {
  /** Longest time in days that a handover may take to be told of: two sources, two days. */
  const HANDOVER = 3;

  it("are held by one person at a time", () => {
    const single = new Set<OfficeHolder["office"]>(["head-of-government", "foreign-minister", "defence-minister", "chief"]);
    const overlaps: string[] = [];
    const series = new Map<string, OfficeHolder[]>();
    for (const one of knowledge.offices.filter(({ office }) => single.has(office))) {
      const office = `${one.state ?? one.organization ?? ""} ${one.office} ${one.office === "chief" ? one.title : ""}`;
      series.set(office, [...(series.get(office) ?? []), one]);
    }
    for (const [office, holders] of series) {
      const terms = [...holders].sort((a, b) => (a.from < b.from ? -1 : 1));
      terms.forEach((term, index) => {
        const next = terms[index + 1];
        if (next !== undefined && (term.to === undefined || days(term.to, "first") - days(next.from, "last") > HANDOVER)) {
          overlaps.push(`${office}: ${term.holder} to ${term.to ?? "now"}, ${next.holder} from ${next.from}`);
        }
      });
    }
    expect(overlaps).toEqual([]);
  });

  it("bear titles that titles.yaml knows", () => {
    const titles = new Set(knowledge.titles.map(({ title }: Title) => title));
    const unknown = new Set(knowledge.offices.map(({ title }) => title).filter((title) => !titles.has(title)));
    expect([...unknown]).toEqual([]);
  });

  it.each([
    ["TUR", "head-of-state", "2021-06-01", "Recep Tayyip Erdoğan"],
    ["USA", "foreign-minister", "1978-09-17", "Cyrus Vance"],
    ["GBR", "head-of-government", "1982-04-02", "Margaret Thatcher"],
    ["RUS", "head-of-state", "2010-04-08", "Dmitry Medvedev"],
    ["ARM", "head-of-government", "2020-11-09", "Nikol Pashinyan"],
    ["EGY", "head-of-state", "1979-03-26", "Anwar Sadat"],
  ])("%s %s on %s is %s", (state, office, date, holder) => {
    const found = knowledge.offices.filter(
      (one) => one.state === state && one.office === office && one.from <= date && date <= (one.to ?? "9"),
    );
    expect(found.map((one) => one.holder)).toEqual([holder]);
  });
});

describe("a user's folder", () => {
  it("adds and changes entries, and changes the version", () => {
    write(
      "lexicon/organizations.yaml",
      "- id: lake-commission\n  name: Lake Commission\n  names: [LKC, Commission of the Lake]\n  role: intergovernmental\n  country: TUR\n",
    );
    write("lexicon/states.yaml", "- code: TUR\n  capital: Istanbul\n");
    write("lexicon/given-names.yaml", "columns: gender | names\nrows: |\n  either | Quorra; Zedd\n");
    write(
      "ontology.yaml",
      'relations:\n  - { name: trained, label: trained, inverse: was trained by, family: aid, subject: actor, object: actor, plover: AID, cameo: "072" }\n',
    );
    const changed = loadKnowledge([folder]);
    expect(changed.organizations.find(({ id }) => id === "lake-commission")).toEqual({
      id: "lake-commission",
      name: "Lake Commission",
      names: ["LKC", "Commission of the Lake"],
      role: "intergovernmental",
      country: "TUR",
      seats: [],
    });
    expect(changed.organizations).toHaveLength(knowledge.organizations.length + 1);
    expect(changed.states.get("TUR")).toEqual({ ...knowledge.states.get("TUR"), capital: "Istanbul" });
    expect(changed.states.size).toBe(knowledge.states.size);
    expect(changed.givenNames.get("Quorra")).toBe("either");
    expect(changed.relations.get("trained")?.subject).toEqual(["person", "state", "organization"]);
    expect(changed.relations.size).toBe(knowledge.relations.size + 1);
    expect(changed.version).not.toBe(knowledge.version);
  });

  it("may be given as a URL, and several times", () => {
    write("lexicon/agreements.yaml", "- { name: Lake Pact, names: [Pact of the Lake] }\n");
    const changed = loadKnowledge([pathToFileURL(`${folder}/`), folder]);
    expect(changed.agreements).toHaveLength(knowledge.agreements.length + 1);
  });

  it.each([
    [
      "a country that is none",
      "lexicon/places.yaml",
      "- name: Aba\n  country: NGA\n- name: Abb\n  country: XYZ\n",
      4,
      "country",
      /"XYZ" is not known.*states\.yaml/,
    ],
    [
      "a relation of no family",
      "ontology.yaml",
      'relations:\n  - name: cheered\n    label: cheered\n    inverse: was cheered by\n    family: joy\n    subject: actor\n    object: actor\n    plover: SUPPORT\n    cameo: "051"\n',
      5,
      "family",
      /"joy" is not known; use one of talks, agreement/,
    ],
    [
      "a kind of node that is none",
      "ontology.yaml",
      "relations:\n  - { name: sank, label: sank, inverse: was sunk by, family: violence, subject: actor, object: [ship], plover: ASSAULT }\n",
      2,
      "object",
      /ship/,
    ],
    [
      "a CAMEO code without its zeros",
      "ontology.yaml",
      "relations:\n  - { name: sank, label: sank, inverse: was sunk by, family: violence, subject: actor, object: actor, plover: ASSAULT, cameo: 57 }\n",
      2,
      "cameo",
      /quotation marks/,
    ],
    ["an unknown section", "ontology.yaml", "colours:\n  - red\n", 1, "colours", /use one of kinds, roles, families, relations/],
    [
      "an entry that stands twice",
      "lexicon/agreements.yaml",
      "columns: name | names\nrows: |\n  Lake Pact | Pact\n  # none\n  Hill Pact |\n  Lake Pact |\n",
      6,
      undefined,
      /"Lake Pact" stands already in line 3/,
    ],
    [
      "too many cells",
      "lexicon/agreements.yaml",
      "columns: name | names\nrows: |\n  Lake Pact | Pact | 1990\n",
      3,
      undefined,
      /3 cells.*2 columns/,
    ],
    ["a field that is none", "lexicon/agreements.yaml", "- name: Lake Pact\n  colour: red\n", 2, "colour", /not a field/],
    ["a missing field", "lexicon/organizations.yaml", "- id: lake\n  role: party\n", 1, "name", /./],
    [
      "a role that is none",
      "lexicon/organizations.yaml",
      "columns: id | name | role\nrows: |\n  lake | Lake | club\n",
      3,
      "role",
      /"club" is not known; use one of government body/,
    ],
    [
      "an organ of nothing",
      "lexicon/organizations.yaml",
      "- { id: lake, name: Lake, role: party, partOf: sea }\n",
      1,
      "partOf",
      /"sea" is not known/,
    ],
    [
      "a bad date",
      "lexicon/offices.yaml",
      "columns: state | office | title | holder | gender | from\nrows: |\n  TUR | head-of-state | president | A B | male | 2020-13\n",
      3,
      "from",
      /YYYY-MM-DD/,
    ],
    [
      "a term that ends before it begins",
      "lexicon/offices.yaml",
      "- { state: TUR, office: head-of-state, title: president, holder: A B, gender: male, from: 2020, to: 2019-05 }\n",
      1,
      "to",
      /2019-05 is before 2020/,
    ],
    [
      "an office of nothing",
      "lexicon/offices.yaml",
      "- { office: head-of-state, title: president, holder: A B, gender: male, from: 2020 }\n",
      1,
      "state",
      /either a state or an organization/,
    ],
    ["an office that is none", "lexicon/titles.yaml", "- title: doge\n  relation: leads\n  office: doge\n", 3, "office", /head-of-state/],
    [
      "a rule of an unknown relation",
      "rules/mine.yaml",
      "# mine\n- id: mine.cheer\n  relation: cheered\n  verb: cheer\n  note: a test\n",
      2,
      undefined,
      /cheered/,
    ],
    ["no list", "lexicon/titles.yaml", "title: doge\n", 1, undefined, /list of entries/],
    ["bad YAML", "lexicon/titles.yaml", "- title: doge\n  relation: [leads\n- title: x\n", 3, undefined, /is not YAML/],
  ])("is refused for %s", (_what, file, content, line, field, message) => {
    const path = write(file, content);
    const error = refusal();
    expect(error.code).toBe("knowledge-invalid");
    expect(error.message.startsWith(`${path}, line ${line}`)).toBe(true);
    if (field !== undefined) expect(error.message).toContain(`, field ${field}: `);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("\n");
  });

  it("is refused for a file of unknown name", () => {
    write("lexicon/state.yaml", "- code: TUR\n");
    expect(refusal().message).toMatch(/state\.yaml: is not a known file; lexicon\/ may hold states\.yaml/);
  });

  it("is refused when it holds nothing or is not there", () => {
    expect(refusal().message).toMatch(/holds no knowledge/);
    expect(() => loadKnowledge([join(folder, "missing")])).toThrow(/missing: holds no knowledge/);
  });
});

/** Forms that two entries claim (compared as the gazetteer compares them), apart from those that `allowed` lets be claimed. */
function shared<T>(
  entries: Iterable<T>,
  forms: (entry: T) => readonly string[],
  allowed: (entry: T) => readonly string[] = () => [],
): string[] {
  const owners = new Map<string, T>();
  const found: string[] = [];
  for (const entry of entries) {
    for (const form of new Map(forms(entry).map((name) => [foldedWords(name).join(" "), name])).values()) {
      const key = foldedWords(form).join(" ");
      const other = owners.get(key);
      if (other !== undefined && !allowed(entry).includes(form) && !allowed(other).includes(form)) found.push(form);
      owners.set(key, entry);
    }
  }
  return found;
}

function days(date: string, edge: "first" | "last"): number {
  const [year = 0, month, day] = date.split("-").map(Number);
  const at = edge === "first" ? Date.UTC(year, (month ?? 1) - 1, day ?? 1) : Date.UTC(year, month ?? 12, day ?? 0);
  return at / 86_400_000;
}
