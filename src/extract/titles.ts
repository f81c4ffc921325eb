/** Titles of office in a sentence, and whose they are: the names, demonyms and pronouns that stand before or after them. */
import { fold } from "../model/letters.ts";
import type { Title } from "../knowledge/types.ts";
import type { Mention } from "../model/annotation.ts";
import { DETERMINERS, isPossessive } from "./page.ts";
import type { FoundTitle, Page, TitleIndex } from "./page.ts";

/** Words that end an office: no edge is drawn for who held it before. */
export const FORMER = new Set([
  "former",
  "ex",
  "ex-",
  "late",
  "erstwhile",
  "onetime",
  "one-time",
  "sometime",
  "deposed",
  "ousted",
  "then-",
  "ex-president",
  "retired",
]);

/** What may stand between a state and the title: "Turkey's new foreign minister". */
const BETWEEN = new Set(
  "new newly elected current outgoing acting interim chief top main senior veteran long-time longtime far-right right-wing left-wing conservative liberal populist embattled powerful de facto own first military deputy assistant special permanent influential the right left far - overall".split(
    " ",
  ),
);

export const LINKS = new Set(["of", "for", "to", "at", "in", "with"]);

/** Those who are sent: "to", "for" and "in" after their title say where. */
const ENVOYS = new Set("envoy ambassador representative coordinator rapporteur mediator nuncio consul legate".split(" "));

const indexes = new WeakMap<readonly Title[], TitleIndex>();

export function indexTitles(titles: readonly Title[]): TitleIndex {
  const known = indexes.get(titles);
  if (known) return known;
  const index = new Map<string, { title: Title; plural: boolean }>();
  for (const title of titles) {
    index.set(letters(fold(title.plural ?? `${title.title}s`)), { title, plural: true });
  }
  for (const title of titles) index.set(letters(fold(title.title)), { title, plural: false });
  indexes.set(titles, index);
  return index;
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

export function isFormer(page: Page, first: number): boolean {
  if (page.words[first - 1] === "then" || (page.words[first - 1] === "-" && page.words[first - 2] === "then")) return true;
  for (let at = first - 1; at >= Math.max(0, first - 4); at--) {
    const word = page.words[at] ?? "";
    if (FORMER.has(word) || (word === "-" && FORMER.has(page.words[at - 1] ?? ""))) return true;
    if (word === "," || word === ".") return false;
  }
  return false;
}

export function skipHonorifics(page: Page, end: number): number {
  let at = end;
  for (let steps = 0; steps < 3; steps++) {
    const found = titleEndingAt(page, at);
    if (found && found.title.relation === "none") at = found.first;
    else if (page.words[at - 1] === '"' || page.words[at - 1] === "“") at--;
    else break;
  }
  return at;
}

/** The longest title that ends before the token, or the one that also starts at `start`. */
export function titleEndingAt(page: Page, end: number, start?: number): FoundTitle | undefined {
  let best: FoundTitle | undefined;
  let text = "";
  for (let first = end - 1; first >= Math.max(0, end - 8); first--) {
    const word = letters(page.words[first] ?? "");
    if (word === "" && !/^[-.]$/.test(page.words[first] ?? "")) break;
    text = word + text;
    const found = page.titles.get(text);
    if (insideOrAtName(page, first)) continue;
    if (found && word !== "" && (start === undefined || start === first)) best = { first, last: end, ...found };
  }
  return best;
}

/** "UN envoy" is the envoy of a name, not a title of its own. */
function insideOrAtName(page: Page, at: number): boolean {
  return page.mentions.some(
    (mention) =>
      mention.form === "name" && (mention.kind === "state" || mention.kind === "organization") && mention.first <= at && at < mention.last,
  );
}

/** The longest title that starts at the token. */
export function titleStartingAt(page: Page, first: number): FoundTitle | undefined {
  let best: FoundTitle | undefined;
  for (let last = first + 1; last <= Math.min(first + 7, page.words.length); last++) best = titleEndingAt(page, last, first) ?? best;
  return best;
}

/** Whose title it is, read leftwards from the title: "Turkey's", "Turkish", "NATO", "his"; coordinated ones too. */
export function ownersBefore(page: Page, first: number, several = false): Mention[] {
  let at = first;
  for (let steps = 0; steps < 4; steps++) {
    let end = at;
    if (isPossessive(page.words[end - 1])) end--;
    const owner = mentionEndingAt(page, end, ["state", "organization", "person"]);
    if (owner) {
      if (owner.kind === "person" && end === at && owner.form !== "pronoun") return [];
      return several ? groupBackwards(page, owner) : [owner];
    }
    if (page.words[end - 1] === "whose" && at === first) return antecedentOf(page, end - 1);
    if (!BETWEEN.has(page.words[at - 1] ?? "")) return [];
    at--;
  }
  return [];
}

/** The actor before "whose" or ", whose". */
function antecedentOf(page: Page, whose: number): Mention[] {
  const end = page.words[whose - 1] === "," ? whose - 1 : whose;
  const owner = mentionEndingAt(page, end, ["state", "organization"]);
  return owner ? [owner] : [];
}

/** "Ruritanian Prime Minister and Foreign Minister X": whose the first title is, of two that X bears. */
export function ownersOfBoth(page: Page, second: number): Mention[] {
  const first = page.words[second - 1] === "and" ? titleEndingAt(page, second - 1) : undefined;
  const owners = first && !first.plural ? ownersBefore(page, first.first) : [];
  // With an article or a possessive it may be somebody else's.
  return owners.filter((owner) => !DETERMINERS.has(page.words[owner.first - 1] ?? "") && !isPossessive(page.words[owner.last]));
}

/** Whose title it is, read rightwards from "of", "for", "to". */
export function ownersAfter(page: Page, from: number, several = false): Mention[] {
  let at = from;
  if (!LINKS.has(page.words[at] ?? "")) return [];
  if (isDestination(page, at)) return [];
  at++;
  for (let steps = 0; steps < 6; steps++) {
    const owner = page.mentions.find(
      (mention) =>
        mention.first === at &&
        mention.chains.length > 0 &&
        (mention.kind === "state" || mention.kind === "organization" || mention.kind === "person"),
    );
    if (owner) {
      const inner = page.mentions.find(
        (mention) => mention.kind === "organization" && isPossessive(page.words[owner.last]) && mention.first === owner.last + 1,
      );
      if (inner) return [inner];
      // "informed President X of Turkey's plans": not his state.
      if (isPossessive(page.words[owner.last])) return [];
      return several ? [owner, ...groupForwards(page, owner)] : [owner];
    }
    const title = titleStartingAt(page, at);
    // "Special Envoy of the Secretary-General for Yemen"
    if (title && ENVOYS.has(page.words[from - 1] ?? "")) return [];
    if (title) at = title.last;
    else if (
      DETERMINERS.has(page.words[at] ?? "") ||
      BETWEEN.has(page.words[at] ?? "") ||
      /^(ruling|opposition|main|largest|paramilitary|rebel|militant|exiled)$/.test(page.words[at] ?? "")
    )
      at++;
    else return [];
  }
  return [];
}

/** Whether the word after an envoy's title says where he is sent: "the ambassador to Peru", "the UN envoy for Yemen". */
export function isDestination(page: Page, at: number): boolean {
  if (/^negotiators?$/.test(page.words[at - 1] ?? "") && page.words[at] === "with") return true;
  return ENVOYS.has(page.words[at - 1] ?? "") && page.words[at] !== "of";
}

export function mentionEndingAt(page: Page, end: number, kinds: readonly Mention["kind"][]): Mention | undefined {
  let best: Mention | undefined;
  for (const mention of page.mentions) {
    if (mention.last === end && kinds.includes(mention.kind) && mention.chains.length > 0 && (!best || mention.first < best.first))
      best = mention;
  }
  return best;
}

/** Mentions of one kind joined by commas and "and" before this one, in text order, itself last. */
export function groupBackwards(page: Page, last: Mention): Mention[] {
  const group = [last];
  for (let steps = 0; steps < 6; steps++) {
    let at = group[0]?.first ?? 0;
    const joint = page.words[at - 1];
    if (DETERMINERS.has(joint ?? "")) at--;
    if (page.words[at - 1] === "and" || page.words[at - 1] === ",") at--;
    else break;
    if (page.words[at - 1] === ",") at--;
    const before = page.mentions.find((mention) => mention.last === at && mention.kind === last.kind && mention.form === last.form);
    if (!before) break;
    group.unshift(before);
  }
  return group.length > 1 && page.words.slice(group[0]?.first, last.first).includes("and") ? group : [last];
}

export function groupForwards(page: Page, first: Mention): Mention[] {
  const group: Mention[] = [];
  let here = first;
  for (let steps = 0; steps < 6; steps++) {
    let at = here.last;
    if (page.words[at] !== "," && page.words[at] !== "and") break;
    at++;
    if (page.words[at] === "and") at++;
    if (DETERMINERS.has(page.words[at] ?? "")) at++;
    const next = page.mentions.find((mention) => mention.first === at && mention.kind === first.kind && mention.form === first.form);
    if (!next) break;
    group.push(next);
    here = next;
  }
  const last = group.at(-1);
  return last && page.words.slice(first.last, last.first).includes("and") ? group : [];
}

/** "Foreign ministers X and Y": the people that share a title before the first of them. */
export function groupBackTo(page: Page, person: Mention): { readonly first: number; readonly people: readonly Mention[] } {
  const back = groupBackwards(page, person);
  const people = [...back, ...groupForwards(page, person)];
  const head = people[0] ?? person;
  if (head === person) {
    return titleEndingAt(page, skipHonorifics(page, person.first))?.plural === true
      ? { first: person.first, people }
      : { first: person.first, people: [person] };
  }
  const plural = titleEndingAt(page, skipHonorifics(page, head.first))?.plural === true;
  return plural ? { first: head.first, people } : { first: person.first, people: [person] };
}
