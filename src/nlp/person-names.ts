/** Names of persons told by the title or the owner before them. */
import { type Run, endsBody, acronym } from "./capital-runs.ts";
import type { Hit } from "./gazetteer.ts";
import type { TitleSpan, Proposal } from "./names.ts";
import { PERSON_APPOSITIONS } from "./vocabulary.ts";
import type { Words } from "./words.ts";

/** "President Vladimir Putin", "army chief General Abdel Fattah al-Burhan", "foreign ministers Nikos Kotzias and Nikola Dimitrov". */
export function titledPersons(
  words: Words,
  runs: readonly Run[],
  titles: readonly TitleSpan[],
  hitAt: ReadonlyMap<number, Hit>,
  titleTokens: Set<number>,
): Proposal[] {
  const proposals: Proposal[] = [];
  const ends = new Map(titles.map((title) => [title.last, title]));
  const titleStarts = new Map(titles.map((title) => [title.first, title]));
  for (const run of runs) {
    let start = -1;
    let title: TitleSpan | undefined;
    for (let token = run.first; token < run.last; token += 1) {
      const ending = ends.get(token);
      if (ending !== undefined) {
        title = ending;
        start = token;
      } else if (start === -1 && token === run.first && PERSON_APPOSITIONS.has(words.lower[token - 1] ?? "") && !words.capital(token - 1))
        start = token;
    }
    if (start === -1) continue;
    while (words.text[start] === "." && start < run.last) start += 1;
    const blocked = hitAt.get(start);
    // "Queen Sofia", "Princess Victoria": who is called so before a lone name is no town.
    const royal = title !== undefined && run.last - start === 1 && /^(king|queen|prince|princess)$/.test(title.title.title);
    if (start >= run.last || (blocked !== undefined && !royal && !personLike(blocked) && blocked.last >= run.last)) continue;
    if (blocked !== undefined && blocked.meanings.some((meaning) => meaning.type === "state" && meaning.use !== "capital")) continue;
    let last = run.last;
    for (let token = start + 1; token < run.last; token += 1) {
      const next = titleStarts.get(token);
      if (next !== undefined && next.last < run.last && token > start) last = Math.min(last, token);
    }
    if (endsBody(words, start, last) || acronym(words, start, last)) continue;
    // All capitalised words of the run before the name belong to the title ("Justice Minister", "Police General"), known names apart.
    if (title !== undefined) {
      for (let token = title.first; token < start; token += 1) titleTokens.add(token);
      for (let token = title.first - 1; token >= run.first; token -= 1) {
        if ([...hitAt.values()].some((hit) => hit.first <= token && token < hit.last)) break;
        titleTokens.add(token);
      }
    }
    const reason = title === undefined ? `role noun before it: ${words.lower[start - 1]}` : `title before it: ${title.title.title}`;
    proposals.push({
      first: start,
      last,
      kind: "person",
      strength: title === undefined ? 78 : 86,
      reason,
      ...(title === undefined ? {} : { title }),
    });
    if (title !== undefined && /s$|men$/.test(words.lower[title.last - 1] ?? "")) proposals.push(...coordinated(words, runs, run, hitAt));
  }
  for (const one of proposals)
    if (one.title !== undefined) for (let token = one.title.first; token < one.title.last; token += 1) titleTokens.add(token);
  return proposals;
}

function coordinated(words: Words, runs: readonly Run[], after: Run, hitAt: ReadonlyMap<number, Hit>): Proposal[] {
  const proposals: Proposal[] = [];
  let end = after.last;
  for (const run of runs) {
    if (run.first < end) continue;
    const between = words.lower.slice(end, run.first);
    if (between.length === 0 || between.length > 2 || !between.every((word) => word === "," || word === "and")) break;
    if (run.last - run.first < 2 || hitAt.has(run.first)) break;
    proposals.push({ ...run, kind: "person", strength: 79, reason: "coordinated with titled persons" });
    end = run.last;
  }
  return proposals;
}

/** "The RSF leader, Hemedti, accused": a lone unknown word between commas after the title of one person. */
export function apposedPersons(words: Words, runs: readonly Run[], hits: readonly Hit[], titles: readonly TitleSpan[]): Proposal[] {
  const ends = new Map(titles.map((title) => [title.last, title]));
  return runs
    .filter((run) => {
      const title = ends.get(run.first - 1);
      return (
        title !== undefined &&
        (title.title.relation === "leads" || title.title.relation === "represents") &&
        run.last - run.first === 1 &&
        words.text[run.first - 1] === "," &&
        words.text[run.last] === "," &&
        !/s$|men$/.test(words.lower[title.last - 1] ?? "") &&
        !hits.some((hit) => hit.first < run.last && hit.last > run.first) &&
        !acronym(words, run.first, run.last)
      );
    })
    .map((run) => ({ ...run, kind: "person" as const, strength: 79, reason: "apposition of a title" }));
}

export function personLike(hit: Hit): boolean {
  return hit.meanings.some((meaning) => meaning.type === "person");
}

/** "Iran's Hassan Rouhani", "Nato's Jens Stoltenberg": at least two capitalised words owned by a known actor. */
export function possessedPersons(words: Words, runs: readonly Run[], hits: readonly Hit[], titles: readonly TitleSpan[]): Proposal[] {
  const ends = new Map(hits.map((hit) => [hit.last, hit]));
  const starts = new Set(hits.filter((hit) => !personLike(hit)).map((hit) => hit.first));
  return runs
    .filter((run) => {
      const owner = ends.get(run.first - 1);
      return (
        owner !== undefined &&
        /^['’]s?$/.test(words.text[run.first - 1] ?? "") &&
        run.last - run.first >= 2 &&
        run.last - run.first <= 5 &&
        !titles.some((title) => title.first < run.last && title.last > run.first) &&
        !starts.has(run.first) &&
        // "Georgia's Euro-Atlantic path"
        words.tokens[run.last]?.upos !== "NOUN" &&
        !endsBody(words, run.first, run.last)
      );
    })
    .map((run) => ({ ...run, kind: "person" as const, strength: 74, reason: "named after its state or body" }));
}
