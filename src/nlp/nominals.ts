/** Finds noun phrases and pronouns that stand for an actor or agreement without naming it, and what each may refer to. */
import type { Gender, Knowledge } from "../knowledge/types.ts";
import type { EntityKind } from "../model/graph.ts";
import { agreementNominal } from "./agreements.ts";
import type { Attribution, MentionCandidate, Reference } from "./mentions.ts";
import type { TitleSpan } from "./names.ts";
import { JOINT_BODY_NOUNS, ROLE_NOUNS, STATE_BODY_NOUNS } from "./vocabulary.ts";
import { spelled, type Words } from "./words.ts";

const COUNTS: Readonly<Record<string, number>> = {
  both: 2,
  two: 2,
  pair: 2,
  duo: 2,
  three: 3,
  trio: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};
const PERSON_GROUPS =
  /^(leaders|men|women|presidents|premiers|ministers|statesmen|rivals|chiefs|counterparts|rulers|kings|negotiators|envoys|politicians|pair|duo|trio)$/;
const STATE_GROUPS =
  /^(militaries|armies|navies|delegations|countries|nations|states|neighbou?rs|governments|capitals|powers|allies|kingdoms|republics)$/;
const ACTOR_GROUPS = /^(sides|parties|signatories|adversaries|foes|factions|rivals|enemies|protagonists)$/;
const KIND_NOUNS =
  /^(group|movement|organi[sz]ation|party|bloc|alliance|body|agency|union|militia|rebels|insurgents|guerrillas|militants|council|commission|front|army|force|tribunal|court|company|watchdog|league|faction|paramilitaries|kingdom|emirate)$/;

interface Found {
  readonly candidates: readonly MentionCandidate[];
  readonly attributions: readonly Attribution[];
}

/** A noun phrase read from the surface: it may begin with names that own it and end in "of" and further owners. */
interface Phrase {
  readonly first: number;
  /** The noun. */
  readonly noun: number;
  /** After the noun and its "of" phrase. */
  readonly end: number;
  readonly owners: readonly MentionCandidate[];
  readonly definite: boolean;
  readonly indefinite: boolean;
  readonly count?: number;
}

/** Nominals and pronouns of one sentence, given its names and titles. */
export function findNominals(words: Words, names: readonly MentionCandidate[], titles: readonly TitleSpan[], knowledge: Knowledge): Found {
  const candidates: MentionCandidate[] = [];
  const attributions: Attribution[] = [];
  const inName = new Set<number>();
  for (const name of names) for (let token = name.first; token < name.last; token += 1) inName.add(token);
  const pronouns = new Map<number, MentionCandidate>();
  for (let token = 0; token < words.length; token += 1) {
    const pronoun = inName.has(token) ? undefined : pronounCandidate(words, token, names);
    if (pronoun !== undefined) pronouns.set(token, pronoun);
  }
  candidates.push(...pronouns.values());
  const titleEnding = new Map(titles.map((title) => [title.last - 1, title]));
  const used = new Set<MentionCandidate>();

  for (let noun = 0; noun < words.length; noun += 1) {
    if (inName.has(noun)) continue;
    const lower = words.lower[noun] ?? "";
    const title = titleEnding.get(noun);
    const role = title !== undefined || ROLE_NOUNS.has(lower);
    const upos = words.tokens[noun]?.upos;
    if (!role && upos !== "NOUN" && upos !== "PROPN" && upos !== "NUM" && upos !== "DET" && upos !== "ADJ") continue;
    if (title === undefined && titles.some((one) => one.first <= noun && noun < one.last - 1)) continue;
    if (continues(words, noun, inName)) continue;
    const phrase = phraseAt(words, title?.first ?? noun, noun, names, candidates, pronouns);
    const make = (kind: EntityKind, reference: Reference, reason: string): MentionCandidate => ({
      start: words.tokens[phrase.first]?.start ?? 0,
      end: words.tokens[noun]?.end ?? 0,
      sentence: words.index,
      first: phrase.first,
      last: noun + 1,
      head: noun,
      kind,
      form: "nominal",
      reason,
      reference,
    });
    if (role) {
      const text = title?.title.title ?? singular(lower);
      const plural = isPlural(words, noun);
      const persons = beside(words, phrase, noun, plural, names, used);
      if (persons.people.length > 0) {
        for (const person of persons.people) {
          attributions.push({
            person,
            noun: text,
            ...(title === undefined ? {} : { title: title.title }),
            owners: matchingOwners(phrase.owners, persons.people, person),
          });
        }
        if (!persons.direct) candidates.push(make("person", { type: "same", as: persons.people }, "apposition"));
        continue;
      }
      if (upos !== "NOUN" && upos !== "PROPN") continue;
      if (phrase.owners.length === 0 && !phrase.definite && words.lower[phrase.first] !== "both") continue;
      if (phrase.owners.length === 0 && (plural || phrase.count !== undefined)) {
        if (phrase.count === undefined && !PERSON_GROUPS.test(lower)) continue;
        const counted = phrase.count === undefined ? {} : { count: phrase.count };
        candidates.push(make("person", { type: "group", of: "person", noun: text, ...counted }, "group of persons"));
        continue;
      }
      candidates.push(
        make(
          "person",
          {
            type: "role",
            noun: text,
            ...(title === undefined ? {} : { title: title.title }),
            plural,
            indefinite: phrase.indefinite,
            owners: phrase.owners,
          },
          "role",
        ),
      );
      continue;
    }
    const bearers = phrase.owners.filter((owner) => owner.form === "pronoun" || owner.kind === "person");
    if (
      /^(country|countries|nation|nations|government|governments|homeland)$/.test(lower) &&
      bearers.length > 0 &&
      bearers.length === phrase.owners.length
    ) {
      candidates.push(make("state", { type: "country", of: bearers }, "country of a named person"));
      continue;
    }
    const group = groupReference(words, noun, lower, phrase);
    if (group !== undefined) {
      candidates.push(make(group.of === "person" ? "person" : "state", group, "group"));
      continue;
    }
    const joint = upos === "NOUN" ? jointBody(words, noun, phrase) : undefined;
    if (joint !== undefined) {
      candidates.push(make("organization", joint, "joint body"));
      continue;
    }
    const [owner] = phrase.owners;
    if (lower === "capital" && owner?.state !== undefined && phrase.owners.length === 1) {
      candidates.push(make("place", { type: "capital", owner }, "capital of a named state"));
      continue;
    }
    if (STATE_BODY_NOUNS.has(lower) && phrase.owners.some((owner) => owner.kind === "state" || owner.kind === "organization")) {
      const owners = phrase.owners.filter((owner) => owner.kind === "state" || owner.kind === "organization");
      const kind = owners.every((owner) => owner.kind === "organization") ? "organization" : "state";
      candidates.push(make(kind, { type: "owners", owners }, `${lower} of a named actor`));
      continue;
    }
    const agreement = upos === "NOUN" || upos === "PROPN" ? agreementNominal(words, noun, phrase.first, knowledge) : undefined;
    if (agreement !== undefined) {
      candidates.push({
        ...make("agreement", agreement.reference, "agreement noun"),
        first: agreement.first,
        start: words.tokens[agreement.first]?.start ?? 0,
      });
      continue;
    }
    if (lower === "latter" && words.lower[noun - 1] === "the") {
      candidates.push(make("person", { type: "latter" }, "the latter"));
      continue;
    }
    if (/^(neither|each)$/.test(lower) && /^(nsubj|obl:agent|obl$)/.test(words.relation(noun) ?? "")) {
      candidates.push(make("state", { type: "group", of: "actor", count: 2 }, "group"));
      continue;
    }
    if (upos === "NOUN" && phrase.definite && phrase.owners.length === 0 && KIND_NOUNS.test(lower)) {
      candidates.push(make("organization", { type: "kind", noun: lower }, "kind of body"));
    }
  }
  for (const person of names) {
    if (person.kind !== "person") continue;
    const owner = stateOf(words, person, names);
    if (owner !== undefined) attributions.push({ person, noun: "", owners: [owner] });
  }
  for (let token = 0; token < words.length; token += 1) {
    if (inName.has(token) || pronouns.has(token)) continue;
    const relative = pronounCandidate(words, token, candidates);
    if (relative !== undefined) candidates.push(relative);
  }
  return { candidates, attributions };
}

/** The state in "Nigeria's Bola Tinubu" and "Angela Merkel of Germany". */
function stateOf(words: Words, person: MentionCandidate, names: readonly MentionCandidate[]): MentionCandidate | undefined {
  const before = /^['’]s?$/.test(words.text[person.first - 1] ?? "") ? names.find((one) => one.last === person.first - 1) : undefined;
  const after = words.lower[person.last] === "of" ? names.find((one) => one.first === person.last + 1) : undefined;
  return [before, after].find((one) => one?.state !== undefined);
}

function singular(noun: string): string {
  if (/men$/.test(noun)) return noun.replace(/men$/, "man");
  if (/ies$/.test(noun)) return noun.replace(/ies$/, "y");
  return noun.replace(/([^s])s$/, "$1");
}

function isPlural(words: Words, noun: number): boolean {
  const tag = words.tokens[noun]?.xpos;
  // "secretaries general", "ministers of state"
  if (/(ies|[^s]s)$/.test(words.lower[noun - 1] ?? "") && words.lower[noun] === "general") return true;
  if (tag === "NNS" || tag === "NNPS") return true;
  return tag !== "NN" && tag !== "NNP" && /(?:[^s]s|men)$/.test(words.lower[noun] ?? "");
}

/** Whether the noun only modifies a noun after it: "government | forces", "army | chief". */
function continues(words: Words, noun: number, inName: ReadonlySet<number>): boolean {
  const next = noun + 1;
  if (words.tokens[next]?.upos === "NOUN" && !inName.has(next)) {
    const parent = words.head(noun);
    return parent > noun || words.relation(noun) === "compound";
  }
  return false;
}

// ------------------------------------------------------------------------------------------------------------------ phrases

/** Reads the phrase around the noun: leftwards over modifiers and owners to its article, rightwards over "of A, B and C". */
function phraseAt(
  words: Words,
  start: number,
  noun: number,
  names: readonly MentionCandidate[],
  nominals: readonly MentionCandidate[],
  pronouns: ReadonlyMap<number, MentionCandidate>,
): Phrase {
  const owners: MentionCandidate[] = [];
  let first = start;
  let definite = false;
  let indefinite = false;
  let count: number | undefined = COUNTS[words.lower[noun] ?? ""];
  for (let token = start - 1; token >= 0; ) {
    const lower = words.lower[token] ?? "";
    const upos = words.tokens[token]?.upos;
    const name = names.find((one) => one.first <= token && token < one.last);
    const possessive = /^['’]s?$/.test(lower);
    if (name !== undefined) {
      const owns = name.last - 1 === token || possessive;
      if (!owns || (name.kind === "place" && name.state === undefined) || name.kind === "agreement") {
        if (name.kind !== "place") break;
        first = name.first;
        token = name.first - 1;
        continue;
      }
      owners.unshift(name);
      first = name.first;
      token = name.first - 1;
      if (words.lower[name.last] === "'s" || words.lower[name.last] === "’s" || /^['’]$/.test(words.lower[name.last] ?? "")) {
        // "Russia and Ukraine's leaders" is rare; what precedes a possessor is another phrase.
        definite = true;
        first = withArticle(words, name.first);
        break;
      }
      continue;
    }
    if (possessive && words.attached(token)) {
      const owner = names.find((one) => one.last === token) ?? nominals.find((one) => one.last === token && one.form === "nominal");
      definite = true;
      if (owner === undefined) {
        first = token;
        break;
      }
      owners.unshift(owner);
      first = withArticle(words, owner.first);
      break;
    }
    if (lower === "the" || (/^(this|that|these|those)$/.test(lower) && upos !== "SCONJ")) {
      definite = true;
      first = token;
      break;
    }
    if (
      lower === "a" ||
      lower === "an" ||
      lower === "another" ||
      lower === "some" ||
      lower === "any" ||
      lower === "no" ||
      lower === "each" ||
      lower === "every"
    ) {
      indefinite = true;
      first = token;
      break;
    }
    if (/^(his|her|its|their|whose)$/.test(lower)) {
      definite = true;
      const pronoun = pronouns.get(token);
      if (pronoun !== undefined) owners.unshift(pronoun);
      first = token;
      break;
    }
    const counted = COUNTS[lower];
    if (counted !== undefined) {
      count = counted;
      first = token;
      if (lower === "both") break;
      token -= 1;
      continue;
    }
    const between = /^[-–]$/.test(words.text[token] ?? "") && words.attached(token);
    const joined = (lower === "and" || lower === ",") && modifierAround(words, token, names);
    if (
      upos === "ADJ" ||
      upos === "NOUN" ||
      upos === "NUM" ||
      upos === "PROPN" ||
      between ||
      joined ||
      lower === "then" ||
      (upos === "ADV" && words.head(token) > token && words.head(token) <= noun) ||
      lower === "so-called" ||
      (upos === "VERB" && /(ed|ing)$/.test(lower) && words.head(token) > token)
    ) {
      first = token;
      token -= 1;
      continue;
    }
    break;
  }
  let end = noun + 1;
  if (words.lower[end] === "of" || (words.lower[end] === "for" && ROLE_NOUNS.has(words.lower[noun] ?? ""))) {
    let at = end + 1;
    for (;;) {
      while (/^(the|both)$/.test(words.lower[at] ?? "")) at += 1;
      const owner = names.find((one) => one.first === at);
      if (owner === undefined || owner.kind === "person" || owner.kind === "agreement") break;
      if (owner.kind === "place" && owner.place === undefined) break;
      if (owner.kind !== "place") owners.push(owner);
      end = owner.last;
      if (words.lower[end] === "," && words.lower[end + 1] === "and") at = end + 2;
      else if (words.lower[end] === "," || words.lower[end] === "and") at = end + 1;
      else break;
      // After "of A, B" only a list goes on; "of Iran, Israel said" is no list.
      const rest = words.lower.slice(end, end + 14);
      if (words.lower[end] === "," && !rest.includes("and")) break;
      if (!isPlural(words, noun)) break;
    }
  }
  return { first, noun, end, owners, definite: definite || end > noun + 1, indefinite, ...(count === undefined ? {} : { count }) };
}

function withArticle(words: Words, token: number): number {
  return words.lower[token - 1] === "the" ? token - 1 : token;
}

/** "German and French leaders", "Saudi, Emirati and Egyptian officials": whether names stand on both sides of the separator. */
function modifierAround(words: Words, separator: number, names: readonly MentionCandidate[]): boolean {
  const before = names.find((one) => one.last === separator || (words.lower[separator - 1] === "," && one.last === separator - 1));
  const after = names.find((one) => one.first === separator + 1);
  return before !== undefined && after !== undefined && before.use === "adjective" && after.use === "adjective";
}

/** Of owners and persons given side by side ("presidents of A and B, X and Y") each person's own; else all owners for one person. */
function matchingOwners(
  owners: readonly MentionCandidate[],
  people: readonly MentionCandidate[],
  person: MentionCandidate,
): readonly MentionCandidate[] {
  if (people.length === 1) return owners;
  const own = owners[people.indexOf(person)];
  return owners.length === people.length && own !== undefined ? [own] : owners.length === 1 ? owners : [];
}

/** The persons that a role phrase stands directly before, or in apposition to on either side. */
function beside(
  words: Words,
  phrase: Phrase,
  noun: number,
  plural: boolean,
  names: readonly MentionCandidate[],
  used: Set<MentionCandidate>,
): { readonly people: readonly MentionCandidate[]; readonly direct: boolean } {
  const person = (at: number): MentionCandidate | undefined => names.find((one) => one.kind === "person" && one.first === at);
  const list = (at: number): MentionCandidate[] => {
    const people: MentionCandidate[] = [];
    for (let next = person(at); next !== undefined; ) {
      people.push(next);
      let after = next.last;
      // "Humberto de la Calle for the government and Ivan Marquez for the rebels"
      if (words.lower[after] === "for" && words.lower[after + 1] === "the") after += 3;
      if (words.lower[after] === ",") after += 1;
      if (words.lower[after] === "and") after += 1;
      next = /^(,|and)$/.test(words.lower[after - 1] ?? "") ? person(after) : undefined;
    }
    return people;
  };
  const direct = person(noun + 1);
  if (direct !== undefined) {
    const people = plural ? list(noun + 1) : [direct];
    for (const one of people) used.add(one);
    return { people, direct: true };
  }
  // "Recep Tayyip Erdogan, the Turkish president" and "Tony Blair and Bertie Ahern, prime ministers of Britain and Ireland".
  if (words.lower[phrase.first - 1] === ",") {
    const before = names.filter((one) => one.kind === "person" && one.last <= phrase.first - 1);
    const nearest = before.find((one) => one.last === phrase.first - 1);
    const closes =
      /^[,.;:)—–-]$/.test(words.text[phrase.end] ?? ".") ||
      phrase.end >= words.length ||
      /^(who|whose|whom|in|at|for|on|said|told|and)$/.test(words.lower[phrase.end] ?? "");
    if (nearest !== undefined && closes) {
      if (!plural) {
        used.add(nearest);
        return { people: [nearest], direct: false };
      }
      const people = [nearest];
      for (let at = nearest.first; ; ) {
        let gap = at;
        if (words.lower[gap - 1] === "and") gap -= 1;
        if (words.lower[gap - 1] === ",") gap -= 1;
        const previous = gap < at ? before.find((one) => one.last === gap) : undefined;
        if (previous === undefined) break;
        people.unshift(previous);
        at = previous.first;
      }
      if (people.length > 1) {
        for (const one of people) used.add(one);
        return { people, direct: false };
      }
    }
  }
  // "Israel's Foreign Minister, Shimon Peres," and "their prime ministers, Alexis Tsipras and Zoran Zaev".
  const comma = commaAfter(words, phrase.end);
  if (comma !== undefined && (phrase.definite || phrase.owners.length > 0)) {
    const people = list(comma + 1).filter((one) => !used.has(one));
    const last = people.at(-1);
    if (last !== undefined) {
      if (plural && people.length > 1) {
        for (const one of people) used.add(one);
        return { people, direct: false };
      }
      const next = people[0] as MentionCandidate;
      if (!plural && /^[,.;:)]$/.test(words.text[next.last] ?? ".")) {
        used.add(next);
        return { people: [next], direct: false };
      }
    }
  }
  return { people: [], direct: false };
}

/** "a joint Turkish-Russian center": two states or more, and "joint" or a hyphen between them. */
function jointBody(words: Words, noun: number, phrase: Phrase): Extract<Reference, { type: "body" }> | undefined {
  const lower = words.lower[noun] ?? "";
  if (!JOINT_BODY_NOUNS.has(lower)) return undefined;
  const states = phrase.owners.filter((owner) => owner.kind === "state" && owner.last <= noun);
  if (states.length < 2) return undefined;
  let first = phrase.first;
  while (first < noun && /^(the|a|an|this|that|their|its|new)$/.test(words.lower[first] ?? "")) first += 1;
  return { type: "body", noun: lower, phrase: spelled(words, first, noun + 1), owners: states };
}

/** The comma after a phrase, "to the alliance" or "in Washington" between them or nothing. */
function commaAfter(words: Words, end: number): number | undefined {
  if (words.lower[end] === ",") return end;
  if (!/^(to|in|at|for|on)$/.test(words.lower[end] ?? "")) return undefined;
  const comma = words.text.indexOf(",", end);
  return comma > 0 && comma - end <= 6 && words.tokens.slice(end, comma).every((token) => token.upos !== "VERB" && token.upos !== "AUX")
    ? comma
    : undefined;
}

function groupReference(words: Words, noun: number, lower: string, phrase: Phrase): Extract<Reference, { type: "group" }> | undefined {
  const count = phrase.count;
  const counted = count === undefined ? {} : { count };
  const upos = words.tokens[noun]?.upos;
  if (phrase.owners.length > 0) return undefined;
  if (count !== undefined || phrase.definite) {
    if (STATE_GROUPS.test(lower) && count !== undefined) {
      const fresh = phrase.definite || words.lower[phrase.first] === "both" ? {} : { fresh: true };
      return { type: "group", of: "state", ...counted, ...fresh };
    }
    if (ACTOR_GROUPS.test(lower)) return { type: "group", of: "actor", noun: singular(lower), ...counted };
    if (PERSON_GROUPS.test(lower) && (phrase.definite || words.lower[phrase.first] === "both")) {
      return { type: "group", of: "person", noun: singular(lower), ...counted };
    }
  }
  // "the two", "the four", "both" on their own.
  if (
    (upos === "NUM" || lower === "both") &&
    count !== undefined &&
    words.tokens[noun + 1]?.upos !== "NOUN" &&
    words.tokens[noun + 1]?.upos !== "ADJ" &&
    !words.attached(noun + 1)
  ) {
    if (
      words.lower[noun - 1] === "the" ||
      (lower === "both" && (/^(VERB|AUX|PUNCT)$/.test(words.tokens[noun + 1]?.upos ?? "") || words.tokens[noun - 1]?.upos === "ADP"))
    ) {
      return { type: "group", of: "actor", ...counted };
    }
  }
  return undefined;
}

// ----------------------------------------------------------------------------------------------------------------- pronouns

const PRONOUNS: Readonly<
  Record<string, { readonly gender?: Gender | "thing"; readonly number: "singular" | "plural"; readonly possessive: boolean }>
> = {
  he: { gender: "male", number: "singular", possessive: false },
  him: { gender: "male", number: "singular", possessive: false },
  himself: { gender: "male", number: "singular", possessive: false },
  his: { gender: "male", number: "singular", possessive: true },
  she: { gender: "female", number: "singular", possessive: false },
  her: { gender: "female", number: "singular", possessive: true },
  herself: { gender: "female", number: "singular", possessive: false },
  it: { gender: "thing", number: "singular", possessive: false },
  itself: { gender: "thing", number: "singular", possessive: false },
  its: { gender: "thing", number: "singular", possessive: true },
  they: { number: "plural", possessive: false },
  them: { number: "plural", possessive: false },
  themselves: { number: "plural", possessive: false },
  their: { number: "plural", possessive: true },
};

function pronounCandidate(words: Words, token: number, names: readonly MentionCandidate[]): MentionCandidate | undefined {
  const lower = words.lower[token] ?? "";
  const span = {
    start: words.tokens[token]?.start ?? 0,
    end: words.tokens[token]?.end ?? 0,
    sentence: words.index,
    first: token,
    last: token + 1,
    head: token,
    form: "pronoun" as const,
  };
  const pronoun = Object.hasOwn(PRONOUNS, lower) ? PRONOUNS[lower] : undefined;
  if (pronoun !== undefined) {
    if (words.relation(token) === "expl" || (lower === "it" && isDummy(words, token))) return undefined;
    const possessive =
      pronoun.possessive && (lower !== "her" || words.relation(token) === "nmod:poss" || words.tokens[token]?.xpos === "PRP$");
    const kind: EntityKind = pronoun.gender === "thing" || pronoun.number === "plural" ? "state" : "person";
    return { ...span, kind, reason: "pronoun", reference: { type: "pronoun", ...pronoun, possessive } };
  }
  if (/^(who|which|whom|whose|that)$/.test(lower) && words.tokens[token]?.upos !== "SCONJ") {
    const antecedent = relativeAntecedent(words, token, names);
    if (antecedent.length > 0) {
      return {
        ...span,
        kind: (antecedent[0] as MentionCandidate).kind,
        reason: "relative pronoun",
        reference: { type: "same", as: antecedent },
      };
    }
  }
  return undefined;
}

/** "it was stressed", "it took a nudge to": stands for nothing. */
function isDummy(words: Words, token: number): boolean {
  const verb = words.head(token);
  if (!/^nsubj/.test(words.relation(token) ?? "") || verb < 0) return false;
  const lemma = words.tokens[verb]?.lemma ?? "";
  if (
    words.child(verb, "csubj", "csubj:pass", "ccomp") !== undefined &&
    /^(be|seem|appear|take|say|report|clear|likely|possible|stress|note|understand|believe|expect|time)$/.test(lemma)
  )
    return true;
  return (
    words.relation(token) === "nsubj:pass" &&
    /^(say|report|stress|note|understand|believe|expect|think|hope|announce|add|emerge|agree)$/.test(lemma)
  );
}

/** What "who", "which", "whose", "that" stands for: the noun that its clause modifies, or the name right before the comma. */
function relativeAntecedent(words: Words, token: number, names: readonly MentionCandidate[]): MentionCandidate[] {
  let at = token;
  for (let steps = 0; steps < 8 && at >= 0; steps += 1) {
    if (words.relation(at) === "acl:relcl") {
      const noun = words.head(at);
      const name = names.find((one) => one.head === noun || (one.first <= noun && noun < one.last));
      if (name !== undefined && name.first < token) return fits(words, token, name) ? [name] : [];
      break;
    }
    at = words.head(at);
  }
  const before = words.text[token - 1] === "," ? token - 1 : token;
  const name = names.find((one) => one.last === before);
  if (name !== undefined && words.lower[token] !== "that" && fits(words, token, name)) return [name];
  return [];
}

function fits(words: Words, token: number, name: MentionCandidate): boolean {
  const lower = words.lower[token] ?? "";
  if (lower === "who" || lower === "whom") return name.kind === "person" || name.use === "people";
  if (lower === "which") return name.kind !== "person";
  return true;
}
