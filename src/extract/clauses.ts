/** Mends which verb a gerund or a later verb of the sentence goes with. */
import type { Mention, Token } from "../model/annotation.ts";
import { attach, hasDependent, reaches } from "./links.ts";
import type { Link } from "./links.ts";
import { DAYS } from "./units.ts";

/** Verbs by the preposition under which they say what their object does or did: "accuse A of arming B", "thank A for hosting B". */
const CONTENT_VERBS: Readonly<Record<string, RegExp | undefined>> = {
  of: /^(accuse|suspect|convict|absolve|clear|acquit)$/,
  for: /^(thank|praise|congratulate|commend|laud|hail|applaud|credit|reward|condemn|criticise|criticize|denounce|blame|fault|rebuke|chide|reproach|reprimand|slam|blast|lambast|berate|castigate|scold|censure|indict|punish|sanction|forgive|attack|assail)$/,
  on: /^(congratulate|commend|compliment)$/,
  from: /^(prevent|stop|bar|keep|block|ban|prohibit|dissuade|discourage|deter|hinder)$/,
};

/** "A and Ruritania's former president X met": the possessor of a name is no party beside it. */
export function mendPossessors(tokens: readonly Token[], links: Link[], words: readonly string[], mentions: readonly Mention[]): void {
  for (const owner of mentions) {
    if (owner.form !== "name" || !/^['’]s$/.test(words[owner.last] ?? "") || links[owner.head]?.relation === "nmod:poss") continue;
    let at = owner.last + 1;
    while (
      at < owner.last + 8 &&
      /^(ADJ|NOUN|PROPN|NUM)$/.test(tokens[at]?.upos ?? "") &&
      !mentions.some((one) => one.form === "name" && one.first === at)
    )
      at++;
    const owned = mentions.find((one) => one.form === "name" && one.kind === "person" && one.first === at);
    if (owned && links[owner.head]?.head !== owned.head && !reaches(links, owned.head, owner.head))
      attach(links, owner.head, owned.head, "nmod:poss");
    // "Moon Jae-in's first visit" with the name torn apart.
    const noun = at - 1;
    if (
      owned === undefined &&
      tokens[noun]?.upos === "NOUN" &&
      noun > owner.last &&
      /^(reparandum|dep|compound|discourse|dislocated|nmod:unmarked|flat|appos)$/.test(links[owner.head]?.relation ?? "") &&
      links[owner.head]?.head === noun
    )
      attach(links, owner.head, noun, "nmod:poss");
  }
}

/** "accused Ruritania of arming the rebels": the gerund is the verb's, not the name's that it follows. */
export function mendGerunds(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.xpos !== "VBG" || !/^(acl|advcl|nmod)$/.test(links[at]?.relation ?? "")) continue;
    const mark = links.findIndex((link, child) => link.head === at && child < at && /^(mark|case)$/.test(link.relation));
    const verbs = CONTENT_VERBS[words[mark] ?? ""];
    if (verbs === undefined) continue;
    for (let above = links[at]?.head ?? -1, steps = 0; above >= 0 && steps < 4; above = links[above]?.head ?? -1, steps++) {
      if (tokens[above]?.upos !== "VERB") continue;
      if (steps > 0 && verbs.test(tokens[above]?.lemma ?? "")) attach(links, at, above, "advcl");
      break;
    }
  }
}

/** "ordered the envoy to leave, accusing Ruritania of": who orders accuses, not the envoy. */
export function mendAsides(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 1; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "advcl" || tokens[at]?.xpos !== "VBG" || words[at - 1] !== ",") continue;
    const infinitive = links[link.head];
    if (
      tokens[link.head]?.xpos !== "VB" ||
      !/^(xcomp|advcl)$/.test(infinitive?.relation ?? "") ||
      infinitive === undefined ||
      tokens[infinitive.head]?.upos !== "VERB"
    )
      continue;
    const urges = hasDependent(links, infinitive.head, /^obj$/);
    if (urges) attach(links, at, infinitive.head, "advcl");
  }
}

/** Verbs of motion that are never done to somebody: "forces crossed" is a clause, "forces defeated" may be a phrase. */
const MOTION = /^(cross|enter|flee|return|arrive|march|advance|withdraw|retreat|storm|clash|collapse)$/;

/** "after Ruritanian forces crossed the border" read as "after forces, crossed": the preposition opens a clause. */
export function mendMotion(tokens: readonly Token[], links: Link[]): void {
  for (let at = 1; at < tokens.length; at++) {
    const link = links[at];
    const noun = links[link?.head ?? -1];
    if (link?.relation !== "acl" || noun?.relation !== "obl" || !/^VB[DN]$/.test(tokens[at]?.xpos ?? "") || link.head !== at - 1) continue;
    if (!MOTION.test(tokens[at]?.lemma ?? "")) continue;
    const opener = links.findIndex((other) => other.head === link.head && other.relation === "case");
    if (tokens[opener]?.xpos !== "IN" || tokens[noun.head]?.upos !== "VERB") continue;
    const { head } = link;
    links[at] = { head: noun.head, relation: "advcl" };
    links[head] = { head: at, relation: "nsubj" };
    links[opener] = { head: at, relation: "mark" };
  }
}

/** "had moved troops after Ruritanian forces crossed and killed him": a past tense goes on from the clause beside it, not from a participle. */
export function mendContinuations(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "conj" || tokens[at]?.xpos !== "VBD" || hasDependent(links, at, /^nsubj|^aux/) || words[at - 1] !== "and")
      continue;
    if (words[at - 2] === "," || tokens[link.head]?.upos !== "VERB" || !hasDependent(links, link.head, /^aux$/)) continue;
    const { head } = link;
    const clause = links.findLastIndex(
      (other, verb) =>
        verb > head &&
        verb < at &&
        other.head === head &&
        other.relation === "advcl" &&
        tokens[verb]?.upos === "VERB" &&
        hasDependent(links, verb, /^nsubj/),
    );
    if (clause >= 0 && !hasDependent(links, clause, /^aux/) && !words.slice(clause, at).includes(",")) attach(links, at, clause, "conj");
  }
}

/** "On Monday A praised B": the day is the verb's and A its subject; "the treaty of 1992": the year is the treaty's. */
export function mendTimes(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  if (mention.form !== "name") return;
  const { first, last, head } = mention;
  if (mention.kind === "agreement" && words[last] === "of" && /^\p{N}{4}$/u.test(words[last + 1] ?? ""))
    attach(links, last + 1, head, "nmod");
  const link = links[head];
  const day = first - 1;
  if (!link || !DAYS.test(words[day] ?? "") || links[day]?.head !== head || link.relation !== "obl" || tokens[link.head]?.upos !== "VERB")
    return;
  const verb = link.head;
  if (verb < last || hasDependent(links, verb, /^nsubj/)) return;
  const preposition = links[day - 1];
  if (preposition?.relation === "case") preposition.head = day;
  attach(links, day, verb, "obl");
  attach(links, head, verb, hasDependent(links, verb, /^aux:pass$/) ? "nsubj:pass" : "nsubj");
}

/** "persuaded them to come and freed him": a finite verb goes on from a finite one, not from an infinitive. */
export function mendVerbs(tokens: readonly Token[], links: Link[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const link = links[at];
    const participle = tokens[at]?.xpos === "VBN" && tokens[link?.head ?? -1]?.xpos === "VB";
    if (
      link?.relation !== "conj" ||
      !(participle || ["VBD", "VBZ", "VBP"].includes(tokens[at]?.xpos ?? "")) ||
      !goesBack(tokens, links, at, link.head)
    )
      continue;
    if (participle && hasDependent(links, at, /^(aux|obl:agent)/)) continue;
    if (hasDependent(links, at, /^nsubj/)) continue;
    let above = links[link.head]?.head ?? -1;
    for (let steps = 0; above >= 0 && steps < 6; steps++) {
      if (tokens[above]?.upos === "VERB" && (tokens[above]?.xpos === tokens[at]?.xpos || (participle && tokens[above]?.xpos === "VBD"))) {
        attach(links, at, above, "conj");
        break;
      }
      above = links[above]?.head ?? -1;
    }
  }
}

const SAYING =
  /^(say|ask|call|urge|add|warn|demand|vow|pledge|accuse|blame|praise|thank|criticise|criticize|condemn|denounce|reject|welcome|invite|promise|congratulate|express|voice)$/;

/** Whether a finite verb coordinated with `verb` rather goes on from a clause above: past an infinitive, a gerund, or what somebody said had happened. */
function goesBack(tokens: readonly Token[], links: readonly Link[], at: number, verb: number): boolean {
  const xpos = tokens[verb]?.xpos ?? "";
  // "affirm that it is a group and undertake": plural goes with plural.
  const singular =
    xpos === "VBZ" || links.some((link, word) => link.head === verb && /^(cop|aux)/.test(link.relation) && tokens[word]?.xpos === "VBZ");
  if (tokens[at]?.xpos === "VBP") return singular && links[verb]?.relation === "ccomp";
  if (xpos === "VB" || xpos === "VBG" || (xpos === "VBP" && tokens[at]?.xpos === "VBZ")) return true;
  return xpos === "VBN" && SAYING.test(tokens[at]?.lemma ?? "") && links[verb]?.relation === "ccomp" && hasDependent(links, verb, /^aux$/);
}

const OF_VERBS = new Set(
  "accuse warn inform suspect remind notify assure convict apprise advise absolve clear strip deprive reassure relieve acquit".split(" "),
);

/** "warned Ruritania of sanctions": the of-phrase is the verb's, not the name's. */
export function mendOf(tokens: readonly Token[], links: Link[], words: readonly string[], mentions: readonly Mention[]): void {
  links.forEach((link, at) => {
    const name = mentions.find((mention) => mention.form === "name" && mention.head === link.head);
    const verb = links[link.head]?.head ?? -1;
    if (
      link.relation !== "nmod" ||
      !name ||
      tokens[at]?.upos === "PROPN" ||
      !/^(obj|iobj|nsubj:pass)$/.test(links[link.head]?.relation ?? "")
    )
      return;
    if (
      !OF_VERBS.has(tokens[verb]?.lemma ?? "") ||
      !links.some((inner, word) => inner.head === at && inner.relation === "case" && words[word] === "of")
    )
      return;
    attach(links, at, verb, "obl");
  });
}

const SPEECH = new Set(
  "inform tell thank congratulate brief assure urge warn ask apologise apologize press reassure notify discuss say promise".split(" "),
);

/** "informed him of the meeting held there during a phone call": one is informed in the call, not the meeting held. */
export function mendCalls(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 0; at < tokens.length; at++) {
    if (!/^(call|conversation)$/.test(words[at] ?? "") || !/^(phone|telephone|video)$/.test(words[at - 1] ?? "")) continue;
    if (!links.some((link, child) => link.head === at && link.relation === "case" && /^(during|in|by|via)$/.test(words[child] ?? "")))
      continue;
    let here = links[at]?.head ?? -1;
    for (let steps = 0; here >= 0 && steps < 8; steps++) {
      if (tokens[here]?.upos === "VERB" && SPEECH.has(tokens[here]?.lemma ?? "")) {
        if (here !== links[at]?.head) attach(links, at, here, "obl");
        break;
      }
      here = links[here]?.head ?? -1;
    }
  }
}

const GIVING =
  /^(give|lend|send|grant|offer|promise|pledge|award|hand|sell|deny|owe|pay|loan|assure|guarantee|refuse|supply|provide|cost|teach|show|buy|ship|deal|accord|allot|allocate)$/;

/** "lent Ruritania billions", "gave Ruritania logistical support": the name after a verb of giving is who is given to, not part of the gift. */
export function mendDative(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  const { head, first, last } = mention;
  const link = links[head];
  if (mention.form !== "name" || (mention.kind !== "state" && mention.kind !== "person") || tokens[head]?.upos !== "PROPN" || !link) return;
  if (!/^(compound|nmod:unmarked|nmod:desc|flat)$/.test(link.relation) || link.head < last || links[link.head]?.relation !== "obj") return;
  const verb = words[first - 1] === "the" ? first - 2 : first - 1;
  if (links[link.head]?.head !== verb || !GIVING.test(tokens[verb]?.lemma ?? "")) return;
  // "gave Paris residents": the noun right after belongs with the name, unless it is a measure or what is given.
  const next = tokens[last];
  if (next?.xpos === "NNS" && !GIFTS.test(words[last] ?? "")) return;
  if (hasDependent(links, verb, /^iobj$/)) return;
  attach(links, head, verb, "iobj");
}

const GIFTS =
  /^(billions|millions|thousands|hundreds|dozens|arms|weapons|loans|supplies|funds|guarantees|assurances|troops|tanks|missiles|jets|doctors|vaccines)$/;

/** "asked Ruritania, in vain, not to sign": the infinitive after an insertion is the verb's. */
export function mendInfinitives(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 2; at < tokens.length; at++) {
    const link = links[at];
    if (tokens[at]?.xpos !== "VB" || words[at - 1] !== "to" || !link || !/^(csubj|acl|advcl|xcomp|ccomp)$/.test(link.relation)) continue;
    const comma = words[at - 2] === "not" ? at - 3 : at - 2;
    const inner = links[link.head];
    if (words[comma] !== "," || link.head > comma || tokens[link.head]?.upos === "VERB" || inner?.relation !== "obl") continue;
    const verb = inner.head;
    if (tokens[verb]?.upos === "VERB" && SAYING.test(tokens[verb]?.lemma ?? "") && words.slice(verb, link.head).includes(","))
      attach(links, at, verb, "xcomp");
  }
}

/** "urged X Saied to free her" with a part of the name taken for a verb: the infinitive is the urging's. */
export function mendNameVerbs(tokens: readonly Token[], links: Link[], mentions: readonly Mention[]): void {
  for (const { form, first, last, head } of mentions) {
    if (form !== "name" || last - first < 2) continue;
    const verb = links[head]?.head ?? -1;
    if (links[head]?.relation !== "obj" || tokens[verb]?.upos !== "VERB") continue;
    links.forEach((link, at) => {
      const inner = link.head >= first && link.head < last && link.head !== head;
      if (inner && at >= last && tokens[at]?.xpos === "VB" && /^(advcl|acl|xcomp)$/.test(link.relation)) attach(links, at, verb, "xcomp");
    });
  }
}

/** "signed with his host, X, an agreement": the agreement is signed, not another word for X. */
export function mendLateAgreements(tokens: readonly Token[], links: Link[], mentions: readonly Mention[]): void {
  for (const { kind, head } of mentions) {
    const link = links[head];
    if (kind !== "agreement" || link?.relation !== "appos" || link.head > head) continue;
    const beside = mentions.find((other) => other.head === link.head);
    if (beside?.kind !== "person" && beside?.kind !== "state") continue;
    let verb = link.head;
    for (let steps = 0; steps < 5 && verb >= 0 && tokens[verb]?.upos !== "VERB"; steps++) verb = links[verb]?.head ?? -1;
    if (verb >= 0 && tokens[verb]?.upos === "VERB" && !hasDependent(links, verb, /^(obj|ccomp|aux:pass)$/))
      attach(links, head, verb, "obj");
  }
}

/** "flies to Lutha on Tuesday, according to aides, to see A": what one goes for, past a parenthesis. */
export function mendPurposes(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 3; at < tokens.length; at++) {
    const link = links[at];
    if (tokens[at]?.xpos !== "VB" || words[at - 1] !== "to" || words[at - 2] !== "," || !link || !/^(acl|advcl)$/.test(link.relation))
      continue;
    const noun = links[link.head];
    const according = links.some((other, word) => other.head === link.head && other.relation === "case" && words[word] === "according");
    if (according && noun && tokens[noun.head]?.upos === "VERB") attach(links, at, noun.head, "advcl");
  }
}

/** "thanked Ruritania for its mediation to reach a truce": the aim is that of what one is thanked for. */
export function mendGratitude(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 3; at < tokens.length; at++) {
    const link = links[at];
    if (tokens[at]?.xpos !== "VB" || words[at - 1] !== "to" || !/^(advcl|xcomp)$/.test(link?.relation ?? "")) continue;
    const verb = link?.head ?? -1;
    if (verb > at || !PRAISING.test(tokens[verb]?.lemma ?? "")) continue;
    const reason = links.findLastIndex(
      ({ head, relation }, noun) =>
        noun < at && head === verb && relation === "obl" && links.some((other, word) => other.head === noun && words[word] === "for"),
    );
    if (reason > verb) attach(links, at, reason, "acl");
  }
}

const PRAISING = /^(thank|praise|commend|credit|congratulate|applaud|laud|hail|honou?r|criticize|criticise|blame|fault)$/;

/** "whose army fought beside Ruritania and which Lutha has punished": the second relative clause is said of what the first is said of. */
export function mendSecondRelative(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 2; at < tokens.length; at++) {
    if (!/^(which|who|whom|whose)$/.test(words[at] ?? "") || words[at - 1] !== "and" || tokens[at]?.xpos.startsWith("W") !== true) continue;
    const verb = links.findIndex(
      (link, clause) => clause > at && link.relation === "acl:relcl" && link.head < at && reaches(links, at, clause),
    );
    const first = links.findIndex((link, clause) => clause < at && link.relation === "acl:relcl" && link.head >= 0 && link.head < clause);
    const noun = links[first]?.head ?? -1;
    const second = links[verb]?.head ?? -1;
    if (verb < 0 || noun < 0 || second <= noun || second < first) continue;
    if (!words.slice(noun, second).some((word) => /^(which|who|whom|whose|that)$/.test(word))) continue;
    attach(links, verb, noun, "acl:relcl");
  }
}

/** "signed in Ankara by A and by B", "in Lutha and by B": a phrase with a preposition of its own is joined to one with the same. */
export function mendPhrases(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 2; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "conj" || tokens[at]?.upos !== "PROPN") continue;
    const own = links.findIndex((other, word) => other.head === at && other.relation === "case" && word < at);
    if (words[own] !== "by" || !/^(and|but)$/.test(words[own - 1] ?? "")) continue;
    if (links.some((other, word) => other.head === link.head && other.relation === "case" && words[word] === "by")) continue;
    const agent = links.findLastIndex((other, word) => word < at && other.relation === "obl:agent");
    const verb = links[agent]?.head ?? -1;
    if (verb >= 0) attach(links, at, verb, "obl:agent");
  }
}

/** "said relations were in ruins and blamed Ruritania": relations blame nobody, who said so does. */
export function mendSpeakers(tokens: readonly Token[], links: Link[], mentions: readonly Mention[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "conj" || !/^VB[DZ]$/.test(tokens[at]?.xpos ?? "") || !SAYING.test(tokens[at]?.lemma ?? "")) continue;
    const said = links[link.head];
    const above = said?.head ?? -1;
    if (said?.relation !== "ccomp" || tokens[above]?.xpos !== tokens[at]?.xpos || hasDependent(links, at, /^(nsubj|aux)/)) continue;
    const subject = links.findIndex((other) => other.head === link.head && other.relation === "nsubj");
    const noun = tokens[subject];
    if (noun?.upos !== "NOUN" || mentions.some(({ head, kind }) => head === subject && kind !== "place" && kind !== "agreement")) continue;
    if (/^(leader|official|president|minister|government|force|ally|spokesman|side)$/.test(noun.lemma)) continue;
    attach(links, at, above, "conj");
  }
}

/** "rejected as absurd the claim that": what is rejected is the claim; as what comes before it. */
export function mendVerdicts(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 1; at < tokens.length - 3; at++) {
    const verb = at - 1;
    if (
      words[at] !== "as" ||
      tokens[verb]?.upos !== "VERB" ||
      links[at]?.relation !== "case" ||
      hasDependent(links, verb, /^(obj|aux:pass)$/)
    )
      continue;
    const noun = links[at]?.head ?? -1;
    if (links[noun]?.head !== verb || links[noun]?.relation !== "obl") continue;
    const quoted = /^["“]$/.test(words[at + 1] ?? "");
    const verdict = quoted ? at + 2 : at + 1;
    const next = quoted ? verdict + 2 : verdict + 1;
    if (next > noun || (quoted && !/^["”]$/.test(words[verdict + 1] ?? ""))) continue;
    const opens = /^(the|a|an|this|that|its|his|her|their|any|all|some|those|these|what)$/.test(words[next] ?? "");
    if (!opens && !/^(PROPN|NOUN)$/.test(tokens[next]?.upos ?? "") && !/^(JJ|NNP)$/.test(tokens[next]?.xpos ?? "")) continue;
    if (!opens && !quoted && tokens[next]?.upos !== "PROPN") continue;
    links[noun] = { head: verb, relation: "obj" };
    links[verdict] = { head: verb, relation: "obl" };
    links[at] = { head: verdict, relation: "case" };
  }
}

/** Verbs that take their particle with an object after it. */
const PARTICLES: Readonly<Record<string, RegExp | undefined>> = {
  over: /^(hand|turn|take|sign|give|roll)$/,
  up: /^(give|round|lock|tear|ring|rip|break|set|beef|shore|prop|step|build|wrap|draw|patch|blow|pick|open|hold|back|wind|call)$/,
  off: /^(call|seal|cut|break|put|write|kick|choke|shut|head|brush|shrug|laugh|fend|pay|round|ward|pull)$/,
  down: /^(turn|shoot|gun|vote|strike|mow|shut|close|wind|dress|bring|take|put|nail|hunt)$/,
  out: /^(order|throw|kick|drive|send|rule|carry|vote|wipe|boot|turf|hammer|thrash|iron|work|set|lay|single|take|pull|turn)$/,
  in: /^(call|let|send|take|usher|phone|haul)$/,
  back: /^(bring|send|take|pull|call|win|give|hand|push|beat|scale|drive|roll|pare)$/,
  aside: /^(set|put|lay|brush|cast)$/,
  away: /^(wave|bat|turn|send|give)$/,
};

/** "handed over X": the particle is the verb's, and the name its object. */
export function mendParticles(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  for (let at = 1; at < tokens.length; at++) {
    const link = links[at];
    const verb = at - 1;
    const noun = link?.head ?? -1;
    if (link?.relation === "case" && tokens[at]?.xpos === "RP" && tokens[verb]?.upos === "VERB" && links[noun]?.relation !== "obl") {
      attach(links, at, verb, "compound:prt");
      continue;
    }
    if (link?.relation !== "case" || tokens[verb]?.upos !== "VERB" || PARTICLES[words[at] ?? ""]?.test(tokens[verb]?.lemma ?? "") !== true)
      continue;
    if (links[noun]?.head !== verb || links[noun]?.relation !== "obl" || hasDependent(links, verb, /^obj$/)) continue;
    if (links.some((other, word) => other.head === noun && other.relation === "case" && word !== at)) continue;
    attach(links, at, verb, "compound:prt");
    attach(links, noun, verb, "obj");
  }
}

/** "accused his men of abducting A and B": B is listed with A, not with the men. */
export function mendNearConjuncts(tokens: readonly Token[], links: Link[], words: readonly string[], mentions: readonly Mention[]): void {
  for (const mention of mentions) {
    const link = links[mention.head];
    if (mention.form !== "name" || link?.relation !== "conj" || words[mention.first - 1] !== "and") continue;
    const before = mentions.find((other) => other.form === "name" && other.last === mention.first - 1);
    const object = links[before?.head ?? -1];
    if (
      !before ||
      object?.relation !== "obj" ||
      object.head <= link.head ||
      before.head === link.head ||
      tokens[object.head]?.xpos !== "VBG"
    )
      continue;
    attach(links, mention.head, before.head, "conj");
  }
}

/** "declared the envoy persona non grata": the envoy is whom it is said of, the Latin what is said. */
export function mendUnwelcome(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
  const at = words.indexOf("persona");
  if (at < 1 || words[at + 1] !== "non" || !words[at + 2]?.startsWith("grata")) return;
  const verb = tokens.findLastIndex(
    (token, index) => index < at && token.upos === "VERB" && /^(declare|name|designate)$/.test(token.lemma),
  );
  if (verb < 0) return;
  const person = at - 1;
  const inside = (index: number): boolean => index >= at && index <= at + 2;
  if (person > verb && /^(NOUN|PROPN)$/.test(tokens[person]?.upos ?? "")) {
    links.forEach((link, index) => {
      if (index > verb && index < person && inside(link.head)) link.head = person;
    });
    attach(links, person, verb, "obj");
  }
  attach(links, at, verb, "xcomp");
  for (const rest of [at + 1, at + 2]) attach(links, rest, at, "flat");
}
