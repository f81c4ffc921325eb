/** One head for a name and what belongs to it: its parts, its title, what is said of it between commas. */
import type { Mention, Token } from "../model/annotation.ts";
import { ARGUMENTS, attach, hasDependent, isOuter, range, reaches } from "./links.ts";
import type { Link } from "./links.ts";
import type { Unit } from "./units.ts";

/** One head per name: whatever else in it hangs outside it hangs on that head. */
export function gatherName(links: Link[], mention: Mention): void {
  for (let at = mention.first; at < mention.last; at++) {
    const link = links[at];
    if (!link || at === mention.head) continue;
    const head = links[mention.head];
    // "and PDI-P denounced it" with one part of the name joined to what stands before.
    if (head?.relation === "conj" && /^nsubj/.test(link.relation) && link.head >= mention.last && !reaches(links, link.head, mention.head))
      links[mention.head] = { ...link };
    if (link.head < mention.first || link.head >= mention.last) {
      if (reaches(links, mention.head, at)) standBack(links, mention, at);
      if (!reaches(links, mention.head, at)) {
        link.head = mention.head;
        link.relation = "flat";
      }
    }
  }
}

/** A part of a name that was read as the verb above it ("Sultan bin Said, left"): what hangs between the two takes its place. */
function standBack(links: Link[], mention: Mention, part: number): void {
  let below = mention.head;
  while (below >= 0 && links[below]?.head !== part) below = links[below]?.head ?? -1;
  const link = links[part];
  const heir = links[below];
  if (!link || !heir) return;
  if (below >= mention.first && below < mention.last) {
    // "of his Justice and Development Party" with the party as a second thing.
    if (link.head < 0) return;
    links[mention.head] = { head: link.head, relation: link.relation };
    link.head = mention.head;
    link.relation = "flat";
    return;
  }
  heir.head = link.head;
  heir.relation = link.relation;
  links.forEach((other, at) => {
    if (other.head === part && (at < mention.first || at >= mention.last)) other.head = below;
  });
  link.head = mention.head;
  link.relation = "flat";
}

/** "Ruritania, the sponsor of the talks,": the noun between the commas is said of the name before them. */
export function mendApposition(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const from = unit.mention.last + 1;
  if (unit.last <= from || unit.more.length > 0) return;
  const outer = range(from, unit.last).find(
    (at) => tokens[at]?.upos === "NOUN" && isOuter(links, at, from, unit.last) && links[at]?.head !== unit.mention.head,
  );
  if (outer !== undefined && !reaches(links, unit.mention.head, outer)) attach(links, outer, unit.mention.head, "appos");
}

/** Offices that stand before a name without an article: two of them joined are one person's. */
const OFFICES = new Set(
  "minister president premier chancellor prince king emir sultan secretary chief leader chairman chairwoman commander speaker member".split(
    " ",
  ),
);
const TITLE_WORDS = /^(?:ADJ|NOUN|PROPN)$/;
/** Words of the longest title. */
const LONGEST_TITLE = 14;

/**
 * "with Ruritanian Prime Minister and Foreign Minister X", "Member of the Bureau of the Party and Minister of Trade X": both are titles of X,
 * who takes the place of the first.
 */
export function mendDoubleTitle(tokens: readonly Token[], links: Link[], words: readonly string[], mention: Mention): void {
  if (mention.kind !== "person" || mention.form !== "name" || !TITLE_WORDS.test(tokens[mention.first - 1]?.upos ?? "")) return;
  /** The first word of a title that ends before `end`. */
  const titleBefore = (end: number, inside: RegExp): number => {
    let at = end;
    while (at > 0 && end - at < LONGEST_TITLE && (TITLE_WORDS.test(tokens[at - 1]?.upos ?? "") || inside.test(words[at - 1] ?? ""))) at--;
    return at;
  };
  const second = titleBefore(mention.first, /^of$/);
  const and = second - 1;
  if (words[and] !== "and" || !range(second, mention.first).some((at) => OFFICES.has(words[at] ?? ""))) return;
  const first = titleBefore(and, /^(of|the)$/);
  const of = words.indexOf("of", first);
  const office = (of < 0 || of > and ? and : of) - 1;
  // "the president and Prime Minister X", "Ruritania's president and ..." may be two people.
  if (first > office || !OFFICES.has(words[office] ?? "") || words.slice(first, office).includes("the")) return;
  if (/^(?:DET|PART|PRON|NUM)$/.test(tokens[first - 1]?.upos ?? "")) return;
  const isInside = (at: number): boolean => at >= first && at < mention.last;
  const outer = range(first, mention.last).filter((at) => !isInside(links[at]?.head ?? -1));
  const top = outer.find((at) => ARGUMENTS.has(links[at]?.relation ?? ""));
  const place = links[top ?? -1];
  if (top === undefined || !place) return;
  const { head } = mention;
  const { head: above, relation } = place;
  for (const at of outer) links[at] = { head, relation: "nmod:desc" };
  links[head] = { head: above, relation };
  links[office] = { head, relation: "nmod:desc" };
  links.forEach((link, at) => {
    if (!isInside(at) && isInside(link.head)) link.head = head;
  });
}

/** "by Ruritanian President X" with the state or the title as its head: the name takes its place. */
export function mendTitle(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const { head } = unit.mention;
  titleBeside(tokens, links, unit);
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

/** "asked Ruritania's ambassador X", "with his counterpart X", title and name read as two objects: the name takes the title's place. */
function titleBeside(tokens: readonly Token[], links: Link[], unit: Unit): void {
  const { head, first, kind, form } = unit.mention;
  const name = links[head];
  if (kind !== "person" || form !== "name" || !name || head < first) return;
  const before = links[first - 1];
  // "X and his Ruritanian counterpart Y", title and name listed one after the other.
  if (name.relation === "conj" && before?.relation === "conj" && before.head === name.head && tokens[first - 1]?.upos === "NOUN") {
    links[first - 1] = { head, relation: "nmod:desc" };
    for (const link of links) if (link.head === first - 1 && link.relation === "cc") link.head = head;
    return;
  }
  // "A and U.S. Secretary of State X", the office and X listed one after the other.
  if (name.relation === "conj") {
    const office = range(unit.first, first).find((at) => links[at]?.relation === "conj" && links[at]?.head === name.head);
    if (office !== undefined && tokens[office]?.upos === "PROPN") {
      links[office] = { head, relation: "nmod:desc" };
      for (const link of links) if (link.head === office && link.relation === "cc") link.head = head;
      return;
    }
  }
  // "his meeting with Hamas leader X" with X hung on the verb: what has no preposition of its own goes with the title before it.
  const cased = (at: number): boolean => hasDependent(links, at, /^case$/);
  if (
    name.relation === "obl" &&
    before &&
    /^(nmod|obl)$/.test(before.relation) &&
    before.head !== name.head &&
    tokens[first - 1]?.upos === "NOUN" &&
    cased(first - 1) &&
    !cased(head)
  ) {
    links[head] = { ...before };
    links[first - 1] = { head, relation: "nmod:desc" };
    for (const link of links) if (link.head === first - 1 && link.relation === "case") link.head = head;
    return;
  }
  if (!ARGUMENTS.has(name.relation) || name.relation === "conj") return;
  // "U.S. | President-elect | X": whichever of the words before the name took its place.
  const at = range(unit.first, first).find(
    (token) =>
      /^(NOUN|PROPN)$/.test(tokens[token]?.upos ?? "") &&
      links[token]?.head === name.head &&
      ARGUMENTS.has(links[token]?.relation ?? "") &&
      (token === first - 1 || tokens[token]?.upos === "PROPN"),
  );
  const title = links[at ?? -1];
  if (at === undefined || !title) return;
  links[head] = { ...title };
  links[at] = { head, relation: "nmod:desc" };
  for (const link of links) if (link.head === at && !/^(case|det|amod|compound|nmod:poss)$/.test(link.relation)) link.head = head;
}
