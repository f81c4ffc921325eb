/** Every rule's own examples, drawn by the real pipeline; and what the rule language refuses. */
import { describe, expect, it } from "vitest";
import { type Frame, checkRuleIds, checkRules, indexRules } from "../../src/knowledge/rules.ts";
import { KnownError } from "../../src/model/errors.ts";
import { claimsOf, holds, knowledge } from "./pipeline.ts";

const rules = knowledge.rules as readonly Frame[];

describe("rule examples", () => {
  for (const rule of rules) {
    for (const example of rule.examples ?? []) {
      it(`${rule.id}: ${example.text}`, () => {
        const claims = claimsOf(example.text, example.date);
        for (const wanted of example.gives ?? []) expect(holds(claims, wanted), `${wanted}\n  in ${claims.join("\n     ")}`).toBe(true);
        for (const forbidden of example.not ?? [])
          expect(holds(claims, forbidden), `${forbidden}\n  in ${claims.join("\n     ")}`).toBe(false);
      });
    }
  }

  it("are given by every rule", () => {
    expect(rules.filter((rule) => !rule.examples?.length).map((rule) => rule.id)).toEqual([]);
  });

  it("reach every relation of the ontology, by rule or by title", () => {
    const drawn = new Set(rules.map((rule) => rule.relation));
    const byTitle = new Set(["part-of"]);
    expect([...knowledge.relations.keys()].filter((relation) => !drawn.has(relation) && !byTitle.has(relation))).toEqual([]);
  });
});

describe("rule files", () => {
  const relations = knowledge.relations;
  const refusal = (value: unknown): string => {
    try {
      checkRules(value, "mine.yaml", relations);
    } catch (error) {
      if (error instanceof KnownError) return `${error.code} ${error.message}`;
      throw error;
    }
    return "accepted";
  };
  const good = { id: "my.rule", relation: "met-with", verb: ["lunch"], object: ["with"], note: "People who lunch together meet." };

  it("accept a rule and fill its lists", () => {
    const [rule] = checkRules([good], "mine.yaml", relations) as Frame[];
    expect(rule?.verb).toEqual(["lunch"]);
    expect(indexRules([rule as Frame]).verb.get("lunch")?.length).toBe(1);
  });

  it.each([
    ["a relation that is none", { ...good, relation: "lunched-with" }, 'mine.yaml: rule my.rule, relation: "lunched-with"'],
    ["an unknown field", { ...good, colour: "red" }, "mine.yaml: rule my.rule"],
    ["two anchors", { ...good, noun: ["lunch"] }, "exactly one of verb, noun, adjective"],
    ["no anchor", { ...good, verb: undefined }, "exactly one of verb, noun, adjective"],
    ["a path that is none", { ...good, object: ["With!"] }, "mine.yaml: rule my.rule, object"],
    ["no note", { ...good, note: "" }, "mine.yaml: rule my.rule, note"],
    ["a context rule without content", { ...good, relation: "*" }, "content"],
    ["a modality that is none", { ...good, modality: "maybe" }, "mine.yaml: rule my.rule, modality"],
    ["no list", { my: "rule" }, "top level"],
  ])("refuse %s", (_name, rule, message) => {
    const said = refusal(Array.isArray(rule) || !("id" in rule) ? rule : [rule]);
    expect(said).toContain("knowledge-invalid");
    expect(said).toContain(message);
  });

  it("refuse one id twice", () => {
    const [rule] = checkRules([good], "mine.yaml", relations);
    expect(() => checkRuleIds([rule as Frame, rule as Frame])).toThrow(/my\.rule/);
  });
});
