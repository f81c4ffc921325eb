/** Finds noun phrases and pronouns that stand for an actor or agreement without naming it, and what each may refer to. */
import type { Knowledge } from "../knowledge/types.ts";
import type { EntityKind } from "../model/graph.ts";
import { agreementNominal } from "./agreements.ts";
import type { Attribution, MentionCandidate, Reference } from "./mentions.ts";
import type { TitleSpan } from "./names.ts";
import { beside, distributed, isPlural, matchingOwners, phraseAt, singular } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { pronounCandidate } from "./pronouns.ts";
import { JOINT_BODY_NOUNS, ROLE_NOUNS, STATE_BODY_NOUNS } from "./vocabulary.ts";
import { spelled } from "./words.ts";
import type { Words } from "./words.ts";

const PERSON_GROUPS =
  /^(leaders|men|women|presidents|premiers|ministers|statesmen|rivals|chiefs|counterparts|rulers|kings|negotiators|envoys|politicians|pair|duo|trio)$/;

/** Nouns for any two or three of those named, where they are counted. */
const OFFICIALS = /^(officials|diplomats|interlocutors|statesmen|dignitaries|officers|commanders|clerics)$/;

const STATE_GROUPS =
  /^(militaries|armies|navies|delegations|countries|nations|states|neighbou?rs|governments|capitals|powers|allies|kingdoms|republics)$/;

const ACTOR_GROUPS = /^(sides|parties|signatories|adversaries|foes|factions|rivals|enemies|protagonists|neighbou?rs)$/;

const KIND_NOUNS =
  /^(group|movement|organi[sz]ation|party|bloc|alliance|body|agency|union|militia|rebels|insurgents|guerrillas|militants|council|commission|front|army|force|tribunal|court|company|watchdog|league|faction|paramilitaries|grouping|jihadists|fighters)$/;

/** Nouns for a state that has been named. */
const SORT_NOUNS =
  /^(country|nation|state|republic|kingdom|emirate|sultanate|principality|monarchy|federation|island|islands|archipelago|superpower)$/;

/** Those of them that stand for the whole name, written with a capital. */
const BODY_NAMES = /^(council|commission|alliance|union|league|court|organi[sz]ation|front|movement|agency)$/;

/** "The North", "the South": one of two states of a name. */
const HALVES = /^(north|south)$/;

/** Those of them that are one body, which may be told by where it is from. */
const ONE_BODY = /^(group|movement|organi[sz]ation|party|militia|front|faction|bloc|alliance)$/;

/** Nouns for a state by how it stands to another. */
const NEIGHBOURS = /^(neighbou?r|rival|arch-?rival|foe|adversary|enemy)$/;

/** Nouns for what rules a state or acts for it, where the text need not say whose. */
const INSTITUTIONS =
  /^(government|cabinet|administration|authorities|parliament|lawmakers|army|military|navy|presidency|ministry|junta|generals|putschists|regime)$/;

/** "Ruritania's security service", "Ruritanian border guards": bodies of a state by what they keep. */
const SERVICES = /^(services?|agency|agencies|guards?|patrols?|bureau|command)$/;
const KEPT =
  /^(security|secret|intelligence|border|coast|spy|special|police|air|navy|naval|army|military|clandestine|counterintelligence)$/;

/** "The foreign ministry" is no other than the state's; "the new cabinet", "the rebel army" may be anybody's. */
const PORTFOLIO = /^(foreign|defen[cs]e|interior|finance|national|federal|central|armed)$/;

/** Nouns that say little without what they are the head of. */
const HEADS = /^(head|leader|chief|founder|commander|director|chair|chairman|chairwoman|boss|ruler|member)$/;

interface Found {
  readonly candidates: readonly MentionCandidate[];
  readonly attributions: readonly Attribution[];
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
    const role = title !== undefined || ROLE_NOUNS.has(lower) || (lower === "number" && words.lower[noun - 1] === "opposite");
    const upos = words.tokens[noun]?.upos;
    if (
      !role &&
      upos !== "NOUN" &&
      upos !== "PROPN" &&
      upos !== "NUM" &&
      upos !== "DET" &&
      upos !== "ADJ" &&
      !/^(neither|each|both)$/.test(lower)
    )
      continue;
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
      const top = lower === "diplomat" && words.lower.slice(phrase.first, noun).some((word) => /^(top|chief)$/.test(word));
      const text = top ? "top diplomat" : lower === "number" ? "opposite number" : (title?.title.title ?? singular(lower));
      // "the heads of state"
      const outer = title !== undefined && words.lower[title.first + 1] === "of" ? title.first : noun;
      const plural = isPlural(words, outer);
      const each = plural ? distributed(words, noun, names) : [];
      if (each.length > 0) {
        for (const { person, owner } of each) {
          used.add(person);
          attributions.push({ person, noun: text, ...(title === undefined ? {} : { title: title.title }), owners: [owner] });
        }
        candidates.push(make("person", { type: "same", as: each.map(({ person }) => person) }, "apposition"));
        continue;
      }
      const persons = beside(words, phrase, noun, plural, names, used, titles);
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
      // "the head of a delegation", "the leader of the rebels" is nobody that went before.
      if (phrase.owners.length === 0 && words.lower[noun + 1] === "of" && HEADS.test(lower)) continue;
      if (phrase.owners.length === 0 && phrase.definite && lower === "generals") {
        candidates.push(make("state", { type: "institution", noun: lower }, "institution of a state"));
        continue;
      }
      if (phrase.owners.length === 0 && (plural || phrase.count !== undefined)) {
        if (phrase.count === undefined && outer === noun && !PERSON_GROUPS.test(lower)) continue;
        const counted = phrase.count === undefined ? {} : { count: phrase.count };
        candidates.push(make("person", { type: "group", of: "person", noun: text, ...counted }, "group of persons"));
        continue;
      }
      if (plural && areRulers(phrase.owners) && STATE_BODY_NOUNS.has(lower)) {
        candidates.push(make("state", { type: "country", of: phrase.owners, ruled: true }, `${lower} of a ruler`));
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
    if (areRulers(phrase.owners) && STATE_BODY_NOUNS.has(lower) && isPlural(words, noun)) {
      candidates.push(make("state", { type: "country", of: phrase.owners, ruled: true }, `${lower} of a ruler`));
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
    const body = STATE_BODY_NOUNS.has(lower) || (SERVICES.test(lower) && KEPT.test(words.lower[noun - 1] ?? ""));
    if (body && phrase.owners.some((owner) => owner.kind === "state" || owner.kind === "organization")) {
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
    if (
      (lower === "latter" || lower === "former") &&
      words.lower[noun - 1] === "the" &&
      !/^(NOUN|PROPN|ADJ)$/.test(words.tokens[noun + 1]?.upos ?? "")
    ) {
      candidates.push(make("person", { type: lower }, `the ${lower}`));
      continue;
    }
    if (/^(neither|each)$/.test(lower) && /^(nsubj|obl:agent|obl$)/.test(words.relation(noun) ?? "")) {
      candidates.push(make("state", { type: "group", of: "actor", count: 2, distributive: true }, "group"));
      continue;
    }
    // "The Council", "the Alliance": a body called by the last word of its name.
    const capital =
      words.capital(noun) &&
      (BODY_NAMES.test(lower) || HALVES.test(lower)) &&
      /^(the|its)$/.test(words.lower[noun - 1] ?? "") &&
      !words.capital(noun + 1) &&
      words.tokens[noun + 1]?.upos !== "NOUN" &&
      !(/^(of|for|on)$/.test(words.lower[noun + 1] ?? "") && (words.capital(noun + 2) || words.lower[noun + 2] === "the"));
    const common = upos === "NOUN" || (upos === "PROPN" && (!words.capital(noun) || capital));
    const neighbour = common && phrase.definite && NEIGHBOURS.test(lower) ? phrase.owners : [];
    if (neighbour.length === 1 && (neighbour[0]?.form === "pronoun" || /^['’]s?$/.test(words.text[neighbour[0]?.last ?? -1] ?? ""))) {
      candidates.push(make("state", { type: "neighbour", of: neighbour[0] as MentionCandidate }, "neighbour of a state"));
      continue;
    }
    if (!common || !phrase.definite) continue;
    // "the Palestinian movement", "the Lebanese militia"
    if (phrase.owners.length === 1 && phrase.owners[0]?.use === "adjective" && phrase.owners[0].last === noun && ONE_BODY.test(lower))
      candidates.push(make("organization", { type: "kind", noun: lower, from: phrase.owners[0] }, "kind of body"));
    if (phrase.owners.length > 0) continue;
    if (SORT_NOUNS.test(lower) || (capital && HALVES.test(lower))) {
      const before = spelled(words, phrase.first, noun).toLowerCase();
      if (!/^(its|his|her|their|whose)\b/.test(before))
        candidates.push(make("state", { type: "sort", noun: lower, words: before }, "sort of state"));
    } else if (KIND_NOUNS.test(lower) && (!words.capital(noun) || capital) && !isOfItsOwn(words, phrase.first, noun, names))
      candidates.push(make("organization", { type: "kind", noun: lower }, "kind of body"));
    else if (INSTITUTIONS.test(lower) && (phrase.first === noun - 1 || PORTFOLIO.test(words.lower[noun - 1] ?? "")))
      candidates.push(make("state", { type: "institution", noun: lower }, "institution of a state"));
  }
  for (const person of names) {
    if (person.kind !== "person") continue;
    const owner = stateOf(words, person, names);
    if (owner !== undefined) attributions.push({ person, noun: "", owners: [owner] });
  }
  for (let token = 0; token < words.length; token += 1) {
    if (inName.has(token) || pronouns.has(token)) continue;
    const relative = pronounCandidate(words, token, [...names, ...candidates]);
    if (relative !== undefined) candidates.push(relative);
  }
  return { candidates, attributions };
}

/** Words before "group" or "force" that tell it from every body named so far. */
const TASKS = /^(working|contact|study|support|steering|expert|task|monitoring|peacekeeping|stabili[sz]ation|observer|advance|new)$/;

/** "the Central Asia working group", "the contact group": a body of its own, not one that went before. */
function isOfItsOwn(words: Words, first: number, noun: number, names: readonly MentionCandidate[]): boolean {
  for (let token = first; token < noun; token += 1) if (TASKS.test(words.lower[token] ?? "")) return true;
  return names.some((name) => name.kind === "place" && first <= name.first && name.last <= noun);
}

/** "his diplomats", "Putin's troops": one person's, who may rule a state. */
function areRulers(owners: readonly MentionCandidate[]): boolean {
  const [owner] = owners;
  return owners.length === 1 && owner?.kind === "person";
}

/** The state in "Nigeria's Bola Tinubu" and "Angela Merkel of Germany". */
function stateOf(words: Words, person: MentionCandidate, names: readonly MentionCandidate[]): MentionCandidate | undefined {
  const before = /^['’]s?$/.test(words.text[person.first - 1] ?? "") ? names.find((one) => one.last === person.first - 1) : undefined;
  const after = words.lower[person.last] === "of" ? names.find((one) => one.first === person.last + 1) : undefined;
  // "X (Ruritania) said"
  const bracketed =
    words.text[person.last] === "(" ? names.find((one) => one.first === person.last + 1 && words.text[one.last] === ")") : undefined;
  return [before, after, bracketed].find((one) => one?.state !== undefined);
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

function groupReference(words: Words, noun: number, lower: string, phrase: Phrase): Extract<Reference, { type: "group" }> | undefined {
  const count = phrase.count;
  const counted = count === undefined ? {} : { count };
  const upos = words.tokens[noun]?.upos;
  if (phrase.owners.length > 0) return undefined;
  if (count !== undefined || phrase.definite) {
    if (STATE_GROUPS.test(lower) && count !== undefined) {
      const fresh = phrase.definite || words.lower[phrase.first] === "both" ? {} : { fresh: true };
      // "the two delegations" are parties to something, not just any two states.
      const noun = /^delegations$/.test(lower) ? { noun: singular(lower) } : {};
      return { type: "group", of: "state", ...noun, ...counted, ...fresh };
    }
    if (ACTOR_GROUPS.test(lower)) return { type: "group", of: "actor", noun: singular(lower), ...counted };
    if (
      (PERSON_GROUPS.test(lower) || (count !== undefined && OFFICIALS.test(lower))) &&
      (phrase.definite || words.lower[phrase.first] === "both")
    ) {
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
      (lower === "both" &&
        (/^(VERB|AUX|PUNCT)$/.test(words.tokens[noun + 1]?.upos ?? "") ||
          words.tokens[noun - 1]?.upos === "ADP" ||
          // "asked both to return"
          (words.relation(noun) === "obj" && words.lower[noun + 1] === "to")))
    ) {
      return { type: "group", of: "actor", ...counted };
    }
  }
  return undefined;
}
