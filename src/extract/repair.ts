/** Mends a dependency tree where names make its reading plain: what is inside a name, which names are listed together, whose verb follows. */
import type { Mention, Token } from "../model/annotation.ts";

/** A name with what belongs to it ("the Turkish president, X of the AKP"): tokens first (inclusive) to last (exclusive). */
interface Unit {
  readonly mention: Mention;
  readonly first: number;
  readonly last: number;
  /** Names and appositions of the same entity that follow. */
  readonly more: readonly Mention[];
}

type Link = { head: number; relation: Token["relation"] };

const CLAUSE_START = new Set([
  ",",
  "and",
  "but",
  "while",
  "as",
  ";",
  ":",
  "that",
  "because",
  "though",
  "although",
  "when",
  "after",
  "before",
  "since",
  "if",
  "whereas",
  "—",
  "–",
  '"',
  "“",
  "or",
  "where",
  "until",
  "what",
]);
const FINITE = new Set(["VBD", "VBZ", "VBP", "MD"]);
const PERSON_NOUNS = new Set(
  "minister president leader premier chief secretary chancellor envoy ambassador spokesman spokeswoman adviser advisor head chairman commander general negotiator mediator king emir diplomat director speaker founder deputy aide ruler senator official counterpart colleague number representative coordinator governor host foe rival predecessor successor republican democrat lawmaker activist founder economist analyst".split(
    " ",
  ),
);
const ARGUMENTS = new Set([
  "nsubj",
  "nsubj:pass",
  "obj",
  "iobj",
  "obl",
  "obl:agent",
  "nmod",
  "nmod:poss",
  "appos",
  "conj",
  "root",
  "nsubj:outer",
]);

/** @returns the tokens with heads and relations mended; the given ones are not changed. */
export function repairTree(tokens: readonly Token[], mentions: readonly Mention[], words: readonly string[]): Token[] {
  const links: Link[] = tokens.map(({ head, relation }) => ({ head, relation }));
  for (const mention of mentions) if (mention.form === "name") gatherName(links, mention);
  const units = unitsOf(tokens, mentions, words);
  mendCalls(tokens, links, words);
  mendVerbs(tokens, links);
  mendHeadless(tokens, links, words, units);
  mendOf(tokens, links, words, mentions);
  for (const unit of units) mendApposition(tokens, links, unit);
  for (const unit of units) mendTitle(links, unit);
  for (const unit of units) mendRelatives(tokens, links, words, unit);
  for (const group of groupsOf(units, words)) mendGroup(tokens, links, words, group);
  return tokens.map((token, at) => {
    const link = links[at];
    return link && (link.head !== token.head || link.relation !== token.relation)
      ? { ...token, head: link.head, relation: link.relation }
      : token;
  });
}

/** One head per name: whatever else in it hangs outside it hangs on that head. */
function gatherName(links: Link[], mention: Mention): void {
  for (let at = mention.first; at < mention.last; at++) {
    const link = links[at];
    if (!link || at === mention.head) continue;
    if (link.head < mention.first || link.head >= mention.last) {
      if (!reaches(links, mention.head, at)) {
        link.head = mention.head;
        link.relation = "flat";
      }
    }
  }
}

/** "persuaded them to come and freed him": a finite verb goes on from a finite one, not from an infinitive. */
function mendVerbs(tokens: readonly Token[], links: Link[]): void {
  for (let at = 0; at < tokens.length; at++) {
    const link = links[at];
    if (link?.relation !== "conj" || !["VBD", "VBZ"].includes(tokens[at]?.xpos ?? "") || tokens[link.head]?.xpos !== "VB") continue;
    if (links.some((other) => other.head === at && /^nsubj/.test(other.relation))) continue;
    let above = links[link.head]?.head ?? -1;
    for (let steps = 0; above >= 0 && steps < 6; steps++) {
      if (tokens[above]?.upos === "VERB" && tokens[above]?.xpos === tokens[at]?.xpos) {
        attach(links, at, above, "conj");
        break;
      }
      above = links[above]?.head ?? -1;
    }
  }
}

/**
 * A sentence without a finite verb whose root is a noun with a participle beside it: the participle is the verb misread
 * ("Ruritanian troops fired on rebels", "Ruritania voiced opposition").
 */
function mendHeadless(tokens: readonly Token[], links: Link[], words: readonly string[], units: readonly Unit[]): void {
  const root = links.findIndex((link) => link.head < 0);
  if (!["NOUN", "PROPN"].includes(tokens[root]?.upos ?? "")) return;
  const past = (at: number): boolean => ["VBN", "VBD"].includes(tokens[at]?.xpos ?? "");
  if (tokens.some((token, at) => FINITE.has(token.xpos) && !(past(at) && /^(amod|acl)$/.test(links[at]?.relation ?? "")))) return;
  const verb = links.findIndex((link, at) => link.head === root && past(at) && /^(amod|acl)$/.test(link.relation) && !actedOn(words, at));
  if (verb < 0) return;
  const before = units.find((unit) => unit.mention.last === verb);
  if (verb < root && before) {
    attach(links, root, verb, "obj");
    attach(links, before.mention.head, verb, "nsubj");
    return;
  }
  const complement = links.some(
    (link, at) =>
      link.head === verb &&
      (link.relation === "obj" ||
        links.some((inner, word) => inner.head === at && inner.relation === "case" && /^(on|at|into|with)$/.test(words[word] ?? ""))),
  );
  if (verb > root && complement) attach(links, root, verb, "nsubj");
}

const OF_VERBS = new Set("accuse warn inform suspect remind notify assure convict apprise advise absolve clear".split(" "));

/** "warned Ruritania of sanctions": the of-phrase is the verb's, not the name's. */
function mendOf(tokens: readonly Token[], links: Link[], words: readonly string[], mentions: readonly Mention[]): void {
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

/** "Ruritania, the sponsor of the talks,": the noun between the commas is said of the name before them. */
function mendApposition(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const from = unit.mention.last + 1;
  if (unit.last <= from || unit.more.length > 0) return;
  const outer = range(from, unit.last).find(
    (at) => tokens[at]?.upos === "NOUN" && isOuter(links, at, from, unit.last) && links[at]?.head !== unit.mention.head,
  );
  if (outer !== undefined && !reaches(links, unit.mention.head, outer)) attach(links, outer, unit.mention.head, "appos");
}

const SPEECH = new Set(
  "inform tell thank congratulate brief assure urge warn ask apologise apologize press reassure notify discuss say promise".split(" "),
);

/** "informed him of the meeting held there during a phone call": one is informed in the call, not the meeting held. */
function mendCalls(tokens: readonly Token[], links: Link[], words: readonly string[]): void {
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

/** "by Ruritanian President X" with the state or the title as its head: the name takes its place. */
function mendTitle(links: Link[], unit: Unit): void {
  const { head } = unit.mention;
  const inside = (token: number): boolean => token >= unit.first && token < unit.mention.last;
  if (unit.mention.kind !== "person" || !inside(links[head]?.head ?? -1)) return;
  for (let at = unit.first; at < unit.mention.first; at++) {
    const link = links[at];
    if (!link || inside(link.head) || !ARGUMENTS.has(link.relation) || link.relation === "nmod:poss") continue;
    const { head: above, relation } = link;
    const own = links[head];
    if (!own) return;
    own.head = above;
    own.relation = relation;
    link.head = head;
    link.relation = "nmod:desc";
    return;
  }
}

/** Whether the path up from `from` passes `through`. */
function reaches(links: readonly Link[], from: number, through: number): boolean {
  let here = from;
  for (let steps = 0; here >= 0 && steps <= links.length; steps++) {
    if (here === through) return true;
    here = links[here]?.head ?? -1;
  }
  return false;
}

function unitsOf(tokens: readonly Token[], mentions: readonly Mention[], words: readonly string[]): Unit[] {
  const heads = mentions.filter(
    (mention) =>
      mention.chains.length > 0 &&
      mention.form !== "pronoun" &&
      !mentions.some(
        (other) =>
          other !== mention &&
          other.first <= mention.first &&
          other.last >= mention.last &&
          other.last - other.first > mention.last - mention.first,
      ),
  );
  const units: Unit[] = [];
  for (const mention of heads) {
    if (isModifier(tokens, mention, words)) continue;
    const before = units.at(-1);
    const apposed =
      before !== undefined &&
      sameChain(before.mention, mention) &&
      mention.first - before.last <= 3 &&
      words.slice(before.last, mention.first).includes(",");
    const last = endOf(tokens, mentions, mention, words);
    // "Kuwait's ruler, Sheikh X": the noun speaks of the person.
    const named =
      before !== undefined &&
      mention.kind === "person" &&
      before.mention.form === "nominal" &&
      before.mention.kind !== "person" &&
      PERSON_NOUNS.has(words[before.mention.last - 1] ?? "") &&
      words.slice(before.last, mention.first).join(" ").startsWith(",") &&
      mention.first - before.last <= 2;
    if (named && before) units[units.length - 1] = { mention, first: before.first, last, more: [before.mention] };
    else if (apposed && before) units[units.length - 1] = { ...before, last, more: [...before.more, mention] };
    else if (before && mention.first < before.last) continue;
    else units.push({ mention, first: startOf(tokens, mentions, mention, words), last, more: [] });
  }
  return units;
}

/** A demonym or possessive that stands before a noun is no party of its own clause. */
function isModifier(tokens: readonly Token[], mention: Mention, words: readonly string[]): boolean {
  const next = tokens[mention.last];
  if (/^['’]s?$/.test(words[mention.last] ?? "")) return true;
  const relation = tokens[mention.head]?.relation ?? "";
  return (
    (relation === "amod" || relation === "compound") &&
    next !== undefined &&
    ["NOUN", "PROPN", "ADJ", "PUNCT"].includes(next.upos) &&
    next.start - mention.end <= 1 &&
    next.upos !== "PUNCT"
  );
}

function sameChain(left: Mention, right: Mention): boolean {
  return left.chains.length === right.chains.length && left.chains.every((chain) => right.chains.includes(chain));
}

/** Leftwards over determiners, titles and possessors. */
function startOf(tokens: readonly Token[], mentions: readonly Mention[], mention: Mention, words: readonly string[]): number {
  let at = mention.first;
  while (at > 0) {
    const before = tokens[at - 1];
    const word = words[at - 1] ?? "";
    if (!before) break;
    // "by Democratic Republic of Congo President X": the whole of the state's name.
    const named =
      mention.kind === "person"
        ? mentions.find((other) => other.form === "name" && other.kind !== "person" && other.first < at - 1 && other.last === at)
        : undefined;
    if (named) {
      at = named.first;
      continue;
    }
    const title = mention.kind === "person" && (before.upos === "NOUN" || before.upos === "PROPN");
    if (before.upos === "DET" || before.upos === "ADJ" || before.upos === "NUM" || title || /^['’]s?$/.test(word) || word === "-") at--;
    else if (word === "of" && PERSON_NOUNS.has(words[at - 2] ?? "")) at -= 2;
    else if (tokens[at]?.relation === "case" && (before.upos === "NOUN" || before.upos === "PROPN")) at--;
    else break;
  }
  return at;
}

/** Rightwards over "of Turkey" and an apposition between commas. */
function endOf(tokens: readonly Token[], mentions: readonly Mention[], mention: Mention, words: readonly string[]): number {
  let at = mention.last;
  if (mention.kind === "person" && (words[at] === "of" || words[at] === "for")) {
    const skip = words[at + 1] === "the" ? 2 : 1;
    const named = mentions.find((other) => other.first === at + skip && (other.kind === "state" || other.kind === "organization"));
    if (named) at = named.last;
    else if (words[at] === "for" && words[at + 1] === "the" && tokens[at + 2]?.upos === "NOUN") at += 3;
  }
  if (mention.kind === "person" && words[at] === ",") {
    for (let end = at + 1; end < Math.min(at + 15, tokens.length); end++) {
      const token = tokens[end];
      if (!token || token.upos === "VERB" || token.upos === "AUX" || /^(who|which|whose|whom|and)$/.test(words[end] ?? "")) break;
      if (words[end] === ",") {
        const inside = words.slice(at + 1, end);
        if (
          inside.some((word) => PERSON_NOUNS.has(word)) &&
          !mentions.some(
            (other) =>
              other.kind === "person" && other.form === "name" && other.first > at && other.first < end && !sameChain(other, mention),
          )
        )
          return end + 1;
        break;
      }
    }
  }
  // "Dveri, a far-right party, accused": the apposition of a body starts with an article.
  if (
    (mention.kind === "organization" || mention.kind === "state") &&
    mention.form === "name" &&
    words[at] === "," &&
    /^(a|an|the|not)$/.test(words[at + 1] ?? "")
  ) {
    for (let end = at + 2; end < Math.min(at + 15, tokens.length); end++) {
      const token = tokens[end];
      if (!token || token.upos === "VERB" || token.upos === "AUX" || /^(who|which|whose|whom|and)$/.test(words[end] ?? "")) break;
      if (words[end] !== ",") continue;
      return mentions.some((other) => other.form === "name" && other.last === end && !sameChain(other, mention)) ? at : end + 1;
    }
  }
  return at;
}

/** Runs of units of one kind, separated by commas and closed by "and" or "or"; single units stand alone. */
function groupsOf(units: readonly Unit[], words: readonly string[]): Unit[][] {
  const groups: Unit[][] = [];
  let run: Unit[] = [];
  const close = (): void => {
    const joint = run.findLastIndex((unit, index) => index > 0 && separator(run[index - 1], unit, words) === "and");
    const listed = joint < 0 ? [] : run.slice(0, joint + 1);
    if (listed.length > 0) groups.push(listed);
    for (const unit of run.slice(listed.length)) groups.push([unit]);
    run = [];
  };
  for (const unit of units) {
    const before = run.at(-1);
    if (
      before &&
      (!alike(before, unit) ||
        separator(before, unit, words) === undefined ||
        (run.length > 1 && separator(run[run.length - 2], before, words) === "and"))
    )
      close();
    run.push(unit);
  }
  close();
  return groups;
}

function alike(left: Unit, right: Unit): boolean {
  const kind = (unit: Unit): string => (unit.mention.kind === "state" || unit.mention.kind === "organization" ? "body" : unit.mention.kind);
  return kind(left) === kind(right) && !sameChain(left.mention, right.mention);
}

function separator(left: Unit | undefined, right: Unit, words: readonly string[]): "and" | "," | undefined {
  if (!left) return undefined;
  const between = words.slice(left.last, right.first).join(" ");
  const closed = words[left.last - 1] === ",";
  if (/^(, )?(and|or|& )( also)?( by| with| of| for| to)?$/.test(between)) return "and";
  if (between === "," || (closed && between === "")) return ",";
  return undefined;
}

function mendGroup(tokens: readonly Token[], links: Link[], words: readonly string[], group: readonly Unit[]): void {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return;
  const before = words[first.first - 1];
  const verb = verbAfter(tokens, links, words, last);
  const own = (token: number): boolean => group.some((unit) => token >= unit.first && token < unit.last);
  const opens = before === undefined || CLAUSE_START.has(before);
  if (verb !== undefined && opens) {
    const subject = links.findIndex((link, at) => link.head === verb && /^nsubj/.test(link.relation) && !own(at));
    const aside = words[last.last] === "," || words[last.last - 1] === ",";
    if (subject < 0 || subject > last.last) {
      const passive = links.some((link) => link.head === verb && link.relation === "aux:pass");
      const stray = links[subject];
      if (stray && aside && subject < verb) stray.relation = "dep";
      const held = links[first.mention.head];
      const later = held && /^nsubj/.test(held.relation) && held.head > verb ? links[held.head] : undefined;
      if (later && held && !reaches(links, held.head, verb)) {
        // The name was read as the subject of a later verb: that verb goes on from this one.
        const outer = { ...later };
        later.head = verb;
        later.relation = "conj";
        attach(links, verb, outer.head, outer.relation);
      }
      if (subject < 0 || (aside && subject < verb)) attach(links, first.mention.head, verb, passive ? "nsubj:pass" : "nsubj");
      for (const link of links.filter(
        (each, at) => each.head === verb && /^nsubj/.test(each.relation) && own(at) && at !== first.mention.head,
      ))
        link.relation = "dep";
      // "as its premier, X, signed": a clause of its own beside the main one.
      const opener = links[first.first - 1];
      const clause = links[verb];
      if (opener && clause?.relation === "conj" && /^(as|while|when)$/.test(before ?? "")) {
        opener.head = verb;
        opener.relation = "mark";
        clause.relation = "advcl";
      }
      joinConjuncts(links, group);
      return;
    }
  }
  if (verb !== undefined && group.length > 1 && !links.some((link) => link.head === verb && /^nsubj/.test(link.relation))) {
    // "condemned A, and B attacked": the last of the list is the next verb's subject.
    attach(
      links,
      last.mention.head,
      verb,
      links.some((link) => link.head === verb && link.relation === "aux:pass") ? "nsubj:pass" : "nsubj",
    );
    joinConjuncts(links, group.slice(0, -1));
    return;
  }
  if (group.length < 2) {
    // "holds the Kremlin responsible": a name right after a verb that hangs on no noun of its own is its object.
    let at = first.first - 1;
    while (tokens[at]?.upos === "DET") at--;
    const link = links[first.mention.head];
    const governor = tokens[link?.head ?? -1];
    if (
      link &&
      tokens[at]?.upos === "VERB" &&
      governor &&
      /^(compound|amod|flat|dep|det)$/.test(link.relation) &&
      link.head >= first.last &&
      ["ADJ", "VERB", "ADV"].includes(governor.upos)
    )
      attach(links, first.mention.head, at, "obj");
    return;
  }
  // "In Turkey, Russia and Iran signed": the first is no part of the list that the verb has as its subject.
  const starts = group.findIndex(
    (unit, index) => index > 0 && /^nsubj/.test(links[unit.mention.head]?.relation ?? "") && links[unit.mention.head]?.head === verb,
  );
  if (verb !== undefined && starts > 0) {
    joinConjuncts(links, group.slice(starts));
    return;
  }
  joinConjuncts(links, group);
}

/** The finite verb right after a unit, past adverbs, a comma and expressions of time. */
function verbAfter(tokens: readonly Token[], links: readonly Link[], words: readonly string[], unit: Unit): number | undefined {
  const from = unit.last;
  const start = pastRelative(tokens, words, pastParenthesis(words, from));
  // Past an apposition or an insertion between commas, a participle is the main verb misread.
  const past = words[start - 1] === "," || (unit.more.length > 0 && words[start] === ",");
  for (let at = start; at < Math.min(start + 5, tokens.length); at++) {
    const token = tokens[at];
    if (!token) return undefined;
    const bare = token.xpos === "VBN" || token.xpos === "VB";
    const closed =
      past &&
      bare &&
      words[at - 1] !== "to" &&
      ["acl", "advcl", "root", "conj"].includes(links[at]?.relation ?? "") &&
      !links.some((link) => link.head === at && /^aux/.test(link.relation));
    if (closed && at <= start + 1 && !actedOn(words, at)) return at;
    if (FINITE.has(token.xpos)) {
      if (token.xpos === "VBD" && actedOn(words, at)) return undefined;
      if (token.upos === "AUX" || token.xpos === "MD") {
        const head = links[at]?.head ?? -1;
        if (head > at && /^(aux|cop)/.test(links[at]?.relation ?? "")) return head;
        return token.upos === "AUX" ? at : undefined;
      }
      const relation = links[at]?.relation ?? "";
      return (relation === "acl" && !past) || relation === "amod" ? undefined : at;
    }
    const passable =
      token.upos === "ADV" ||
      words[at] === "," ||
      /^(both|each|all|on|last|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday|himself|herself|itself)$/.test(
        words[at] ?? "",
      );
    if (!passable) return undefined;
  }
  return undefined;
}

const RELATIVES = new Set(["who", "whom", "which", "whose"]);

/** Where the relative clause that starts at a comma or its pronoun is over: after the comma that a finite verb follows. */
function pastRelative(tokens: readonly Token[], words: readonly string[], from: number): number {
  const at = words[from] === "," ? from + 1 : from;
  const participle = ["VBG", "VBN"].includes(tokens[at]?.xpos ?? "");
  if (words[at - 1] !== "," || !(RELATIVES.has(words[at] ?? "") || participle)) return from;
  for (let end = at + 2; end < Math.min(at + 40, tokens.length); end++) {
    if (words[end] !== "," || !range(at, end).some((inner) => tokens[inner]?.upos === "VERB")) continue;
    const next = tokens[end + 1];
    const later = tokens[end + 2];
    const finite = next !== undefined && (FINITE.has(next.xpos) || (next.xpos === "VBN" && words[end + 2] !== "by"));
    if ((finite || (next?.upos === "ADV" && later && FINITE.has(later.xpos))) && words[end + 1] !== "said") return end + 1;
  }
  return from;
}

/** ", whom the court has accused, and who denies it": hangs each clause's verb on the name, and its subject on the verb. */
function mendRelatives(tokens: readonly Token[], links: Link[], words: readonly string[], unit: Unit): void {
  const first = words[unit.last] === "," ? unit.last + 1 : unit.last;
  if (words[first - 1] !== "," || !RELATIVES.has(words[first] ?? "")) return;
  mendRelative(tokens, links, words, unit, first);
  const next = range(first + 2, Math.min(first + 30, tokens.length)).find(
    (at) => words[at - 1] === "and" && /^(who|whom|which)$/.test(words[at] ?? ""),
  );
  if (next !== undefined) mendRelative(tokens, links, words, unit, next);
}

function mendRelative(tokens: readonly Token[], links: Link[], words: readonly string[], unit: Unit, pronoun: number): void {
  if (words[pronoun] === "whose" || tokens[pronoun]?.xpos.startsWith("W") !== true) return;
  let verb = -1;
  for (let at = pronoun + 1; at < Math.min(pronoun + 18, tokens.length); at++) {
    const token = tokens[at];
    if (!token || words[at] === "," || words[at] === ";") break;
    if (token.upos === "AUX" && (links[at]?.head ?? -1) > at && /^(aux|cop)/.test(links[at]?.relation ?? "")) verb = links[at]?.head ?? -1;
    else if (FINITE.has(token.xpos) && token.xpos !== "MD") verb = at;
    if (verb >= 0) break;
  }
  if (verb < 0) return;
  const head = unit.mention.head;
  const between =
    verb > pronoun + 1
      ? range(pronoun + 1, verb).filter(
          (at) => ["NOUN", "PROPN", "PRON"].includes(tokens[at]?.upos ?? "") && isOuter(links, at, pronoun + 1, verb),
        )
      : [];
  const subject =
    between.find((at) => /^nsubj/.test(links[at]?.relation ?? "")) ?? (words[pronoun] === "whom" ? between.at(-1) : undefined);
  if (links[verb]?.relation !== "acl:relcl") attach(links, verb, head, "acl:relcl");
  const passive = links.some((link) => link.head === verb && link.relation === "aux:pass");
  if (subject !== undefined) {
    attach(links, subject, verb, passive ? "nsubj:pass" : "nsubj");
    attach(links, pronoun, verb, "obj");
  } else attach(links, pronoun, verb, passive ? "nsubj:pass" : "nsubj");
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Whether the token hangs on something outside the stretch. */
function isOuter(links: readonly Link[], at: number, from: number, to: number): boolean {
  const head = links[at]?.head ?? -1;
  return head < from || head >= to;
}

/** Past ", according to activists," and ", he said,". */
function pastParenthesis(words: readonly string[], from: number): number {
  if (words[from] !== "," || !(words[from + 1] === "according" || words.slice(from + 2, from + 5).includes("said"))) return from;
  const end = words.indexOf(",", from + 1);
  return end > 0 && end - from <= 8 ? end + 1 : from;
}

/** "brokered last July by": a participle with its by-phrase close behind, whatever it was tagged. */
function actedOn(words: readonly string[], verb: number): boolean {
  const by = words.indexOf("by", verb + 1);
  return by > 0 && by - verb <= 4 && !words.slice(verb, by).includes(",");
}

function joinConjuncts(links: Link[], group: readonly Unit[]): void {
  const [first, ...rest] = group;
  if (!first) return;
  const head = first.mention.head;
  if (!ARGUMENTS.has(links[head]?.relation ?? "") || own(links, head, group)) {
    const better = rest.find(
      (unit) =>
        ARGUMENTS.has(links[unit.mention.head]?.relation ?? "") &&
        links[unit.mention.head]?.relation !== "conj" &&
        !own(links, unit.mention.head, group),
    );
    const link = better && links[better.mention.head];
    if (link) attach(links, head, link.head, link.relation);
  }
  for (const unit of rest) attach(links, unit.mention.head, head, "conj");
  for (const unit of group)
    for (const more of unit.more) if (more.head !== unit.mention.head) attach(links, more.head, unit.mention.head, "appos");
}

function own(links: readonly Link[], token: number, group: readonly Unit[]): boolean {
  const head = links[token]?.head ?? -1;
  return group.some((unit) => head >= unit.first && head < unit.last);
}

/** Hangs a token elsewhere; a new head that hung below the token takes the token's place. */
function attach(links: Link[], token: number, head: number, relation: Token["relation"]): void {
  const link = links[token];
  const upper = links[head];
  if (!link || !upper || token === head) return;
  if (reaches(links, head, token)) {
    upper.head = link.head;
    upper.relation = link.relation;
  }
  link.head = head;
  link.relation = relation;
}
