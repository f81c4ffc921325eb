/** Roles in trees written by hand, whatever the construction; and trees mended by the names in them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factualityOf } from "../../src/extract/factuality.ts";
import { pathTokens } from "../../src/extract/roles.ts";
import { readTrees } from "../../src/extract/tree.ts";
import type { Tree } from "../../src/extract/tree.ts";
import { repairTree } from "../../src/extract/repair.ts";
import { indexRules } from "../../src/knowledge/rules.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import type { Annotated, Mention, Token } from "../../src/model/annotation.ts";
import { documentFrom } from "../support.ts";

const rules = indexRules(loadKnowledge().rules);

/** "Norway/PROPN/NNP/2/nsubj ...": form, tag, Penn tag, head counted from 1, relation; the lemma is given after a colon where it differs. */
function treeOf(written: string): Tree {
  const rows = written
    .trim()
    .split(/\s+/)
    .map((cell, index) => {
      const [word = "", upos, xpos, head, relation] = cell.split("/");
      const [form, lemma = form] = word.split(":");
      return [index + 1, form, lemma, upos, xpos, "_", head, relation, "_", "_"].join("\t");
    });
  const { document, sentences } = documentFrom(rows.join("\n"));
  const mentions: Mention[] = [];
  sentences[0]?.tokens.forEach((token, at) => {
    if (token.upos !== "PROPN") return;
    mentions.push({
      start: token.start,
      end: token.end,
      sentence: 0,
      first: at,
      last: at + 1,
      head: at,
      kind: "state",
      form: "name",
      chains: [mentions.length],
      reason: "test",
    });
  });
  const chains = mentions.map((mention) => ({
    kind: "state" as const,
    name: document.text.slice(mention.start, mention.end),
    aliases: [],
    mentions: [],
  }));
  const annotated: Annotated = { document, sentences, mentions, chains, times: [] };
  return readTrees(annotated, rules)[0] as Tree;
}

function words(tree: Tree, path: string, anchor: string): string[] {
  return pathTokens(tree, tree.words.indexOf(anchor), path).map((at) => tree.words[at] ?? "");
}

describe("roles", () => {
  it.each([
    ["active", "Norway/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Kenya/PROPN/NNP/2/obj", "attacked", ["norway"], ["kenya"]],
    [
      "passive",
      "Kenya/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass attacked:attack/VERB/VBN/0/root by/ADP/IN/5/case Norway/PROPN/NNP/3/obl:agent",
      "attacked",
      ["norway"],
      ["kenya"],
    ],
    [
      "reduced relative",
      "Kenya/PROPN/NNP/6/nsubj ,/PUNCT/,/3/punct attacked:attack/VERB/VBN/1/acl by/ADP/IN/5/case Norway/PROPN/NNP/3/obl fell:fall/VERB/VBD/0/root",
      "attacked",
      ["norway"],
      ["kenya"],
    ],
    [
      "relative clause with a gap",
      "Kenya/PROPN/NNP/5/nsubj that/PRON/WDT/4/obj Norway/PROPN/NNP/4/nsubj attacked:attack/VERB/VBD/1/acl:relcl fell:fall/VERB/VBD/0/root",
      "attacked",
      ["norway"],
      ["kenya"],
    ],
    [
      "relative clause without its pronoun",
      "Kenya/PROPN/NNP/4/nsubj Norway/PROPN/NNP/3/nsubj attacked:attack/VERB/VBD/1/acl:relcl fell:fall/VERB/VBD/0/root",
      "attacked",
      ["norway"],
      ["kenya"],
    ],
    [
      "subject shared by two verbs",
      "Norway/PROPN/NNP/2/nsubj left:leave/VERB/VBD/0/root and/CCONJ/CC/4/cc attacked:attack/VERB/VBD/2/conj Kenya/PROPN/NNP/4/obj",
      "attacked",
      ["norway"],
      ["kenya"],
    ],
    [
      "subject control",
      "Norway/PROPN/NNP/2/nsubj agreed:agree/VERB/VBD/0/root to/PART/TO/4/mark attack/VERB/VB/2/xcomp Kenya/PROPN/NNP/4/obj",
      "attack",
      ["norway"],
      ["kenya"],
    ],
    [
      "object control",
      "Peru/PROPN/NNP/2/nsubj urged:urge/VERB/VBD/0/root Norway/PROPN/NNP/2/obj to/PART/TO/5/mark attack/VERB/VB/2/xcomp Kenya/PROPN/NNP/5/obj",
      "attack",
      ["norway"],
      ["kenya"],
    ],
    [
      "object control in the passive",
      "Norway/PROPN/NNP/3/nsubj:pass was:be/AUX/VBD/3/aux:pass urged:urge/VERB/VBN/0/root to/PART/TO/5/mark attack/VERB/VB/3/xcomp Kenya/PROPN/NNP/5/obj",
      "attack",
      ["norway"],
      ["kenya"],
    ],
    [
      "accusation",
      "Peru/PROPN/NNP/2/nsubj accused:accuse/VERB/VBD/0/root Norway/PROPN/NNP/2/obj of/SCONJ/IN/5/mark attacking:attack/VERB/VBG/2/advcl Kenya/PROPN/NNP/5/obj",
      "attacking",
      ["norway"],
      ["kenya"],
    ],
    [
      "lists on both sides",
      "Norway/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Peru/PROPN/NNP/1/conj attacked:attack/VERB/VBD/0/root Kenya/PROPN/NNP/4/obj and/CCONJ/CC/7/cc Chad/PROPN/NNP/5/conj",
      "attacked",
      ["norway", "peru"],
      ["kenya", "chad"],
    ],
    [
      "participle before a noun",
      "The/DET/DT/5/det Norway/PROPN/NNP/4/compound -/PUNCT/HYPH/2/punct brokered:broker/VERB/VBN/5/amod truce/NOUN/NN/6/nsubj held:hold/VERB/VBD/0/root",
      "brokered",
      ["norway"],
      ["truce"],
    ],
  ])("%s", (_name, written, anchor, agent, patient) => {
    const tree = treeOf(written);
    expect(words(tree, "agent", anchor)).toEqual(agent);
    expect(words(tree, "patient", anchor)).toEqual(patient);
  });

  it("lend an event noun the subject and the prepositions of its light verb", () => {
    const tree = treeOf(
      "Norway/PROPN/NNP/2/nsubj held:hold/VERB/VBD/0/root rounds:round/NOUN/NNS/2/obj of/ADP/IN/5/case talks:talk/NOUN/NNS/3/nmod with/ADP/IN/7/case Kenya/PROPN/NNP/2/obl",
    );
    expect(words(tree, "agent", "talks")).toEqual(["norway"]);
    expect(words(tree, "with", "talks")).toEqual(["kenya"]);
  });

  it("lend an event noun the subject of the relative clause that it is the object of", () => {
    const tree = treeOf(
      "the/DET/DT/2/det attack/NOUN/NN/8/nsubj that/PRON/WDT/5/obj Norway/PROPN/NNP/5/nsubj launched:launch/VERB/VBD/2/acl:relcl on/ADP/IN/7/case Kenya/PROPN/NNP/5/obl failed:fail/VERB/VBD/0/root",
    );
    expect(words(tree, "agent", "attack")).toEqual(["norway"]);
  });
});

describe("factuality", () => {
  it.each([
    ["plain", "Norway/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Kenya/PROPN/NNP/2/obj", "attacked", "affirmed happened"],
    ["negated", "Norway/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod attack/VERB/VB/0/root", "attack", "negated happened"],
    [
      "failed to",
      "Norway/PROPN/NNP/2/nsubj failed:fail/VERB/VBD/0/root to/PART/TO/4/mark attack/VERB/VB/2/xcomp",
      "attack",
      "negated happened",
    ],
    [
      "did not fail to",
      "Norway/PROPN/NNP/4/nsubj did:do/AUX/VBD/4/aux not/PART/RB/4/advmod fail/VERB/VB/0/root to/PART/TO/6/mark attack/VERB/VB/4/xcomp",
      "attack",
      "affirmed hypothetical",
    ],
    ["will", "Norway/PROPN/NNP/3/nsubj will/AUX/MD/3/aux attack/VERB/VB/0/root", "attack", "affirmed planned"],
    [
      "said it would",
      "Norway/PROPN/NNP/2/nsubj said:say/VERB/VBD/0/root it/PRON/PRP/5/nsubj would/AUX/MD/5/aux attack/VERB/VB/2/ccomp",
      "attack",
      "affirmed planned",
    ],
    ["would", "Norway/PROPN/NNP/3/nsubj would/AUX/MD/3/aux attack/VERB/VB/0/root", "attack", "affirmed hypothetical"],
    [
      "urged not to",
      "Peru/PROPN/NNP/2/nsubj urged:urge/VERB/VBD/0/root Norway/PROPN/NNP/2/obj not/PART/RB/6/advmod to/PART/TO/6/mark attack/VERB/VB/2/xcomp",
      "attack",
      "negated called-for",
    ],
    [
      "may urge to",
      "Peru/PROPN/NNP/3/nsubj may/AUX/MD/3/aux urge/VERB/VB/0/root Norway/PROPN/NNP/3/obj to/PART/TO/6/mark attack/VERB/VB/3/xcomp",
      "attack",
      "affirmed called-for",
    ],
    [
      "if",
      "if/SCONJ/IN/3/mark Norway/PROPN/NNP/3/nsubj attacks:attack/VERB/VBZ/5/advcl Peru/PROPN/NNP/5/nsubj leaves:leave/VERB/VBZ/0/root",
      "attacks",
      "affirmed hypothetical",
    ],
  ])("%s", (_name, written, anchor, wanted) => {
    const tree = treeOf(written);
    const { polarity, modality } = factualityOf(tree, tree.words.indexOf(anchor));
    expect(`${polarity} ${modality}`).toBe(wanted);
  });
});

describe("mended trees", () => {
  /** Heads counted from 1 and relations of the tokens that changed. */
  function changes(written: string): string[] {
    const tree = treeOf(written);
    const before = tree.sentence.tokens;
    return repairTree(before, tree.mentions, tree.words).flatMap((token, at) =>
      token.head === before[at]?.head && token.relation === before[at]?.relation
        ? []
        : [`${tree.words[at]} ${token.relation} ${token.head < 0 ? "-" : tree.words[token.head]}`],
    );
  }

  it("gives a clause the subject that was hung on the object before it", () => {
    expect(
      changes(
        "Peru/PROPN/NNP/2/nsubj condemned:condemn/VERB/VBD/0/root Chad/PROPN/NNP/2/obj ,/PUNCT/,/6/punct and/CCONJ/CC/6/cc Norway/PROPN/NNP/3/conj attacked:attack/VERB/VBD/2/conj Kenya/PROPN/NNP/7/obj",
      ),
    ).toContain("norway nsubj attacked");
  });

  it("joins a list whose members were hung apart", () => {
    expect(
      changes(
        "Peru/PROPN/NNP/6/nsubj ,/PUNCT/,/3/punct Chad/PROPN/NNP/6/dep and/CCONJ/CC/5/cc Norway/PROPN/NNP/3/conj attacked:attack/VERB/VBD/0/root Kenya/PROPN/NNP/6/obj",
      ),
    ).toEqual(["chad conj peru", "norway conj peru"]);
  });

  it("leaves a plain tree alone", () => {
    expect(
      changes("Norway/PROPN/NNP/2/nsubj attacked:attack/VERB/VBD/0/root Kenya/PROPN/NNP/2/obj and/CCONJ/CC/5/cc Chad/PROPN/NNP/3/conj"),
    ).toEqual([]);
  });

  it("makes one tree again: one root that every token reaches", () => {
    const tree = treeOf(
      "Peru/PROPN/NNP/0/root ,/PUNCT/,/1/punct who/PRON/WP/4/nsubj left:leave/VERB/VBD/1/acl:relcl Chad/PROPN/NNP/4/obj ,/PUNCT/,/4/punct attacked:attack/VERB/VBN/4/conj Kenya/PROPN/NNP/7/obj",
    );
    expect(tree.tokens.filter((token) => token.head < 0).length).toBe(1);
    for (let at = 0; at < tree.tokens.length; at++) {
      let here = at;
      for (let steps = 0; here >= 0 && steps <= tree.tokens.length; steps++) here = tree.tokens[here]?.head ?? -1;
      expect(here).toBe(-1);
    }
    expect(words(tree, "agent", "attacked")).toEqual(["peru"]);
  });

  it("is one tree whatever it was made of", () => {
    const word = fc.constantFrom(
      ",",
      "and",
      "who",
      "which",
      ";",
      "Norway",
      "Kenya",
      "Peru",
      "minister",
      "attacked",
      "said",
      "by",
      "the",
      "'s",
      "of",
    );
    const cell = fc.record({
      word,
      seed: fc.nat(),
      relation: fc.constantFrom("nsubj", "obj", "conj", "appos", "acl", "flat", "compound", "dep", "nmod", "case"),
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 14 }), (cells) => {
        const tokens = cells.map(({ word, seed, relation }, at): Token => {
          const verb = word === "attacked" || word === "said";
          const name = /^[NKP]/.test(word);
          // Heads point backwards: always a tree with the first token as its root.
          return {
            start: at,
            end: at + 1,
            lemma: word,
            upos: verb ? "VERB" : name ? "PROPN" : word === "minister" ? "NOUN" : "X",
            xpos: verb ? "VBD" : name ? "NNP" : word === "who" ? "WP" : "X",
            head: at === 0 ? -1 : seed % at,
            relation: at === 0 ? "root" : relation,
          };
        });
        const mentions = tokens.flatMap((token, at): Mention[] =>
          token.upos === "PROPN"
            ? [
                {
                  start: at,
                  end: at + 1,
                  sentence: 0,
                  first: at,
                  last: at + 1,
                  head: at,
                  kind: at % 2 ? "person" : "state",
                  form: "name",
                  chains: [at % 3],
                  reason: "",
                },
              ]
            : [],
        );
        const mended = repairTree(
          tokens,
          mentions,
          cells.map((each) => each.word.toLowerCase()),
        );
        expect(mended.filter((token) => token.head < 0).length).toBe(1);
        for (let at = 0; at < mended.length; at++) {
          let here = at;
          for (let steps = 0; here >= 0 && steps <= mended.length; steps++) here = mended[here]?.head ?? -1;
          expect(here).toBe(-1);
        }
      }),
      { numRuns: 500 },
    );
  });
});
