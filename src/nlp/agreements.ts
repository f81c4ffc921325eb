/** Reads noun phrases that mean an agreement without a proper name: "the Nov. 10 agreement", "a security pact of 2001", "the truce". */
import type { Knowledge } from "../knowledge/types.ts";
import type { Reference } from "./mentions.ts";
import { AGREEMENT_ANAPHORS, CALENDAR } from "./vocabulary.ts";
import { spelled, type Words } from "./words.ts";

export type AgreementReference = Extract<Reference, { type: "agreement" }>;

/** Verbs whose object is an agreement that exists: lemmas. */
const CONCLUDING =
  /^(sign|co-sign|cosign|initial|initialled|ink|conclude|reach|seal|ratify|adopt|strike|clinch|broker|violate|breach|break|veto|hammer|finali[sz]e|agree|announce|secure|mediate|implement|revive|renounce|extend|join|suspend|honou?r|flout|denounce|kill|renew|respect|observe|guarantee|accept|approve|revoke|cancel|scrap|annul|terminate|abandon|repudiate)$/;
const COUNTS: Readonly<Record<string, number>> = { both: 2, two: 2, three: 3 };
const EMPTY =
  /^(separate|new|final|first|second|third|original|last|latest|recent|previous|former|own|same|current|so-called|earlier|other|another|such|whole|full|formal|similar|parallel|comparable|landmark|historic|major|key|controversial)$/;
const BROKERED = /^(brokered|backed|mediated|sponsored|led|supervised|facilitated|supported|drafted|proposed)$/;
/** "without an agreement", "talks on a deal", "short of a pact": nothing was concluded. */
const OPEN = /^(without|for|toward|towards|on|short|to|into|about|no|any|if|possible|potential)$/;

/** The agreement phrase whose noun is at `noun`; `start` is where its noun phrase begins. Nothing when the noun is none of an agreement's. */
export function agreementNominal(
  words: Words,
  noun: number,
  start: number,
  knowledge: Knowledge,
): { readonly first: number; readonly reference: AgreementReference } | undefined {
  const base = agreementNoun(words, noun, knowledge);
  if (base === undefined) return undefined;
  const first = Math.min(start, base.first);
  const plural = words.tokens[noun]?.xpos === "NNS" && base.noun !== "hostilities";
  let definite = false;
  let owned = false;
  let indefinite = false;
  let count: number | undefined;
  let content = first;
  // "their own deal", "a separate pact": not the one before.
  const other = words.lower.slice(first, base.first).some((word) => /^(own|another|separate|similar|rival|second|third)$/.test(word));
  for (let token = first; token < base.first; token += 1) {
    const lower = words.lower[token] ?? "";
    if (/^(the|this|that|these|those|its|their|his|her)$/.test(lower) || /^['’]s?$/.test(lower)) {
      definite = true;
      // "its friendship treaty with Spain", unlike "their accord"
      if (/^['’]s?$/.test(lower) || (/^(its|their)$/.test(lower) && words.lower[noun + 1] === "with")) owned = true;
      content = token + 1;
    } else if (/^(no|any)$/.test(lower)) return undefined;
    else if (/^(a|an|another|some)$/.test(lower)) {
      indefinite = true;
      content = token + 1;
    } else if (COUNTS[lower] !== undefined) {
      count = COUNTS[lower];
      if (lower === "both") definite = true;
      content = token + 1;
    } else if (token === content && EMPTY.test(lower)) content = token + 1;
  }
  // "unanimously adopting resolution 2098": the verb before is no part of what is adopted.
  for (let token = content; token < base.first; token += 1)
    if (words.tokens[token]?.xpos === "VBG" && CONCLUDING.test(words.tokens[token]?.lemma ?? "")) content = token + 1;
  const modifiers: string[] = [];
  const names: string[] = [];
  for (let token = content; token < base.first; token += 1) {
    const lower = words.lower[token] ?? "";
    // "a U.S.-brokered accord": who brokered it does not tell it from others.
    if (words.text[token + 1] === "-" && BROKERED.test(words.lower[token + 2] ?? "")) continue;
    if (/\p{L}/u.test(lower) && !CALENDAR.has(lower.replace(/\.$/, ""))) modifiers.push(lower);
    if (words.capital(token) && words.tokens[token]?.upos !== "ADJ" && !CALENDAR.has(lower.replace(/\.$/, ""))) names.push(lower);
  }
  const last = phraseEnd(words, noun);
  const year = [...words.text.slice(content, base.first), ...(words.lower[noun + 1] === "of" ? [words.text[noun + 2] ?? ""] : [])].find(
    (word) => /^(19|20)\d\d$/.test(word),
  );
  return {
    first,
    reference: {
      type: "agreement",
      noun: base.noun,
      definite: definite && !other,
      owned,
      plural,
      ...(count === undefined ? {} : { count }),
      modifiers,
      names,
      ...(year === undefined ? {} : { year }),
      relative: !other && describes(words, noun),
      concluded:
        (concluded(words, noun) || (definite && isBetween(words, noun))) &&
        !(indefinite && OPEN.test(words.lower[first - 1] ?? "") && !participle(words, noun) && !agreedUpon(words, noun)),
      phrase: spelled(words, content, last).replace(/["“”]/g, "").replace(/  +/g, " "),
    },
  };
}

/** The noun itself with where it begins: "cease-fire" may be three tokens, "memorandum of understanding" ends in another noun. */
function agreementNoun(words: Words, noun: number, knowledge: Knowledge): { readonly noun: string; readonly first: number } | undefined {
  const lower = words.lower[noun] ?? "";
  if (lower === "cessation" && words.lower[noun + 1] === "of" && words.lower[noun + 2] === "hostilities")
    return { noun: lower, first: noun };
  // "cease - fire", "road map": the word alone comes first, or "security" would be lost from "security pact".
  for (const [first, text] of [
    [noun - 2, `${words.lower[noun - 2] ?? ""}${words.lower[noun - 1] ?? ""}${lower}`],
    [noun, lower],
    [noun - 1, `${words.lower[noun - 1] ?? ""} ${lower}`],
  ] as const) {
    if (first < 0) continue;
    const single = text.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
    for (const form of [text, single]) {
      if (!knowledge.agreementNouns.has(form)) continue;
      // "a peace settlement plan": only the last noun counts, and modifiers of other nouns do not.
      if (words.tokens[noun + 1]?.upos === "NOUN" && words.head(noun) > noun) return undefined;
      // "the resolution of the conflict", "a settlement to the dispute" are processes, not papers.
      if (/^(resolution|settlement|understanding|framework|statute)$/.test(single) && /^(of|to|for|in)$/.test(words.lower[noun + 1] ?? ""))
        return undefined;
      if (single === "declaration" && /^(war|independence|emergency|victory)$/.test(words.lower[noun + 2] ?? "")) return undefined;
      if (words.lower[noun - 1] === "of" && /^(memorand(um|a)|letters?|statements?|declarations?)$/.test(words.lower[noun - 2] ?? ""))
        return undefined;
      return { noun: single, first };
    }
  }
  // "the outcome of the visit", "the plan of attack"
  if (AGREEMENT_ANAPHORS.has(lower) && words.lower[noun + 1] === "of") return undefined;
  if (AGREEMENT_ANAPHORS.has(lower) || lower === "documents" || lower === "texts") return { noun: lower.replace(/s$/, ""), first: noun };
  return undefined;
}

/** After the noun: "of understanding", "of hostilities", "of 2001", or for a bare noun "signed in June". */
function phraseEnd(words: Words, noun: number): number {
  let end = noun + 1;
  // "its resolution 2440"
  if (/^resolutions?$/.test(words.lower[noun] ?? "") && /^\p{N}{2,4}$/u.test(words.text[end] ?? "")) return end + 1;
  if (
    words.lower[end] === "of" &&
    /^(understanding|hostilities|intent|cooperation|friendship|principles|\p{N}{4})$/u.test(words.lower[end + 1] ?? "")
  )
    end += 2;
  end = subjectMatter(words, noun, end);
  if (/^(signed|concluded|reached|agreed)$/.test(words.lower[end] ?? "") && words.lower[end + 1] === "in") {
    const month = (words.lower[end + 2] ?? "").replace(/\.$/, "");
    if (CALENDAR.has(month) || /^\p{N}{4}$/u.test(month)) end += /^\p{N}{4}$/u.test(words.lower[end + 3] ?? "") ? 4 : 3;
  }
  return end;
}

/** After "agreement on nuclear energy" and "pact on migration and trade": what it is about, where that is no name; else `end` as it was. */
function subjectMatter(words: Words, noun: number, end: number): number {
  if (words.lower[end] !== "on" || words.tokens[words.head(end)]?.upos !== "NOUN") return end;
  const last = words.head(end);
  const hangs = words.head(last) === noun || (end === noun + 1 && words.relation(last) === "obl" && words.head(last) === words.head(noun));
  const inside = hangs && last - end <= 4;
  const plain = words.tokens.slice(end + 1, last + 1).every(({ upos }) => /^(NOUN|ADJ|PROPN)$/.test(upos)) && !words.capital(last);
  const timed = /^(day|week|month|year|evening|morning|night|occasion|sidelines?|basis|terms?|condition|behalf|paper|hold|track|table)s?$/;
  return inside && plain && !timed.test(words.lower[last] ?? "") ? last + 1 : end;
}

/** "a pact that ended the war": a relative clause that says what it did, not "a deal under which X would lease". */
function describes(words: Words, noun: number): boolean {
  const clause = words.child(noun, "acl:relcl");
  if (clause === undefined || words.child(clause, "aux") !== undefined) return false;
  return (words.children[clause] ?? []).some(
    (child) => /^(nsubj|obj)/.test(words.relation(child) ?? "") && /^(that|which)$/.test(words.lower[child] ?? ""),
  );
}

function participle(words: Words, noun: number): boolean {
  return (words.children[noun] ?? []).some((child) => {
    const relation = words.relation(child);
    return (relation === "acl" || relation === "acl:relcl") && CONCLUDING.test(words.tokens[child]?.lemma ?? "");
  });
}

/** "The truce between A and B collapsed": there was one. */
function isBetween(words: Words, noun: number): boolean {
  return words.lower[noun + 1] === "between" && words.head(words.head(noun + 1)) === noun;
}

/** "Agreed on a truce": it was concluded by that. */
function agreedUpon(words: Words, noun: number): boolean {
  return words.relation(noun) === "obl" && words.tokens[words.head(noun)]?.lemma === "agree";
}

/** Whether the sentence says that the agreement exists: it was signed, broken, vetoed ... */
function concluded(words: Words, noun: number): boolean {
  if (participle(words, noun)) return true;
  // "initialled the text of a peace treaty"
  const text = words.head(noun);
  if (
    words.relation(noun) === "nmod" &&
    /^(text|terms|version|copy|copies|protocols|instruments)$/.test(words.lower[text] ?? "") &&
    words.lower.slice(text, noun).includes("of")
  )
    return concluded(words, text);
  const relation = words.relation(noun);
  const verb = words.head(noun);
  if ((relation === "obj" || relation === "nsubj:pass" || relation === "nsubj") && CONCLUDING.test(words.tokens[verb]?.lemma ?? ""))
    return true;
  // "agreed to a 90-day truce"
  if (agreedUpon(words, noun)) return true;
  // Participles right after the noun, for trees that hang them elsewhere.
  const next = words.lower[noun + 1] === "," ? noun + 2 : noun + 1;
  return /^(signed|initialled|initialed|brokered|concluded|reached|ratified|mediated)$/.test(words.lower[next] ?? "");
}
