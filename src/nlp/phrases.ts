/** Reads the noun phrase around a noun from the surface: its article, count and owners, and the persons that it stands beside. */
import type { MentionCandidate } from "./mentions.ts";
import type { TitleSpan } from "./names.ts";
import { PERSON_APPOSITIONS, ROLE_NOUNS } from "./vocabulary.ts";
import type { Words } from "./words.ts";

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

/** A noun phrase read from the surface: it may begin with names that own it and end in "of" and further owners. */
export interface Phrase {
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

export function singular(noun: string): string {
  if (/men$/.test(noun)) return noun.replace(/men$/, "man");
  if (/ies$/.test(noun)) return noun.replace(/ies$/, "y");
  return noun.replace(/([^s])s$/, "$1");
}

export function isPlural(words: Words, noun: number): boolean {
  const tag = words.tokens[noun]?.xpos;
  // "secretaries general", "ministers of state"
  if (/(ies|[^s]s)$/.test(words.lower[noun - 1] ?? "") && words.lower[noun] === "general") return true;
  if (tag === "NNS" || tag === "NNPS") return true;
  return tag !== "NN" && tag !== "NNP" && /(?:[^s]s|men)$/.test(words.lower[noun] ?? "");
}

/** Participles that say whose hand is behind somebody, or what else joins them, not whose they are. */
const BEHIND =
  /^(backed|supported|allied|aligned|sponsored|funded|financed|armed|trained|equipped|linked|affiliated|friendly|installed|appointed|leaning|held|occupied|controlled|born|educated|based|made|built|owned|flagged|speaking|sanctioned|imposed|led|dominated|run|brokered|mediated)$/;

function isHyphenated(words: Words, token: number): boolean {
  return /^[-‐–]$/.test(words.text[token] ?? "") && words.attached(token) && words.attached(token + 1);
}

/** Reads the phrase around the noun: leftwards over modifiers and owners to its article, rightwards over "of A, B and C". */
export function phraseAt(
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
      // "Turkish-backed fighters" are not Turkey's.
      if (isHyphenated(words, name.last) && BEHIND.test(words.lower[name.last + 1] ?? "")) {
        first = name.first;
        token = name.first - 1;
        continue;
      }
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
  const role = words.lower[noun] ?? "";
  // "the envoy for Yemen": where he is sent, not who sends him.
  if (
    words.lower[end] === "of" ||
    (words.lower[end] === "for" && ROLE_NOUNS.has(role) && !/^(envoy|representative|mediator)$/.test(role))
  ) {
    let at = end + 1;
    for (;;) {
      while (/^(the|both)$/.test(words.lower[at] ?? "")) at += 1;
      const possessor = names.find((one) => one.first === at);
      // "the head of Ruritania's Supreme Council"
      const possessed = /^['’]s?$/.test(words.text[possessor?.last ?? -1] ?? "")
        ? names.find((one) => one.first === (possessor?.last ?? 0) + 1)
        : undefined;
      const owner = possessed?.kind === "organization" ? possessed : possessor;
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
  // "the head of the Mission in Liberia (UNMIL), X"
  if (end > noun + 1 && words.text[end] === "(" && words.text[end + 2] === ")" && /^\p{Lu}{2,}$/u.test(words.text[end + 1] ?? "")) end += 3;
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
export function matchingOwners(
  owners: readonly MentionCandidate[],
  people: readonly MentionCandidate[],
  person: MentionCandidate,
): readonly MentionCandidate[] {
  if (people.length === 1) return owners;
  const own = owners[people.indexOf(person)];
  return owners.length === people.length && own !== undefined ? [own] : owners.length === 1 ? owners : [];
}

/** "The Presidents of A, X, of B, Y, and of C, Z": each person with the owner of his office; nothing where fewer than two are told so. */
export function distributed(
  words: Words,
  noun: number,
  names: readonly MentionCandidate[],
): readonly { readonly person: MentionCandidate; readonly owner: MentionCandidate }[] {
  const pairs: { person: MentionCandidate; owner: MentionCandidate }[] = [];
  for (let at = noun + 1; words.lower[at] === "of" || pairs.length > 0; ) {
    const after = words.lower[at] === "of" ? at + 1 : at;
    const start = words.lower[after] === "the" ? after + 1 : after;
    const owner = names.find((one) => one.first === start && (one.kind === "state" || one.kind === "organization"));
    if (owner === undefined || words.text[owner.last] !== ",") break;
    const person = names.find((one) => one.kind === "person" && one.first === owner.last + 1);
    if (person === undefined) break;
    pairs.push({ person, owner });
    at = person.last;
    while (/^(,|and)$/.test(words.lower[at] ?? "")) at += 1;
  }
  return pairs.length > 1 ? pairs : [];
}

/** The persons that a role phrase stands directly before, or in apposition to on either side. */
export function beside(
  words: Words,
  phrase: Phrase,
  noun: number,
  plural: boolean,
  names: readonly MentionCandidate[],
  used: Set<MentionCandidate>,
  titles: readonly TitleSpan[],
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
  // "Foreign Minister X", "President of the Republic of Ruritania X", "the emir, Sheikh X": past a rank or honorific.
  const after = pastRanks(titles, noun + 1);
  const direct = person(after) ?? (phrase.end > noun + 1 && !plural ? person(phrase.end) : undefined);
  if (direct !== undefined) {
    const people = plural ? list(after) : [direct];
    for (const one of people) used.add(one);
    return { people, direct: true };
  }
  // "Yugoslavia's new president, the novelist X"
  const role = words.lower[phrase.end] === "," && words.lower[phrase.end + 1] === "the" ? (words.lower[phrase.end + 2] ?? "") : "";
  const apposed = !plural && PERSON_APPOSITIONS.has(role) ? person(phrase.end + 3) : undefined;
  if (apposed !== undefined) {
    used.add(apposed);
    return { people: [apposed], direct: false };
  }
  // "Recep Tayyip Erdogan, the Turkish president" and "Tony Blair and Bertie Ahern, prime ministers of Britain and Ireland".
  // "Alberto Fujimori, then Peru's president"
  const apposition = /^(then|now|currently|formerly|himself|herself)$/.test(words.lower[phrase.first - 1] ?? "")
    ? phrase.first - 2
    : phrase.first - 1;
  if (words.lower[apposition] === ",") {
    const before = names.filter((one) => one.kind === "person" && one.last <= apposition);
    const nearest = before.find((one) => one.last === apposition);
    const closes =
      /^[,.;:()—–-]$/.test(words.text[phrase.end] ?? ".") ||
      words.relation(noun) === "appos" ||
      phrase.end >= words.length ||
      /^(who|whose|whom|in|at|for|on|said|told|and)$/.test(words.lower[phrase.end] ?? "");
    // "X, the president of Ruritania, Y,": the title of Y, where X has one of his own.
    const others =
      nearest !== undefined && !plural && used.has(nearest) && words.text[phrase.end] === "," && person(pastRanks(titles, phrase.end + 1));
    if (nearest !== undefined && closes && !others) {
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
    const titled = plural
      ? undefined
      : titledAfter(words, comma + 1, names, COUNTERPARTS.test(words.lower[noun] ?? "") ? titles : titles.filter(isHonorific));
    if (titled !== undefined && !used.has(titled)) {
      used.add(titled);
      return { people: [titled], direct: false };
    }
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

/** The token after the ranks and honorifics that begin at one. */
function pastRanks(titles: readonly TitleSpan[], at: number): number {
  return titles.reduce((after, { first, last }) => (first === after && last <= after + 2 ? last : after), at);
}

/** Who is told by whom he deals with, whatever his own office. */
const COUNTERPARTS = /^(counterpart|colleague|host|guest)$/;

/** "the bloc's mediator, | former Nigerian President Goodluck Jonathan, |": a person whose title stands between the comma and the name. */
const isHonorific = ({ title }: TitleSpan): boolean => title.relation === "none";

function titledAfter(
  words: Words,
  start: number,
  names: readonly MentionCandidate[],
  titles: readonly TitleSpan[],
): MentionCandidate | undefined {
  const person = names.find((one) => one.kind === "person" && one.first > start && one.first - start <= 7);
  if (person === undefined || !/^[,.;:)]$/.test(words.text[person.last] ?? ".")) return undefined;
  for (let token = start; token < person.first; token += 1) {
    const upos = words.tokens[token]?.upos ?? "";
    if (!/^(ADJ|NOUN|PROPN)$/.test(upos) && !/^([-–.]|['’]s?|and|of|for)$/.test(words.text[token] ?? "")) return undefined;
  }
  const titled = ROLE_NOUNS.has(words.lower[person.first - 1] ?? "") || titles.some(({ last }) => last === person.first);
  return titled ? person : undefined;
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
