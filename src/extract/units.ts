/** Names with what belongs to them (title, possessor, apposition), and the runs of them that a sentence lists. */
import type { Mention, Token } from "../model/annotation.ts";

/** A name with what belongs to it ("the Turkish president, X of the AKP"): tokens first (inclusive) to last (exclusive). */
export interface Unit {
  readonly mention: Mention;
  readonly first: number;
  readonly last: number;
  /** Names and appositions of the same entity that follow. */
  readonly more: readonly Mention[];
}

const PERSON_NOUNS = new Set(
  "minister president leader premier chief secretary chancellor envoy ambassador spokesman spokeswoman adviser advisor head chairman commander general negotiator mediator king emir diplomat director speaker founder deputy aide ruler senator official counterpart colleague number representative coordinator governor host foe rival predecessor successor republican democrat lawmaker activist founder economist analyst".split(
    " ",
  ),
);

export function unitsOf(tokens: readonly Token[], mentions: readonly Mention[], words: readonly string[]): Unit[] {
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

/** Days, which stand before a name without belonging to it. */
export const DAYS = /^(monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow)$/;

/** Other words for times, which are no titles of the name after them. */
const TIMES =
  /^(morning|noon|afternoon|evening|night|midnight|week|weekend|month|year|day|hour|minute|decade|hours|days|weeks|months|years|ago|later|earlier)$/;

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
    // "in Lutha A said": the town is no title.
    const town = mentions.find((other) => other.form === "name" && other.kind === "place" && other.last === at);
    if (town && /^(in|at|from|near)$/.test(words[town.first - 1] ?? "")) break;
    const title = mention.kind === "person" && !DAYS.test(word) && !TIMES.test(word) && (before.upos === "NOUN" || before.upos === "PROPN");
    if (
      before.upos === "DET" ||
      before.upos === "ADJ" ||
      (before.upos === "NUM" && !/^(in|since|by|during)$/.test(words[at - 2] ?? "")) ||
      title ||
      /^['’]s?$/.test(word) ||
      word === "-" ||
      word === "elect"
    )
      at--;
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
    let clause = false;
    for (let end = at + 1; end < Math.min(at + 20, tokens.length); end++) {
      const token = tokens[end];
      // ", the commander of the force that will replace them,"
      if (end > at + 2 && /^(that|which|who)$/.test(words[end] ?? "") && words[end - 1] !== "," && token?.xpos.startsWith("W") === true)
        clause = true;
      if (!token || (!clause && (token.upos === "VERB" || token.upos === "AUX" || /^(who|which|whose|whom|and)$/.test(words[end] ?? ""))))
        break;
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

/** Runs of units of one kind, separated by commas and closed by "and", "or" or a headline's verb; single units stand alone. */
export function groupsOf(units: readonly Unit[], tokens: readonly Token[], words: readonly string[]): Unit[][] {
  const groups: Unit[][] = [];
  let run: Unit[] = [];
  const close = (): void => {
    const joint = run.findLastIndex((unit, index) => index > 0 && separator(run[index - 1], unit, words) === "and");
    const listed = opensHeadline(run, tokens, words) ? run : joint < 0 ? [] : run.slice(0, joint + 1);
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

/** "Blinken, Lavrov meet in Geneva", "Iran, Saudi Arabia to restore ties": a headline's comma stands for "and". */
function opensHeadline(run: readonly Unit[], tokens: readonly Token[], words: readonly string[]): boolean {
  const last = run.at(-1);
  return (
    run.length > 1 &&
    last !== undefined &&
    run[0]?.first === 0 &&
    words[last.last - 1] !== "," &&
    /^(VBP|VBD|MD|TO)$/.test(tokens[last.last]?.xpos ?? "") &&
    !/^[.?!"”]$/.test(words.at(-1) ?? "")
  );
}

function alike(left: Unit, right: Unit): boolean {
  const kind = (unit: Unit): string => (unit.mention.kind === "state" || unit.mention.kind === "organization" ? "body" : unit.mention.kind);
  return kind(left) === kind(right) && !sameChain(left.mention, right.mention);
}

function separator(left: Unit | undefined, right: Unit, words: readonly string[]): "and" | "," | undefined {
  if (!left) return undefined;
  const between = words.slice(left.last, right.first).join(" ");
  const closed = words[left.last - 1] === ",";
  if (/^(, )?(and|or|& |as well as|and also)( also)?( by| with| of| for| to)?$/.test(between)) return "and";
  if (between === "," || (closed && between === "")) return ",";
  return undefined;
}
