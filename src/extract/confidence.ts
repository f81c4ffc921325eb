/** What speaks for or against a claim that a rule draws. */
import { type Grounds, logit } from "../knowledge/confidence.ts";
import type { Frame } from "../knowledge/rules.ts";
import type { Modality, Polarity } from "../model/graph.ts";
import type { Factuality } from "./factuality.ts";
import type { Party } from "./parties.ts";
import type { Tree } from "./tree.ts";

/** Prior of a rule that does not give its own. */
const PRIOR = 0.92;

export function groundsOf(
  tree: Tree,
  at: number,
  rule: Frame,
  family: string,
  [subject, object]: readonly [Party, Party],
  found: {
    readonly detours: number;
    readonly factuality: Factuality;
    readonly polarity: Polarity;
    readonly modality: Modality;
  },
): Grounds {
  const ends = [subject, object];
  const count = (test: (party: Party) => boolean): number => ends.filter(test).length;
  const heads = ends.filter(({ mention }) => mention.sentence === tree.index).map(({ mention }) => mention.head);
  const distance = heads.length < 2 ? 30 : Math.max(...heads.map((head) => Math.abs(head - at)));
  const mended = [at, ...heads].filter((token) => tree.tokens[token]?.head !== tree.sentence.tokens[token]?.head).length;
  return {
    family,
    prior: logit(rule.confidence ?? PRIOR) - logit(PRIOR),
    pronoun: count(({ mention }) => mention.form === "pronoun"),
    nominal: count(({ mention }) => mention.form === "nominal"),
    inferred: count(({ relayed }) => relayed),
    detours: found.detours,
    negated: Number(found.polarity === "negated"),
    unsure: Number(found.modality !== "happened"),
    reasons: Math.min(found.factuality.reasons.length, 3),
    distance: Math.min(distance / 10, 3),
    length: Math.min(tree.tokens.length / 10, 6),
    mended,
    noun: Number(rule.noun !== undefined),
  };
}
