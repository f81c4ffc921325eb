/** From a token in a role to the entities that it stands for. */
import type { Mention } from "../model/annotation.ts";
import { singular } from "./anchors.ts";
import { isRefusal } from "./complements.ts";
import { isAsideOn } from "./owners.ts";
import { nearby } from "./prepositions.ts";
import { roleTokens } from "./roles.ts";
import { casesOf, childrenOf, conjuncts, core, isNominal, lower } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** Nouns that act for whoever owns them: "the leaders of A and B", "Turkish officials". */
const STAND_INS = new Set(
  (
    "government leader president premier minister chancellor king emir ruler monarch official diplomat envoy ambassador delegation delegate negotiator representative " +
    "spokesman spokeswoman spokesperson troops troop soldier force army military navy air-force police commander general aircraft warplane jet plane warship ship vessel " +
    "fighter rebel militant operative commando parliament lawmaker legislature assembly cabinet ministry side people citizen national authority authorities administration leadership " +
    "team secretary head chief counterpart mediator missile rocket drone artillery tank gun gunner bomber fleet unit guard court prosecutor embassy consulate mission " +
    "position base target stronghold facility installation outpost convoy compound headquarters garrison patrol crew inspector observer monitor expert investigator worker activist supporter follower member tribesman gunman militiaman country state nation republic capital kingdom bloc alliance chairman chair director executive aide adviser advisor politician faction wing branch gendarme sailor paratrooper marine peacekeeper policeman judge agent mercenary pilot legionnaire junta regime congress senate senator legislator coastguard spy presidency helicopter submarine frigate destroyer territory soil airspace waters chamber officer airman reservist infantryman cosmonaut ranger battalion brigade regiment contingent squadron witness statement communique communiqué"
  ).split(" "),
);

/** Those of them that are where they rule. */
const RULERS =
  /^(government|authority|authorities|official|regime|administration|leadership|leader|junta|ruler|lawmaker|parliament|ministry|cabinet|general|president|court)$/;

/** Those of them that are one person. */
const PERSONS = new Set(
  "leader president premier minister chancellor king queen emir sultan ruler monarch envoy ambassador negotiator representative spokesman spokeswoman commander general secretary head chief counterpart mediator chairman director adviser advisor sheikh prince".split(
    " ",
  ),
);

const PLACE_NOUNS = new Set(
  "province region district city town village area island peninsula valley port airport base camp county governorate oblast enclave islet port outpost hamlet suburb municipality department state canton prefecture township resort capital fortress strait atoll archipelago".split(
    " ",
  ),
);

const NOMINAL_LINKS = new Set(["flat", "compound", "nmod:desc", "nmod:unmarked", "goeswith"]);

/** One entity in a role. */
export interface Party {
  readonly chain: number;
  readonly mention: Mention;
  /** Reached through a noun that acts for it, not named in the role itself. */
  readonly relayed: boolean;
  /** Denied the role by its own "not", "neither" or "but not". */
  readonly negated?: true;
}

/** Whether the noun phrase is denied its role: "not by A", "neither A nor B", "but not B". */
export function isDenied(tree: Tree, at: number): boolean {
  const words = new Set(childrenOf(tree, at, "advmod", "cc", "cc:preconj", "det").map((child) => lower(tree, child)));
  if (words.has("not") || words.has("neither") || words.has("nor")) return true;
  const token = tree.tokens[at];
  if (token?.relation === "nsubj" && isRefusal(tree, token.head)) return true;
  return token?.relation === "conj" && isNominal(tree.tokens[token.head]) && !words.has("but") && isDenied(tree, token.head);
}

/** Whom mentions stand for by themselves. */
function partiesOf(mentions: readonly Mention[]): Party[] {
  return mentions.flatMap((mention) => mention.chains.map((chain) => ({ chain, mention, relayed: false })));
}

/** Names of persons that a token heads. */
function personsNamed(tree: Tree, at: number): Mention[] {
  return (tree.byHead.get(at) ?? []).filter((mention) => mention.kind === "person" && mention.form === "name");
}

/** The entities that a token stands for: its own mentions, else those of the noun phrase that it heads. */
export function partiesAt(tree: Tree, at: number, depth = 0): Party[] {
  if (depth > 4) return [];
  const real = core(tree, at);
  const token = tree.tokens[real];
  if (!token) return [];
  const own = tree.byHead.get(real);
  const apposed = own?.some((mention) => mention.form === "nominal" && mention.kind !== "person") ? apposedPerson(tree, real) : [];
  if (apposed.length > 0) return apposed;
  if (own) {
    const found = partiesOf(own);
    if (found.length > 0) return found;
    // "the Minister of Commerce, X": whom reading has left open the apposition names.
    for (const child of own.some(({ kind, form }) => kind === "person" && form === "nominal") ? childrenOf(tree, real, "appos") : []) {
      const names = personsNamed(tree, child);
      if (names.length > 0) return partiesOf(names);
    }
    // One person whom reading has left open is not his state after all.
    if (token.xpos === "NN" && own.some(({ kind, form }) => kind === "person" && form === "nominal")) return [];
  }
  const cover = tree.covering[real];
  if (cover && cover.chains.length > 0) return partiesOf([cover]);
  if (lower(tree, real) === "there" && token.upos === "ADV") return placeBefore(tree, real);
  for (const child of tree.children[real] ?? []) {
    if (NOMINAL_LINKS.has(tree.tokens[child]?.relation ?? "") && tree.tokens[child]?.upos === "PROPN" && isTitleLike(tree, real, child)) {
      const inner = partiesAt(tree, child, depth + 1).filter((party) => party.mention.kind === "person");
      if (inner.length > 0) return inner;
    }
  }
  // "Cabo Delgado province": the place whose name the noun ends.
  if (PLACE_NOUNS.has(token.lemma)) {
    const named = childrenOf(tree, real, "compound", "flat", "nmod:desc", "nmod:unmarked").flatMap((child) =>
      (tree.byHead.get(child) ?? []).filter((mention) => mention.kind === "place" && mention.last === real),
    );
    if (named.length > 0) return partiesOf(named);
    // "the islet of Perejil", "the port of Odesa"
    const inner = childrenOf(tree, real, "nmod").filter(
      (child) =>
        casesOf(tree, child).includes("of") && tree.byHead.get(child)?.some(({ kind, form }) => kind === "place" && form === "name"),
    );
    if (inner.length > 0) return inner.flatMap((child) => partiesAt(tree, child, depth + 1));
  }
  // "NATO allies A and B met"
  if (token.upos === "NOUN") {
    for (const child of childrenOf(tree, real, "nmod:unmarked", "flat", "nmod:desc", "compound")) {
      if (tree.byHead.get(child)?.some((mention) => mention.form === "name" && mention.first === real + 1) !== true) continue;
      const inner = conjuncts(tree, child).flatMap((each) => partiesAt(tree, each, depth + 1));
      if (inner.length > 0) return inner;
    }
  }
  // "states including A and B", "leaders, among them A and B"
  const included = [
    ...childrenOf(tree, real, "nmod", "obl", "appos", "acl"),
    ...(/^,?(including|such)/.test(tree.words.slice(real + 1, real + 3).join("")) ? childrenOf(tree, token.head, "nmod", "obl") : []),
  ].filter((child) => child > real && isIncluded(tree, child));
  if (included.length > 0 && token.upos === "NOUN") {
    const named = included.flatMap((child) => conjuncts(tree, child)).flatMap((each) => partiesAt(tree, each, depth + 1));
    if (named.length > 0) return named;
  }
  // "the BRICS group", "the Taliban movement"
  if (
    /^(group|grouping|bloc|movement|militia|faction|alliance|organisation|organization|party|force|outfit|area|zone|channel|network|broadcaster|company|firm|bank|agency|bureau|charity|coalition)$/.test(
      token.lemma,
    )
  ) {
    const named = childrenOf(tree, real, "compound", "nmod:unmarked", "nmod:desc", "flat", "amod").flatMap((child) =>
      (tree.byHead.get(child) ?? []).filter(
        (mention) => mention.kind === "organization" && mention.form === "name" && mention.last === real,
      ),
    );
    if (named.length > 0) return partiesOf(named);
  }
  for (const child of childrenOf(tree, real, "appos")) {
    const inner = conjuncts(tree, child).flatMap((each) => partiesAt(tree, each, depth + 1));
    if (inner.length > 0 && (STAND_INS.has(token.lemma) || isNamedNext(tree, real, child))) return inner;
  }
  if (token.relation === "appos" && depth === 0 && !isAsideOn(tree, real)) {
    const outer = partiesAt(tree, token.head, depth + 1);
    if (outer.length > 0) return outer;
  }
  // "five members of the Council", "its permanent members", unlike "the six members of the Council", are not the whole of it.
  const some = childrenOf(tree, real, "nummod").length > 0 && !childrenOf(tree, real, "det").some((det) => lower(tree, det) === "the");
  const sort = childrenOf(tree, real, "amod").some((kind) =>
    /^(permanent|founding|elected|non-permanent|new|newest)$/.test(lower(tree, kind)),
  );
  if (token.lemma === "member" && (some || sort)) return [];
  if (STAND_INS.has(token.lemma.toLowerCase()) || STAND_INS.has(singular(token.lemma.toLowerCase()))) {
    // "Turkey's coast guard and its Greek counterpart": of the state named, not of him whose counterpart it is.
    const role =
      /^(counterpart|colleague|rival|neighbour|neighbor)$/.test(token.lemma) && roleTokens(tree, real, "modifier").length > 0
        ? "modifier"
        : "owner";
    const owners = roleTokens(tree, real, role).flatMap((each) => partiesAt(tree, each, depth + 1));
    // "officials in Lutha", "the junta in Ruritania"
    if (owners.length === 0 && lower(tree, real + 1) === "in" && RULERS.test(token.lemma))
      return nearby(tree, real, "in")
        .flatMap((seat) => partiesAt(tree, seat, depth + 1))
        .filter((party) => party.mention.kind === "state")
        .map((party) => ({ ...party, relayed: true }));
    return owners
      .filter((party) => party.mention.kind === "state" || party.mention.kind === "organization")
      .map((party) => ({ ...party, relayed: true }));
  }
  return [];
}

/** "stationed there": the place last named before it in the sentence, else the country. */
function placeBefore(tree: Tree, at: number): Party[] {
  for (const sort of ["place", "state"]) {
    for (let before = at - 1; before >= 0; before--) {
      const named = (tree.byHead.get(before) ?? []).filter(({ kind, form }) => kind === sort && form === "name");
      if (named.length > 0) return partiesOf(named);
    }
  }
  return [];
}

/** Whether a noun or pronoun speaks of actors without our knowing which. */
export function isOpen(tree: Tree, at: number): boolean {
  const real = core(tree, at);
  const token = tree.tokens[real];
  if (!token || tree.covering[real]?.chains.length) return false;
  return (
    STAND_INS.has(token.lemma) ||
    /^(camp|rebel|insurgent|militant|group|man|reporter|journalist|protester|villager|ally|neighbour|neighbor|faction)$/.test(token.lemma)
  );
}

/** "including A", "such as A", "among them A": of those that the noun before speaks of. */
function isIncluded(tree: Tree, at: number): boolean {
  const cases = casesOf(tree, at);
  return (
    cases.includes("including") ||
    (cases.includes("such") && cases.includes("as")) ||
    childrenOf(tree, at, "nmod:poss", "det", "nmod", "compound").some(
      (child) => lower(tree, child) === "them" && lower(tree, child - 1) === "among",
    )
  );
}

/** Nouns for people of a state, who may be named after it. */
const PEOPLE =
  /^(citizen|national|journalist|reporter|soldier|diplomat|officer|official|activist|worker|hostage|prisoner|captive|detainee|envoy|minister|leader|negotiator|general|politician|lawmaker|spy|agent|student|academic|researcher|missionary|tourist|businessman|pilot|sailor|aid-worker|cleric|rebel|commander|lawyer)$/;

/** "the emir of Ruritania, Sheikh X": the person named, where the noun alone stands for his state. */
function apposedPerson(tree: Tree, at: number): Party[] {
  for (const child of childrenOf(tree, at, "appos")) {
    const names = personsNamed(tree, child);
    if (names.length === 0) continue;
    // "freed two French citizens, X and Y"
    const all =
      tree.tokens[at]?.xpos === "NNS" && PEOPLE.test(tree.tokens[at]?.lemma ?? "")
        ? conjuncts(tree, child).flatMap((each) => personsNamed(tree, each))
        : PERSONS.has(tree.tokens[at]?.lemma ?? "")
          ? names
          : [];
    if (all.length > 0) return partiesOf(all);
  }
  return [];
}

const GROUPS =
  /^(group|grouping|bloc|party|movement|militia|faction|organisation|organization|alliance|union|coalition|front|army|company|bank|charity|agency|body|federation|outfit|network|cell|offshoot|affiliate)$/;

const PEERS =
  /^(ally|neighbour|neighbor|rival|foe|partner|adversary|enemy|patron|backer|guarantor|newcomer|host|member|opponent|archrival|donor|creditor)$/;

/** "my good friend" X: the name comes right after the noun, past a quotation mark at most. */
function isNamedNext(tree: Tree, at: number, child: number): boolean {
  // "a militant group, the X, attacked"
  if (GROUPS.test(tree.tokens[at]?.lemma ?? ""))
    return tree.byHead.get(child)?.some(({ form, kind }) => form === "name" && kind === "organization") === true;
  // "long-time ally Ruritania", "its eastern neighbour, Ruritania"
  if (PEERS.test(tree.tokens[at]?.lemma ?? ""))
    return (
      tree.byHead.get(child)?.some(({ form, kind, first }) => form === "name" && kind !== "place" && first > at && first - at <= 2) === true
    );
  const name = tree.byHead.get(child)?.find((mention) => mention.form === "name" && mention.kind === "person");
  return (
    name !== undefined &&
    name.first > at &&
    tree.words.slice(at + 1, name.first).every((word) => /^["”“'’,]$/.test(word)) &&
    name.first - at <= 2
  );
}

/** Whether the token is a title that a following name hangs on ("President Putin" read with "President" as its head). */
function isTitleLike(tree: Tree, at: number, child: number): boolean {
  return child > at && (tree.tokens[at]?.upos === "NOUN" || tree.tokens[at]?.upos === "PROPN");
}
