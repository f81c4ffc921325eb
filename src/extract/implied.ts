/** Who is meant without being named: the sides of the talks, the accord in question, whose request is turned down, whose act is condemned. */
import type { RelationName } from "../model/graph.ts";
import type { Draft, Reading } from "./claims.ts";
import type { Party } from "./parties.ts";
import { childrenOf, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** Paths of a rule that lead to what the text said before. */
export const IMPLIED: ReadonlySet<string> = new Set(["sides", "accord", "addresser", "doer", "target"]);

/** How many sentences back a charge is answered or an act is judged. */
const REACH = 2;
/** What somebody may answer: who did it is the addresser. */
const ADDRESSES: ReadonlySet<RelationName> = new Set(["urged", "invited"]);
/** What others condemn: who did it is the doer. */
const DEEDS: ReadonlySet<RelationName> = new Set([
  "attacked",
  "invaded",
  "killed",
  "captured",
  "detained",
  "expelled",
  "occupied",
  "blockaded",
  "violated",
  "deployed-to",
  "withdrew-from",
]);
const DEED_NOUNS = new Set(
  "attack raid strike airstrike move decision invasion killing arrest bombing assault step action offensive shelling assassination incursion expulsion act operation annexation seizure detention bombardment violence".split(
    " ",
  ),
);
const ANSWERED = new Set("demand request appeal call offer proposal ultimatum invitation plea".split(" "));

const NOTHING: ReadonlySet<string> = new Set();

/** @param open whether the object that stands there, if any, may be taken up by what is implied. */
export function impliedBy(
  path: string,
  reading: Reading,
  tree: Tree,
  at: number,
  others: readonly Party[],
  open: boolean,
): readonly Party[] {
  switch (path) {
    case "sides":
      return impliedSides(reading, others);
    case "accord": {
      const accord = open ? lastAccord(reading, tree, at) : undefined;
      return accord ? [accord] : [];
    }
    case "target":
      return open ? lastTarget(reading, tree, others) : [];
    case "addresser":
      return open ? lastTold(reading, tree, others, ADDRESSES, (draft, party) => kin(reading, draft.object.chain, party.chain)) : [];
    default:
      return open
        ? lastTold(
            reading,
            tree,
            others,
            DEEDS,
            (draft, party) => isBody(reading, draft.subject) && !kin(reading, draft.subject.chain, party.chain),
          )
        : [];
  }
}

/** "it", "the charge", "the attack": says of itself that it was spoken of before. */
export function isAnaphoric(tree: Tree, at: number, path: string): boolean {
  const token = tree.tokens[at];
  if (path === "target") return isAsMany(tree, at);
  if (token?.upos === "PRON") return true;
  if (!token || !(path === "doer" ? DEED_NOUNS : path === "addresser" ? ANSWERED : NOTHING).has(token.lemma)) return false;
  const owned = childrenOf(tree, at, "nmod:poss", "nmod", "acl", "acl:relcl").length > 0;
  return !owned && childrenOf(tree, at, "det").some((child) => /^(the|this|that|these|those)$/.test(lower(tree, child)));
}

/** "expelled four", "expelled two diplomats": of the state that others have turned on. */
function isAsMany(tree: Tree, at: number): boolean {
  const token = tree.tokens[at];
  if (token?.upos === "NUM") return true;
  return (
    token !== undefined &&
    /^(diplomat|envoy|official|officer|attaché|ambassador|spy)$/.test(token.lemma) &&
    childrenOf(tree, at, "nmod:poss", "nmod", "acl", "acl:relcl").length === 0 &&
    !childrenOf(tree, at, "amod", "compound").some((child) => tree.covering[child] !== undefined)
  );
}

/** Who did the latest of these things, where it fits those who answer it. */
function lastTold(
  reading: Reading,
  tree: Tree,
  others: readonly Party[],
  relations: ReadonlySet<RelationName>,
  fits: (draft: Draft, party: Party) => boolean,
): readonly Party[] {
  const last = reading.told.findLast((draft) => relations.has(draft.relation));
  if (!last || tree.index - last.sentence > REACH || last.polarity === "negated") return [];
  return others.every((party) => fits(last, party)) ? [{ ...last.subject, relayed: true }] : [];
}

/** What states do to one that others have turned on before them. */
const SANCTIONS: ReadonlySet<RelationName> = new Set(["cut-ties-with", "expelled", "protested-against", "sanctioned", "blockaded"]);

/** "Ruritania followed suit, recalling its ambassador": from whom the others have turned just before. */
function lastTarget(reading: Reading, tree: Tree, others: readonly Party[]): readonly Party[] {
  const last = reading.told.findLast((draft) => SANCTIONS.has(draft.relation));
  if (!last || tree.index - last.sentence > REACH || last.polarity === "negated" || last.modality !== "happened") return [];
  if (reading.annotated.chains[last.object.chain]?.kind !== "state") return [];
  const fresh = others.every((party) => !kin(reading, party.chain, last.object.chain) && !kin(reading, party.chain, last.subject.chain));
  return fresh ? [{ ...last.object, relayed: true }] : [];
}

/** The same actor, or two of one state. */
function kin(reading: Reading, left: number, right: number): boolean {
  if (left === right) return true;
  const country = reading.annotated.chains[left]?.country;
  return country !== undefined && country === reading.annotated.chains[right]?.country;
}

function isBody(reading: Reading, party: Party): boolean {
  return /^(state|organization)$/.test(reading.annotated.chains[party.chain]?.kind ?? "");
}

/** "both sides", "the two camps" where nobody was named together. */
export function isCamps(tree: Tree, at: number): boolean {
  return (
    /^(side|party|camp|foe|rival|adversary|neighbour|neighbor)$/.test(tree.tokens[at]?.lemma ?? "") &&
    childrenOf(tree, at, "det", "nummod", "amod").some((child) => /^(both|two|the)$/.test(lower(tree, child))) &&
    childrenOf(tree, at, "nmod", "nmod:poss", "acl:relcl").length === 0
  );
}

const OPPOSED: ReadonlySet<RelationName> = new Set([
  "accused",
  "attacked",
  "condemned",
  "threatened",
  "warned",
  "negotiated-with",
  "spoke-with",
  "met-with",
  "cut-ties-with",
  "protested-against",
  "mediated-between",
]);

/** The two states or bodies that were last said to fight, accuse or talk to each other, save those who speak of them here. */
export function opponents(reading: Reading, tree: Tree, others: readonly Party[]): readonly Party[] {
  const last = reading.told.findLast(
    ({ relation, subject, object, sentence }) =>
      OPPOSED.has(relation) &&
      tree.index - sentence <= REACH + 1 &&
      isBody(reading, subject) &&
      isBody(reading, object) &&
      !others.some((party) => kin(reading, party.chain, subject.chain) || kin(reading, party.chain, object.chain)),
  );
  return last ? [last.subject, last.object].map((party) => ({ ...party, relayed: true })) : [];
}

/** "the talks", "the sides": the parties of the deal or talks that the report opens with, save where those named here are among them. */
function impliedSides(reading: Reading, others: readonly Party[]): readonly Party[] {
  for (const sides of reading.sides) {
    if (!sides.some((party) => others.some((other) => other.chain === party.chain))) return sides;
  }
  return [];
}

/** The agreement last spoken of before the anchor, for what needs one by its meaning ("will verify compliance"). */
function lastAccord(reading: Reading, tree: Tree, at: number): Party | undefined {
  const { mentions } = reading.annotated;
  for (let index = mentions.length - 1; index >= 0; index--) {
    const mention = mentions[index];
    if (!mention || mention.kind !== "agreement" || mention.chains.length !== 1) continue;
    const [chain] = mention.chains;
    if (chain !== undefined && (mention.sentence < tree.index || (mention.sentence === tree.index && mention.head < at)))
      return { chain, mention, relayed: true };
  }
  return undefined;
}
