/** Whom a pronoun stands for, where one antecedent is clearly the likeliest. */
import type { AgreementLinker } from "./agreement-chains.ts";
import type { Draft } from "./chains.ts";
import { clauseOf, governs, isModifier } from "./clauses.ts";
import { type Discourse, type Resolution, unlessEmpty } from "./discourse.ts";
import type { MentionCandidate, Reference } from "./mentions.ts";
import { resolvePlural } from "./plural-reference.ts";
import type { Words } from "./words.ts";

/** How many sentences back a pronoun may look. */
const PRONOUN_REACH = 2;
/** How far the only agreement of a text is "it" to those who sign or judge. */
const LONE_TEXT_REACH = 4;

/** "We" and "I" inside a quotation: its speaker, the subject of the verb of saying outside it. */
function speaker(discourse: Discourse, candidate: MentionCandidate): Resolution | undefined {
  const words = discourse.wordsOf(candidate);
  const quotes = words.text.flatMap((word, at) => (/^["“”]$/.test(word) ? [at] : []));
  const inside = (token: number): boolean => quotes.filter((at) => at < token).length % 2 === 1;
  if (quotes.length === 0 || !inside(candidate.head)) return undefined;
  const speakers = discourse.found.candidates.filter(
    (other) =>
      other.sentence === candidate.sentence &&
      other.kind !== "place" &&
      other.kind !== "agreement" &&
      !inside(other.head) &&
      discourse.isSubject(other) &&
      SAYING.test(words.tokens[words.head(other.head)]?.lemma ?? ""),
  );
  const [only] = speakers;
  if (only === undefined || speakers.some((other) => other.head !== only.head)) return undefined;
  if (only.form === "name") return unlessEmpty(discourse.draftsOf(only), "speaker of the quotation");
  const named = speakers.find((other) => discourse.draftsOf(other).length === 1);
  return named === undefined ? undefined : { drafts: discourse.draftsOf(named), reason: "speaker of the quotation" };
}

export function resolvePronoun(
  discourse: Discourse,
  agreements: AgreementLinker,
  candidate: MentionCandidate,
  reference: Extract<Reference, { type: "pronoun" }>,
): Resolution | undefined {
  if (reference.speaker === true) return speaker(discourse, candidate);
  if (reference.number === "plural") return resolvePlural(discourse, candidate, reference.possessive);
  const words = discourse.wordsOf(candidate);
  if (reference.possessive && words.lower[candidate.last] === "part" && words.lower[candidate.first - 1] === "for") {
    return whosePart(discourse, candidate);
  }
  const thing = reference.gender === "thing";
  const verb = clauseOf(words, candidate.head);
  if (thing && isText(words, candidate.head)) {
    const text = agreements.salient(candidate);
    const reach = agreements.count === 1 ? LONE_TEXT_REACH : PRONOUN_REACH;
    if (text !== undefined && candidate.sentence - discourse.lastSentence(text) <= reach)
      return { drafts: [text], reason: "pronoun: the agreement named last" };
  }
  const led = thing && reference.possessive ? bodyLed(discourse, candidate) : undefined;
  if (led !== undefined) return { drafts: [led], reason: "pronoun: the only body named lately" };
  const self = discourse.found.candidates.find(
    (other) =>
      other.sentence === candidate.sentence &&
      other.form === "nominal" &&
      other.reference?.type === "same" &&
      other.first <= candidate.first &&
      candidate.last <= other.last,
  );
  const own = self?.reference?.type === "same" ? self.reference.as.flatMap((other) => [...discourse.draftsOf(other)]) : [];
  const subjectPronoun = words.relation(candidate.head) === "nsubj" || words.relation(candidate.head) === "nsubj:pass";
  const controller = controllerOf(words, verb);
  // "Invited Samoa to join it"
  const controlled = words.relation(verb) === "xcomp" ? (words.child(words.head(verb), "obj", "iobj") ?? -1) : -1;
  const modified = words.relation(verb)?.startsWith("acl") === true ? words.head(verb) : -1;
  // "a truce it had brokered": the noun is what its clause is short of.
  const gap = modified >= 0 && words.relation(verb) === "acl:relcl" && subjectPronoun && !relativeSubject(words, verb);
  const below = words.head(verb) >= 0;
  const whereabouts = journeyBefore(words, verb);
  const reflexive = /self$/.test(words.lower[candidate.head] ?? "");
  // "The general thanked his host": his who is not made out.
  if (!thing && reference.possessive && isOpenPerson(discourse, candidate, controller)) return undefined;
  const owned = words.tokens[words.head(candidate.head)]?.lemma ?? "";
  // Who denies or rejects something: the pronoun, or what it owns.
  const denier = reference.possessive ? words.head(candidate.head) : candidate.head;
  const answers = words.relation(denier) === "nsubj" && DENYING.test(words.tokens[words.head(denier)]?.lemma ?? "");
  // The verb that has what is owned for its object.
  const ruler = words.relation(words.head(candidate.head)) === "obj" ? words.head(words.head(candidate.head)) : -1;
  const scores = new Map<Draft, number>();
  // "Erdogan met him", "Obama, who phoned him": the other arguments of the same verb are somebody else, by whatever word they are meant.
  const recent = discourse.since(candidate.sentence - PRONOUN_REACH);
  const others = new Set<Draft>();
  if (!reference.possessive && !reflexive) {
    for (const { candidate: other, drafts } of recent) {
      if (other.sentence !== candidate.sentence || other.start >= candidate.start || isModifier(words, other)) continue;
      if (clauseOf(words, other.head) === verb || (!subjectPronoun && (other.head === controller || other.head === controlled)))
        for (const draft of drafts) others.add(draft);
    }
  }
  // "It" in what is said is of what is said, and "backed it" after "proposed a plan" is the plan.
  const quoted = thing && isQuoted(words, candidate.head);
  const plan = thing ? lastOpenText(discourse, candidate) : -1;
  for (const occurrence of recent) {
    const other = occurrence.candidate;
    if (quoted && !isQuoted(discourse.wordsOf(other), other.head)) continue;
    if (other.end <= plan) continue;
    const back = candidate.sentence - other.sentence;
    if (back > (thing ? 1 : PRONOUN_REACH) || other.start >= candidate.start || occurrence.drafts.length !== 1) continue;
    const draft = occurrence.drafts[0] as Draft;
    if (thing ? draft.kind === "person" || draft.kind === "place" : draft.kind !== "person") continue;
    // "Russia, its traditional ally": not its own.
    if (reference.possessive && back === 0 && words.relation(words.head(candidate.head)) === "appos" && other.last === candidate.first - 1)
      continue;
    if (own.includes(draft) || (reference.possessive && !thing && namedAfterOwner(discourse, candidate, draft))) continue;
    if (thing && reference.possessive && draft.kind === "agreement" && !TEXT_PARTS.test(owned)) continue;
    if (!thing && draft.gender !== undefined && draft.gender !== reference.gender) continue;
    const sameClause = back === 0 && clauseOf(words, other.head) === verb;
    if (gap && back === 0 && other.head === modified) continue;
    if (others.has(draft) || (sameClause && !reference.possessive && !reflexive)) continue;
    // "Police stormed its embassy": not their own.
    if (reference.possessive && occurrence.subject && HOSTILE.test(words.tokens[ruler]?.lemma ?? "") && sameClause && (thing || !reflexive))
      continue;
    let score = 3 - (below ? 2 : 1.2) * back;
    if (occurrence.subject) score += subjectPronoun || reference.possessive ? 1.4 : 0.5;
    if (back === 0 && other.head === modified) score += 1.8;
    // "thanked Erdogan for his approach": his, not the thanker's.
    if (sameClause && reference.possessive && bearsTheCharge(words, other.head, verb, candidate.head)) score += 4;
    else if (sameClause && occurrence.subject) score += 1.5;
    if (back === 0 && !sameClause && occurrence.subject && (subjectPronoun || reference.possessive) && governs(words, other.head, verb))
      score += 0.8;
    if (subjectPronoun && occurrence.subject) score += 0.4;
    // "X accused Y of treason. He denied it", "A urged B to leave. Its premier rejected the demand": he who was spoken to.
    if (back === 1 && answers && isAddressed(discourse.wordsOf(other), other.head)) score += 2.5;
    // "Obliges Haiti to patrol its waters"
    if (back === 0 && reference.possessive && other.head === controlled) score += 2.5;
    if (back === 0 && isAside(words, other.head, candidate.head)) score -= 0.9;
    // "X, who once fought Y, received him": somebody else than Y.
    const aside = back === 0 && !subjectPronoun && !reference.possessive ? clauseOf(words, other.head) : -1;
    if (
      aside >= 0 &&
      words.relation(aside) === "acl:relcl" &&
      /^nsubj/.test(words.relation(words.head(aside)) ?? "") &&
      clauseOf(words, words.head(aside)) === verb
    )
      score -= 1.6;
    if (back === 0 && whereabouts >= 0 && words.head(other.head) === whereabouts) score += 2.5;
    if (isModifier(discourse.wordsOf(other), other)) score -= thing ? 1.2 : below && back === 0 ? 0.4 : 0.8;
    if (!thing && draft.gender === undefined) score -= 0.2;
    if (other.form !== "name" && other.form !== "pronoun") score += 0.1;
    score -= Math.min(0.6, (candidate.start - other.end) / 500);
    scores.set(draft, Math.max(scores.get(draft) ?? Number.NEGATIVE_INFINITY, score));
  }
  const ahead = thing || !reference.possessive ? undefined : subjectAhead(discourse, candidate, reference.gender);
  if (ahead !== undefined) return { drafts: [ahead], reason: "pronoun: the subject that follows" };
  const ranked = [...scores].sort((left, right) => right[1] - left[1]);
  const [best, second] = ranked;
  if (best === undefined) return undefined;
  const margin = thing ? 0.7 : subjectPronoun || reference.possessive ? 0.45 : 0.6;
  if (
    best[1] < (thing ? 2.6 : ranked.length === 1 && isAlone(discourse, candidate) ? 0.3 : 1) ||
    (second !== undefined && best[1] - second[1] < margin)
  )
    return undefined;
  return { drafts: [best[0]], reason: ranked.length === 1 ? "pronoun: the only one that fits" : "pronoun: nearest subject that fits" };
}

/** Whether the token heads a person without a name before the pronoun who stands for nobody we know. */
function isOpenPerson(discourse: Discourse, candidate: MentionCandidate, token: number): boolean {
  return discourse.found.candidates.some(
    (other) =>
      other.sentence === candidate.sentence &&
      other.head === token &&
      other.end <= candidate.start &&
      other.kind === "person" &&
      other.form === "nominal" &&
      discourse.draftsOf(other).length === 0,
  );
}

/** Whether the token is whom somebody accuses or asks for something. */
function isAddressed(words: Words, token: number): boolean {
  const relation = words.relation(token) ?? "";
  const lemma = words.tokens[words.head(token)]?.lemma ?? "";
  return relation === "obj"
    ? ADDRESSING.test(lemma)
    : relation === "obl" && lemma === "call" && words.lower[words.child(token, "case") ?? -1] === "on";
}

/** Who is named as another argument of the clause that the pronoun owns the subject of: "His envoy met the Ruritanian leader" is not the leader's. */
function namedAfterOwner(discourse: Discourse, candidate: MentionCandidate, draft: Draft): boolean {
  const words = discourse.wordsOf(candidate);
  const owned = words.head(candidate.head);
  if (!/^nsubj/.test(words.relation(owned) ?? "")) return false;
  const verb = words.head(owned);
  return discourse.found.candidates.some((other) => {
    if (other.sentence !== candidate.sentence || other.start < candidate.end || words.head(other.head) !== verb) return false;
    if (!/^(obj|obl)$/.test(words.relation(other.head) ?? "")) return false;
    if (other.form === "name") return discourse.draftsOf(other).includes(draft);
    const { reference } = other;
    return (
      reference?.type === "role" &&
      draft.country !== undefined &&
      reference.owners.some((owner) => discourse.draftsOf(owner).some(({ kind, country }) => kind === "state" && country === draft.country))
    );
  });
}

/** Whether this sentence and the two before bring up one person at most that is not resolved or acting here: nobody else may be meant. */
function isAlone(discourse: Discourse, candidate: MentionCandidate): boolean {
  return !discourse.found.candidates.some(
    (other) =>
      other.kind === "person" &&
      other.form === "nominal" &&
      other.start < candidate.start &&
      candidate.sentence - other.sentence <= PRONOUN_REACH &&
      discourse.draftsOf(other).length === 0,
  );
}

/** "Paris, for its part, declined", "For his part, Mr. X thanked": the name right before, or the subject after the comma. */
function whosePart(discourse: Discourse, candidate: MentionCandidate): Resolution | undefined {
  const words = discourse.wordsOf(candidate);
  const here = discourse.found.candidates.filter((other) => other.sentence === candidate.sentence && other.form === "name");
  const front = candidate.first - (words.lower[candidate.first - 2] === "," ? 2 : 1);
  const before = here.find((other) => other.last === front);
  const after =
    words.lower[candidate.last + 1] === "," ? here.find((other) => other.start > candidate.end && discourse.isSubject(other)) : undefined;
  const meant = before ?? after;
  return meant === undefined ? undefined : unlessEmpty(discourse.draftsOf(meant), "pronoun: whose part it is");
}

/** "Its leader", "its founder": of a body sooner than of a state; the only one that this sentence or the one before named. */
function bodyLed(discourse: Discourse, candidate: MentionCandidate): Draft | undefined {
  const words = discourse.wordsOf(candidate);
  const noun = words.lower[words.head(candidate.head)] ?? "";
  if (!/^(leader|leaders|founder|commander|commanders|fighters|leadership)$/.test(noun) || words.head(candidate.head) > candidate.head + 3)
    return undefined;
  const recent = discourse.since(candidate.sentence - 1).filter((one) => one.candidate.start < candidate.start);
  const bodies = new Set(recent.flatMap(({ drafts }) => drafts.filter((draft) => draft.kind === "organization")));
  const [only] = bodies;
  return bodies.size === 1 ? only : undefined;
}

/** Whether the token stands between quotation marks. */
function isQuoted(words: Words, token: number): boolean {
  let inside = false;
  for (let at = 0; at < token; at += 1) if (/^["“”]$/.test(words.text[at] ?? "")) inside = !inside;
  return inside;
}

/** Where the last agreement or plan that stands for nothing we know ends before the pronoun, in its sentence; -1 where there is none. */
function lastOpenText(discourse: Discourse, candidate: MentionCandidate): number {
  const open = discourse.found.candidates.findLast(
    (other) =>
      other.sentence === candidate.sentence &&
      other.end <= candidate.start &&
      other.reference?.type === "agreement" &&
      discourse.isObject(other) &&
      discourse.draftsOf(other).length === 0,
  );
  return open?.end ?? -1;
}

/** Whether a token stands in a relative clause that the pronoun is outside of: "Zaire, which backs the front, has not recognized it". */
function isAside(words: Words, token: number, pronoun: number): boolean {
  const clause = clauseOf(words, token);
  if (words.relation(clause) !== "acl:relcl" || pronoun < token) return false;
  for (let at = pronoun, steps = 0; at >= 0 && steps < 12; at = words.head(at), steps += 1) if (at === clause) return false;
  return true;
}

/** "The visit of X to Lima, where he": the noun for the journey; -1 where the clause does not say what happened at its end. */
function journeyBefore(words: Words, verb: number): number {
  if (!/^(acl|advcl)/.test(words.relation(verb) ?? "")) return -1;
  if (!(words.children[verb] ?? []).some((child) => words.lower[child] === "where")) return -1;
  const journey = words.head(words.head(verb));
  return /^(visit|trip|tour|journey|stop|stay|return|flight|arrival)$/.test(words.tokens[journey]?.lemma ?? "") ? journey : -1;
}

function relativeSubject(words: Words, verb: number): boolean {
  return (words.children[verb] ?? []).some(
    (child) => /^nsubj/.test(words.relation(child) ?? "") && /^(who|which|that)$/.test(words.lower[child] ?? ""),
  );
}

/** Whether the verb turns on `other` for what `possessive` owns: "thanked A for his approach", "cut ties with A over its policy". */
function bearsTheCharge(words: Words, other: number, verb: number, possessive: number): boolean {
  const lemma = words.tokens[verb]?.lemma ?? "";
  const relation = words.relation(other);
  if (relation === "obj" && words.head(other) === verb && BLAMING.test(lemma)) return true;
  if (!PUNISHING.test(lemma) || (relation !== "obj" && relation !== "obl" && relation !== "nmod")) return false;
  // "ties with A" may hang on the noun.
  const governor = relation === "nmod" ? words.head(words.head(other)) : words.head(other);
  const owned = words.head(possessive);
  return governor === verb && words.children[owned]?.some((child) => /^(over|for)$/.test(words.lower[child] ?? "")) === true;
}

/** The head of the subject that an infinitive or participle without a subject of its own has from the clause above it. */
function controllerOf(words: Words, verb: number): number {
  // "Thanked Nairobi for hosting him": the hosting is Nairobi's.
  const above = words.head(verb);
  if (words.tokens[verb]?.xpos === "VBG" && words.relation(verb) === "advcl" && BLAMING.test(words.tokens[above]?.lemma ?? "")) {
    const object = words.child(above, "obj");
    if (object !== undefined && object < verb && words.child(verb, "nsubj") === undefined) return object;
  }
  for (let at = verb, steps = 0; at >= 0 && steps < 5; at = words.head(at), steps += 1) {
    const subject = words.child(at, "nsubj", "nsubj:pass");
    if (subject !== undefined) return subject;
  }
  return -1;
}

/** "In a statement on his account, Erdogan said": the named subject of the clause that a fronted phrase leads up to. */
function subjectAhead(discourse: Discourse, candidate: MentionCandidate, gender: string | undefined): Draft | undefined {
  const words = discourse.wordsOf(candidate);
  const comma = words.text.indexOf(",", candidate.last);
  const subject = discourse.found.candidates.find(
    (other) =>
      other.sentence === candidate.sentence &&
      other.form === "name" &&
      other.kind === "person" &&
      other.start > candidate.end &&
      discourse.isSubject(other) &&
      words.head(words.head(other.head)) < 0,
  );
  if (subject === undefined || comma < 0 || comma > subject.first) return undefined;
  if (
    discourse.history.some((occurrence) => occurrence.candidate.sentence === candidate.sentence && occurrence.drafts[0]?.kind === "person")
  ) {
    return undefined;
  }
  const draft = discourse.draftsOf(subject)[0];
  return draft !== undefined && (draft.gender === undefined || draft.gender === gender) ? draft : undefined;
}

/** Whether "it" stands where a text stands: "opposed it", "put their names to it", "voted against it", "bound by it". */
function isText(words: Words, token: number): boolean {
  const head = words.head(token);
  const lemma = words.tokens[head]?.lemma ?? "";
  if (words.relation(token) === "obj") return TEXT_VERBS.test(lemma);
  if (words.relation(token) === "nsubj:pass") return CONCLUDING.test(lemma);
  const before = words.lower[token - 1] ?? "";
  if (before === "to")
    return /^(signatures?|names?|initials|hand|pen|part(y|ies)|signator(y|ies)|commit|adhere|accede)$/.test(nounOf(words, token));
  if (before === "against") return /^(vote|campaign|speak|argue)$/.test(lemma);
  if (before === "by") return /^(bind|bound|abide|stand)$/.test(lemma);
  return before === "under" && words.lower[token + 1] === ",";
}

/** The noun or verb before "to it". */
function nounOf(words: Words, token: number): string {
  const word = words.lower[token - 2] ?? "";
  return words.tokens[token - 2]?.upos === "VERB" ? (words.tokens[token - 2]?.lemma ?? word) : word;
}

/** Verbs whose object, said of a thing, is a text rather than a state. */
const TEXT_VERBS =
  /^(sign|initial|ink|oppose|reject|endorse|ratify|approve|adopt|draft|amend|propose|tear|disown|negotiate|implement|call|dismiss|describe|hail|welcome|brand|denounce|respect|honou?r|uphold|observe|violate|breach|flout|terminate|scrap|annul|repudiate|renew|revive|suspend|conclude|broker|finali[sz]e|block|veto|guarantee|witness)$/;
/** Verbs whose subject in the passive is a text: "It was signed by A and B". */
const CONCLUDING =
  /^(sign|initial|ink|ratify|adopt|draft|amend|negotiate|implement|broker|mediate|conclude|finali[sz]e|violate|breach|renew|extend|terminate|scrap|annul|witness)$/;
const ADDRESSING = /^(accuse|blame|charge|suspect|urge|ask|press|tell|order|pressure|warn)$/;
const DENYING = /^(deny|reject|dismiss|refute|rebut)$/;
/** What nobody does to what is his own. */
const HOSTILE = /^(storm|attack|raid|bomb|shell|ransack|seize|invade|occupy|loot|torch|besiege|strike|hit|blockade)$/;
/** What an agreement has of its own. */
const TEXT_PARTS =
  /^(term|provision|implementation|signing|signature|signator(y|ies)|ratification|article|clause|text|annex|entry|expiry|expiration|termination|collapse|violation|breach|success|failure|renewal|extension|suspension|aim|goal|purpose|backer|critic|author|sponsor|guarantor|mediator|conclusion|rejection|adoption|approval|content|preamble|part(y|ies))$/;
const BLAMING =
  /^(thank|praise|criticise|criticize|blame|condemn|congratulate|rebuke|accuse|fault|commend|hail|laud|scold|chide|denounce|honour|honor)$/;
/** Verbs and light verbs of measures: the reason after "over" or "for" lies with whom they hit. */
const PUNISHING =
  /^(cut|sever|break|suspend|freeze|downgrade|impose|slap|sanction|punish|penalise|penalize|boycott|blacklist|expel|protest|warn|threaten|censure|sue|attack|bomb|strike|lift|withhold|cancel|recall|halt|end)$/;
const SAYING = /^(say|tell|add|write|tweet|post|state|declare|warn|announce|reply|insist|stress|note|comment|continue|vow)$/;
