/** Joins the mentions of a document into chains: names first, then roles, groups, agreements and pronouns where it is safe; the rest stays open. */
import { nameKey } from "../knowledge/fold.ts";
import type { Knowledge, Title } from "../knowledge/types.ts";
import type { Chain, Mention, TimeExpression } from "../model/annotation.ts";
import { AgreementLinker } from "./agreement-chains.ts";
import { addForm, attribute, chainNames, type Draft, type NameChains } from "./chains.ts";
import type { FoundMentions, MentionCandidate, Reference } from "./mentions.ts";
import { PERSON_NOUNS } from "./vocabulary.ts";
import type { Words } from "./words.ts";

export interface Coreference {
  readonly mentions: readonly Mention[];
  readonly chains: readonly Chain[];
}

/** A mention already read, with the entities it stands for. */
interface Occurrence {
  readonly candidate: MentionCandidate;
  readonly drafts: readonly Draft[];
  /** Subject of a clause. */
  readonly subject: boolean;
}

interface Resolution {
  readonly drafts: readonly Draft[];
  readonly reason: string;
}

/** How many sentences back a pronoun or role may look. */
const PRONOUN_REACH = 2;
const GROUP_REACH = 4;

/**
 * Decides which mentions of a document are one entity. `times` date the agreements that have no name; `day` (YYYY-MM-DD, the document's own)
 * tells who held which office then.
 * A mention whose reading stays in doubt belongs to no chain.
 */
export function resolveMentions(
  found: FoundMentions,
  times: readonly TimeExpression[],
  knowledge: Knowledge,
  day: string | undefined,
): Coreference {
  const chains = chainNames(found.candidates, found.sentences, knowledge, day);
  const resolver = new Resolver(found, chains, times, knowledge);
  return resolver.run();
}

class Resolver {
  private readonly resolved = new Map<MentionCandidate, Resolution>();
  private readonly history: Occurrence[] = [];
  private readonly bodies = new Map<string, Draft>();
  private readonly kingdoms: ReadonlySet<string>;
  private readonly agreements: AgreementLinker;
  private readonly found: FoundMentions;
  private readonly chains: NameChains;

  constructor(found: FoundMentions, chains: NameChains, times: readonly TimeExpression[], knowledge: Knowledge) {
    const kingdoms = [...knowledge.states.values()].filter((state) => state.names.some((name) => name.startsWith("Kingdom of")));
    this.kingdoms = new Set(kingdoms.map((state) => `state:${state.code}`));
    this.found = found;
    this.chains = chains;
    this.agreements = new AgreementLinker(found, chains, times);
    for (const [candidate, { draft, reason }] of chains.of) this.resolved.set(candidate, { drafts: [draft], reason });
  }

  run(): Coreference {
    const { candidates, attributions } = this.found;
    // Titles whose owners are names are known at once; those of "its prime minister, X" as soon as "its" is.
    const early = attributions.filter((one) => one.owners.every((owner) => owner.form === "name"));
    attribute(this.chains, early, (owner) => this.draftsOf(owner));
    const late = new Set(attributions.filter((one) => !early.includes(one)));
    // An owner before what it owns: "its" before "its ambassadors".
    const inner = [...candidates].sort((left, right) => left.start - right.start || left.end - right.end);
    for (const candidate of inner) {
      if (candidate.reference !== undefined) {
        const resolution = this.resolve(candidate, candidate.reference);
        if (resolution !== undefined) this.resolved.set(candidate, resolution);
      }
      for (const one of late) {
        if (!one.owners.includes(candidate)) continue;
        late.delete(one);
        attribute(this.chains, [one], (owner) => this.draftsOf(owner));
      }
      const drafts = this.draftsOf(candidate);
      if (drafts.length > 0) this.history.push({ candidate, drafts, subject: this.isSubject(candidate) });
      if (candidate.form === "name" && candidate.kind === "agreement" && drafts[0] !== undefined)
        this.agreements.seen(candidate, drafts[0]);
    }
    return this.finish();
  }

  private draftsOf(candidate: MentionCandidate): readonly Draft[] {
    return this.resolved.get(candidate)?.drafts ?? [];
  }

  private wordsOf(candidate: MentionCandidate): Words {
    return this.found.sentences[candidate.sentence] as Words;
  }

  private isSubject(candidate: MentionCandidate): boolean {
    const words = this.wordsOf(candidate);
    let token = candidate.head;
    for (let steps = 0; steps < 4 && words.relation(token) === "conj"; steps += 1) token = words.head(token);
    const relation = words.relation(token);
    return relation === "nsubj" || relation === "nsubj:pass" || relation === "csubj";
  }

  private resolve(candidate: MentionCandidate, reference: Reference): Resolution | undefined {
    switch (reference.type) {
      case "owners":
        return unlessEmpty(distinct(reference.owners.flatMap((owner) => [...this.draftsOf(owner)])), candidate.reason);
      case "same":
        return unlessEmpty(distinct(reference.as.flatMap((other) => [...this.draftsOf(other)])), candidate.reason);
      case "role":
        return this.role(candidate, reference);
      case "group":
        return this.group(candidate, reference);
      case "latter":
        return this.latter(candidate);
      case "country":
        return this.country(candidate, reference.of);
      case "capital":
        return this.capital(candidate, reference.owner);
      case "body":
        return this.body(candidate, reference);
      case "kind":
        return this.kind(candidate, reference.noun);
      case "agreement":
        return this.agreements.resolve(candidate, reference);
      case "pronoun":
        return this.pronoun(candidate, reference);
    }
  }

  // ------------------------------------------------------------------------------------------------------------------ roles

  private role(candidate: MentionCandidate, reference: Extract<Reference, { type: "role" }>): Resolution | undefined {
    const owners = distinct(reference.owners.flatMap((owner) => [...this.draftsOf(owner)]));
    const rivals = this.actingHere(candidate);
    const persons = this.recentFirst((draft) => draft.kind === "person" && !rivals.has(draft));
    if (owners.length > 0) {
      // "the two sides' coast guard chiefs" are not their leaders.
      const words = this.wordsOf(candidate);
      const lesser = reference.title === undefined && LEADER.test(reference.noun) && words.child(candidate.head, "compound") !== undefined;
      const holders = owners.map((owner) =>
        reference.indefinite || lesser ? undefined : persons.find((person) => bears(person, reference, owner)),
      );
      if (holders.every((holder) => holder !== undefined) && (reference.plural || owners.length === 1)) {
        return { drafts: distinct(holders), reason: "title and state" };
      }
      // "President Carter ... the American President": nobody else of that title could be meant.
      const free = persons.filter(
        (person) =>
          person.country === undefined &&
          person.titles.some((title) => title.of.length === 0 && sameRole(title.noun, title.title, reference)),
      );
      const [bearer] = free;
      if (!reference.plural && !reference.indefinite && owners.length === 1 && free.length === 1 && bearer !== undefined) {
        const country = owners[0]?.country;
        if (country !== undefined) bearer.country = country;
        return { drafts: free, reason: "the only one of that title without a state" };
      }
      // Known only by its state: the state acts through it.
      const official = reference.title === undefined || reference.title.relation === "leads" || reference.title.relation === "represents";
      if (
        official &&
        owners.every((owner) => owner.kind === "state" || owner.kind === "organization") &&
        !/counterpart|colleague|opposite|predecessor|successor|host|guest/.test(reference.noun)
      ) {
        return reference.owners.some((owner) => owner.form === "pronoun") && !reference.plural
          ? undefined
          : { drafts: owners, reason: "official known only by state or body" };
      }
      return undefined;
    }
    if (reference.owners.length > 0) return undefined;
    if (/counterpart|colleague|opposite|official|diplomat|predecessor|successor|guest|adviser|aide/.test(reference.noun)) return undefined;
    const bearers = persons.filter(
      (person) =>
        person.titles.some((title) => sameRole(title.noun, title.title, reference)) ||
        person.holders?.some((holder) => holder.title === reference.noun),
    );
    const [nearest] = bearers;
    if (nearest === undefined) return undefined;
    if (
      bearers.length > 1 &&
      this.lastSentence(bearers[1] as Draft) >= candidate.sentence - 1 &&
      this.lastSentence(nearest) - this.lastSentence(bearers[1] as Draft) < 1
    ) {
      return undefined;
    }
    return { drafts: [nearest], reason: `title: ${reference.noun}` };
  }

  /** "Hayashi congratulated India and invited the minister": those who act in the clause, or in the one it goes on from, are others. */
  private actingHere(candidate: MentionCandidate): ReadonlySet<Draft> {
    const words = this.wordsOf(candidate);
    if (this.isSubject(candidate) || words.lower[candidate.first - 1] === "as") return new Set();
    const clauses = new Set<number>();
    for (let verb = clauseOf(words, candidate.head), steps = 0; verb >= 0 && steps < 4; verb = words.head(verb), steps += 1) {
      clauses.add(verb);
      if (!/^(conj|advcl|xcomp)$/.test(words.relation(verb) ?? "") || words.child(verb, "nsubj", "nsubj:pass") !== undefined) break;
    }
    const acting = this.history.filter(
      ({ candidate: other, subject }) =>
        subject && other.sentence === candidate.sentence && other.end <= candidate.start && clauses.has(clauseOf(words, other.head)),
    );
    return new Set(acting.flatMap((one) => [...one.drafts]));
  }

  /** Drafts seen so far, the one mentioned last first. */
  private recentFirst(wanted: (draft: Draft) => boolean): Draft[] {
    const seen = new Set<Draft>();
    for (let at = this.history.length - 1; at >= 0; at -= 1) {
      for (const draft of this.history[at]?.drafts ?? []) if (wanted(draft)) seen.add(draft);
    }
    return [...seen];
  }

  private lastSentence(draft: Draft): number {
    for (let at = this.history.length - 1; at >= 0; at -= 1) {
      const occurrence = this.history[at] as Occurrence;
      if (occurrence.drafts.includes(draft)) return occurrence.candidate.sentence;
    }
    return -1;
  }

  // ----------------------------------------------------------------------------------------------------------------- groups

  private group(candidate: MentionCandidate, reference: Extract<Reference, { type: "group" }>): Resolution | undefined {
    const words = this.wordsOf(candidate);
    const clause = clauseOf(words, candidate.head);
    const subject = this.isSubject(candidate);
    // Who congratulates the three leaders is none of them.
    const others = this.history.filter(
      ({ candidate: other, subject: acts }) =>
        other.start < candidate.start &&
        !(other.sentence === candidate.sentence && acts && !subject && clauseOf(words, other.head) === clause),
    );
    const acting = new Set(this.history.filter((one) => !others.includes(one)).flatMap((one) => [...one.drafts]));
    const want = reference.count;
    if (reference.noun !== undefined && reference.of === "person") {
      const role = { type: "role" as const, noun: reference.noun, plural: false, indefinite: false, owners: [] };
      const bearers = this.recentFirst(
        (draft) => draft.kind === "person" && !acting.has(draft) && draft.titles.some((title) => sameRole(title.noun, title.title, role)),
      );
      if (bearers.length >= 2 && (want === undefined ? bearers.length <= 3 : bearers.length === want)) {
        return { drafts: bearers.toReversed(), reason: `all that bear the title ${reference.noun}` };
      }
      if (want === undefined || !(PERSON_NOUNS.has(reference.noun) || /^head of /.test(reference.noun))) return undefined;
    }
    if (reference.fresh === true) return want === undefined || want < 3 ? undefined : this.listAhead(candidate, want);
    // "Both sides" are whoever was named together last; two that only stand near each other need not be.
    const party = /^(side|party|signatory|foe|rival|adversary|enemy|faction|delegation)$/.test(reference.noun ?? "");
    for (const kinds of GROUP_KINDS[party ? "party" : reference.of]) {
      const found = this.lastGroup(candidate.sentence, others, (draft) => kinds.includes(draft.kind) && !acting.has(draft), want, party);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** "Four Arab countries severed relations ... Saudi Arabia, the Emirates, Bahrain and Egypt": the list of just so many that follows. */
  private listAhead(candidate: MentionCandidate, want: number): Resolution | undefined {
    const states = this.found.candidates.filter(
      (other) => other.form === "name" && other.kind === "state" && other.start > candidate.end && other.sentence - candidate.sentence <= 1,
    );
    for (const first of states) {
      const listed = distinct(this.listed(first).flatMap((other) => [...this.draftsOf(other)]));
      if (listed.length === want) return { drafts: listed, reason: `the ${want} listed further on` };
    }
    return undefined;
  }

  private lastGroup(
    sentence: number,
    history: readonly Occurrence[],
    fits: (draft: Draft) => boolean,
    want: number | undefined,
    jointly: boolean,
  ): Resolution | undefined {
    const all = new Set<Draft>();
    for (let at = sentence; at >= Math.max(0, sentence - GROUP_REACH); at -= 1) {
      const here = history.filter((occurrence) => occurrence.candidate.sentence === at);
      // A group of just that size, named together: "Egypt and Israel ... the two countries".
      for (const occurrence of here.toReversed()) {
        const joint = jointly && !this.agreeing(occurrence) ? [] : this.joint(occurrence).filter(fits);
        // Two officials of one state are no two sides.
        const countries = new Set(joint.map((draft) => (draft.kind === "person" ? draft.country : undefined) ?? draft));
        if (jointly && countries.size < joint.length) continue;
        if (joint.length >= 2 && (want === undefined || joint.length === want)) return { drafts: joint, reason: "the group named last" };
      }
      // Else all that were named, in this sentence alone or since, when they are just so many.
      const plain = here.filter(
        ({ candidate }) => candidate.use !== "adjective" && (at < sentence || !isModifier(this.wordsOf(candidate), candidate)),
      );
      const own = distinct(plain.flatMap((occurrence) => occurrence.drafts.filter(fits)));
      for (const draft of own) all.add(draft);
      if (jointly) continue;
      for (const set of [own, [...all]]) if (set.length === want) return { drafts: set, reason: `the last ${want} named` };
      if (want !== undefined && all.size > want) return undefined;
    }
    return undefined;
  }

  /** Whether it stands where parties stand: who signs, fights, talks, or what lies between them. */
  private agreeing({ candidate }: Occurrence): boolean {
    const words = this.wordsOf(candidate);
    let root = candidate.head;
    while (words.relation(root) === "conj") root = words.head(root);
    if (words.lower[words.child(root, "case") ?? -1] === "between") return true;
    return /^(sign|initial|agree|conclude|reach|fight|negotiate|meet|clash|announce|accept|reject|resume|begin|break|hold|war|battle|talk)$/.test(
      words.tokens[words.head(root)]?.lemma ?? "",
    );
  }

  /** The drafts that an occurrence names together: its own, or those of the names coordinated with it. */
  private joint(occurrence: Occurrence): Draft[] {
    if (occurrence.drafts.length > 1) return [...occurrence.drafts];
    const { candidate } = occurrence;
    if (candidate.form === "pronoun") return [];
    const words = this.wordsOf(candidate);
    // "Turkish-Russian center"
    if (candidate.use === "adjective") {
      const next = this.found.candidates.find(
        (other) => other.sentence === candidate.sentence && other.use === "adjective" && other.first === candidate.last + 1,
      );
      if (next === undefined || !/^([-–]|and)$/.test(words.text[candidate.last] ?? "")) return [];
      return distinct([...occurrence.drafts, ...this.draftsOf(next)]);
    }
    const heads = coordinated(words, candidate.head);
    const together = this.history.filter((other) => other.candidate.sentence === candidate.sentence && heads.has(other.candidate.head));
    const listed = this.listed(candidate).flatMap((other) => [...this.draftsOf(other)]);
    const joint = distinct(heads.size < 2 ? listed : [...listed, ...together.flatMap((other) => [...other.drafts])]);
    return joint.length > 1 ? joint : [];
  }

  /** Names of one kind with only commas and an "and" between them: a list, also where the parser sees none. */
  private listed(candidate: MentionCandidate): readonly MentionCandidate[] {
    if (candidate.form !== "name") return [];
    const words = this.wordsOf(candidate);
    const names = this.found.candidates.filter(
      (other) => other.form === "name" && other.sentence === candidate.sentence && other.kind === candidate.kind,
    );
    const gap = (left: MentionCandidate | undefined, right: MentionCandidate | undefined): readonly string[] | undefined => {
      const between = left === undefined || right === undefined ? [] : words.lower.slice(left.last, right.first);
      return between.length > 0 && between.every((word) => /^(,|and|the)$/.test(word)) ? between : undefined;
    };
    let first = names.indexOf(candidate);
    let last = first;
    while (gap(names[first - 1], names[first]) !== undefined) first -= 1;
    while (gap(names[last], names[last + 1]) !== undefined) last += 1;
    return gap(names[last - 1], names[last])?.includes("and") === true ? names.slice(first, last + 1) : [];
  }

  // ------------------------------------------------------------------------------------------------------------------ kinds

  /** The states of persons, or of the states that a pronoun stands for, where all are known and named in the text. */
  private country(candidate: MentionCandidate, of: readonly MentionCandidate[]): Resolution | undefined {
    const owners = distinct(of.flatMap((owner) => [...this.draftsOf(owner)]));
    const states = owners.map((owner) =>
      owner.kind === "state" ? owner : this.chains.drafts.find((draft) => draft.known === `state:${owner.country}`),
    );
    return states.includes(undefined) ? undefined : unlessEmpty(distinct(states), candidate.reason);
  }

  private latter(candidate: MentionCandidate): Resolution | undefined {
    const before = this.history.findLast(
      (occurrence) =>
        candidate.sentence - occurrence.candidate.sentence <= 1 &&
        occurrence.candidate.form === "name" &&
        occurrence.drafts[0]?.kind === "person",
    );
    return before === undefined ? undefined : { drafts: before.drafts, reason: "the person named last" };
  }

  private capital(candidate: MentionCandidate, owner: MentionCandidate): Resolution | undefined {
    const names = [owner.state?.capital ?? "", ...(owner.state?.capitalNames ?? [])].map(nameKey);
    const town = this.chains.drafts.find((draft) => draft.kind === "place" && names.some((name) => draft.keys.has(name)));
    return town === undefined ? unlessEmpty(this.draftsOf(owner), candidate.reason) : { drafts: [town], reason: candidate.reason };
  }

  /** A body known by its description: the same states and noun are the same body. */
  private body(candidate: MentionCandidate, reference: Extract<Reference, { type: "body" }>): Resolution {
    const key = [
      reference.noun,
      ...distinct(reference.owners.flatMap((owner) => [...this.draftsOf(owner)])).map((owner) => owner.known ?? ""),
    ]
      .sort()
      .join(" ");
    let draft = this.bodies.get(key);
    if (draft === undefined) {
      draft = {
        kind: "organization",
        forms: [],
        keys: new Set(),
        first: candidate.start,
        titles: [],
        nouns: new Set(),
        words: new Set(),
        role: "intergovernmental",
      };
      this.bodies.set(key, draft);
      this.chains.drafts.push(draft);
    }
    addForm(draft, reference.phrase);
    return { drafts: [draft], reason: "joint body of the same states" };
  }

  private kind(candidate: MentionCandidate, noun: string): Resolution | undefined {
    const bodies = this.recentFirst((draft) => draft.kind === "organization").filter(
      (draft) => candidate.sentence - this.lastSentence(draft) <= GROUP_REACH,
    );
    if (RULERS.test(noun)) {
      const owned = this.history.filter(
        ({ candidate: other, drafts }) =>
          drafts.length === 1 && drafts[0]?.kind === "state" && other.form === "nominal" && this.saysRulers(other),
      );
      const ruled = distinct(owned.flatMap((one) => [...one.drafts]));
      return ruled.length === 1 ? { drafts: ruled, reason: "the only one so called" } : undefined;
    }
    if (noun === "kingdom") {
      const kingdoms = this.recentFirst((draft) => draft.kind === "state").filter((draft) => this.kingdoms.has(draft.known ?? ""));
      return kingdoms.length === 1 ? { drafts: kingdoms, reason: "the only kingdom" } : undefined;
    }
    const named = bodies.filter((draft) =>
      [...draft.keys].some((key) => key.split(" ").includes(noun) || (noun === "army" && /armed forces|defen[cs]e force/.test(key))),
    );
    // "the army" is the state's sooner than a rebel "Liberation Army".
    if (noun === "army" && named.some((draft) => draft.role === "armed group")) return undefined;
    if (named.length === 1) return { drafts: [named[0] as Draft], reason: `its name holds "${noun}"` };
    const roles = ROLES_OF[noun];
    if (roles === undefined) return undefined;
    const near = bodies.filter((draft) => draft.role !== undefined && roles.test(draft.role));
    const all = this.recentFirst((draft) => draft.kind === "organization" && draft.role !== undefined && roles.test(draft.role));
    // Further back only what nothing else could be.
    const fitting = near.length > 0 || all.length !== 1 || all[0] === undefined ? near : all;
    const unknown = bodies.filter((draft) => draft.role === undefined);
    const mentions = (draft: Draft): number => this.history.filter((occurrence) => occurrence.drafts.includes(draft)).length;
    // "the alliance's spokesman" after a body of unknown sort was named: either may be meant.
    const unsorted = unknown.filter((draft) => candidate.sentence - this.lastSentence(draft) <= 1 && couldBe(draft, noun));
    if (near.length === 1 && noun === "alliance" && unsorted.length > 0) return undefined;
    const [nearest] =
      fitting.length > 0
        ? fitting.toSorted((left, right) => mentions(right) - mentions(left))
        : unknown.length === 1 && unknown.every((draft) => couldBe(draft, noun))
          ? unknown
          : [];
    return nearest === undefined ? undefined : { drafts: [nearest], reason: `the last body that is a ${noun}` };
  }

  /** "Niger's military rulers", "the Malian junta". */
  private saysRulers(candidate: MentionCandidate): boolean {
    const words = this.wordsOf(candidate);
    return words.lower.slice(candidate.first, candidate.last).some((word) => /^(junta|rulers|putschists|generals)$/.test(word));
  }

  // --------------------------------------------------------------------------------------------------------------- pronouns

  /** "We" and "I" inside a quotation: its speaker, the subject of the verb of saying outside it. */
  private speaker(candidate: MentionCandidate): Resolution | undefined {
    const words = this.wordsOf(candidate);
    const quotes = words.text.flatMap((word, at) => (/^["“”]$/.test(word) ? [at] : []));
    const inside = (token: number): boolean => quotes.filter((at) => at < token).length % 2 === 1;
    if (quotes.length === 0 || !inside(candidate.head)) return undefined;
    const speakers = this.found.candidates.filter(
      (other) =>
        other.sentence === candidate.sentence &&
        other.kind !== "place" &&
        other.kind !== "agreement" &&
        !inside(other.head) &&
        this.isSubject(other) &&
        SAYING.test(words.tokens[words.head(other.head)]?.lemma ?? ""),
    );
    const [only] = speakers;
    if (only === undefined || speakers.some((other) => other.head !== only.head)) return undefined;
    if (only.form === "name") return unlessEmpty(this.draftsOf(only), "speaker of the quotation");
    const named = speakers.find((other) => this.draftsOf(other).length === 1);
    return named === undefined ? undefined : { drafts: this.draftsOf(named), reason: "speaker of the quotation" };
  }

  private pronoun(candidate: MentionCandidate, reference: Extract<Reference, { type: "pronoun" }>): Resolution | undefined {
    if (reference.speaker === true) return this.speaker(candidate);
    if (reference.number === "plural") return this.plural(candidate, reference.possessive);
    const words = this.wordsOf(candidate);
    const thing = reference.gender === "thing";
    const verb = clauseOf(words, candidate.head);
    if (thing && words.relation(candidate.head) === "obj" && TEXT_VERBS.test(words.tokens[words.head(candidate.head)]?.lemma ?? "")) {
      const text = this.agreements.salient(candidate);
      if (text !== undefined && candidate.sentence - this.lastSentence(text) <= 2)
        return { drafts: [text], reason: "pronoun: the agreement named last" };
    }
    const self = this.found.candidates.find(
      (other) =>
        other.sentence === candidate.sentence &&
        other.form === "nominal" &&
        other.reference?.type === "same" &&
        other.first <= candidate.first &&
        candidate.last <= other.last,
    );
    const own = self?.reference?.type === "same" ? self.reference.as.flatMap((other) => [...this.draftsOf(other)]) : [];
    const controller = this.controller(words, verb);
    const modified = words.relation(verb)?.startsWith("acl") === true ? words.head(verb) : -1;
    const below = words.head(verb) >= 0;
    const reflexive = /self$/.test(words.lower[candidate.head] ?? "");
    const subjectPronoun = words.relation(candidate.head) === "nsubj" || words.relation(candidate.head) === "nsubj:pass";
    const scores = new Map<Draft, number>();
    for (const occurrence of this.history) {
      const other = occurrence.candidate;
      const back = candidate.sentence - other.sentence;
      if (back > (thing ? 1 : PRONOUN_REACH) || other.start >= candidate.start || occurrence.drafts.length !== 1) continue;
      const draft = occurrence.drafts[0] as Draft;
      if (thing ? draft.kind === "person" || draft.kind === "place" : draft.kind !== "person") continue;
      if (own.includes(draft)) continue;
      if (!thing && draft.gender !== undefined && draft.gender !== reference.gender) continue;
      const sameClause = back === 0 && clauseOf(words, other.head) === verb;
      // "Erdogan met him": the other argument of the same verb is somebody else.
      if (sameClause && !reference.possessive && !reflexive) continue;
      if (back === 0 && !reference.possessive && !subjectPronoun && !reflexive && other.head === controller) continue;
      let score = 3 - (below ? 2 : 1.2) * back;
      if (occurrence.subject) score += subjectPronoun || reference.possessive ? 1.4 : 0.5;
      if (back === 0 && other.head === modified) score += 1.8;
      // "thanked Erdogan for his approach": his, not the thanker's.
      if (
        sameClause &&
        reference.possessive &&
        words.head(other.head) === verb &&
        words.relation(other.head) === "obj" &&
        BLAMING.test(words.tokens[verb]?.lemma ?? "")
      )
        score += 4;
      else if (sameClause && occurrence.subject) score += 1.5;
      if (back === 0 && !sameClause && occurrence.subject && (subjectPronoun || reference.possessive) && governs(words, other.head, verb))
        score += 0.8;
      if (subjectPronoun && occurrence.subject) score += 0.4;
      if (isModifier(this.wordsOf(other), other)) score -= thing ? 1.2 : below && back === 0 ? 0.4 : 0.8;
      if (!thing && draft.gender === undefined) score -= 0.2;
      if (other.form !== "name" && other.form !== "pronoun") score += 0.1;
      score -= Math.min(0.6, (candidate.start - other.end) / 500);
      scores.set(draft, Math.max(scores.get(draft) ?? Number.NEGATIVE_INFINITY, score));
    }
    const ahead = thing || !reference.possessive ? undefined : this.subjectAhead(candidate, reference.gender);
    if (ahead !== undefined) return { drafts: [ahead], reason: "pronoun: the subject that follows" };
    const ranked = [...scores].sort((left, right) => right[1] - left[1]);
    const [best, second] = ranked;
    if (best === undefined) return undefined;
    const margin = thing ? 0.7 : subjectPronoun || reference.possessive ? 0.45 : 0.6;
    if (best[1] < (thing ? 2.6 : 1) || (second !== undefined && best[1] - second[1] < margin)) return undefined;
    return { drafts: [best[0]], reason: ranked.length === 1 ? "pronoun: the only one that fits" : "pronoun: nearest subject that fits" };
  }

  /** The head of the subject that an infinitive or participle without a subject of its own has from the clause above it. */
  private controller(words: Words, verb: number): number {
    for (let at = verb, steps = 0; at >= 0 && steps < 5; at = words.head(at), steps += 1) {
      const subject = words.child(at, "nsubj", "nsubj:pass");
      if (subject !== undefined) return subject;
    }
    return -1;
  }

  /** "In a statement on his account, Erdogan said": the named subject of the clause that a fronted phrase leads up to. */
  private subjectAhead(candidate: MentionCandidate, gender: string | undefined): Draft | undefined {
    const words = this.wordsOf(candidate);
    const comma = words.text.indexOf(",", candidate.last);
    const subject = this.found.candidates.find(
      (other) =>
        other.sentence === candidate.sentence &&
        other.form === "name" &&
        other.kind === "person" &&
        other.start > candidate.end &&
        this.isSubject(other) &&
        words.head(words.head(other.head)) < 0,
    );
    if (subject === undefined || comma < 0 || comma > subject.first) return undefined;
    if (
      this.history.some((occurrence) => occurrence.candidate.sentence === candidate.sentence && occurrence.drafts[0]?.kind === "person")
    ) {
      return undefined;
    }
    const draft = this.draftsOf(subject)[0];
    return draft !== undefined && (draft.gender === undefined || draft.gender === gender) ? draft : undefined;
  }

  /** "they", "their": the plural or coordinated subject nearest before. */
  private plural(candidate: MentionCandidate, possessive: boolean): Resolution | undefined {
    const words = this.wordsOf(candidate);
    const verb = clauseOf(words, candidate.head);
    for (let at = this.history.length - 1; at >= 0; at -= 1) {
      const occurrence = this.history[at] as Occurrence;
      const { candidate: other } = occurrence;
      if (candidate.sentence - other.sentence > 1 || other.form === "pronoun") continue;
      if (!possessive && other.sentence === candidate.sentence && clauseOf(words, other.head) === verb) continue;
      if (!occurrence.subject) continue;
      const joint = this.joint(occurrence).filter((draft) => draft.kind !== "place" && draft.kind !== "agreement");
      if (joint.length >= 2 && sameKind(joint)) return { drafts: joint, reason: "pronoun: nearest plural subject" };
      if (other.use === "people" && other.form === "name") return { drafts: occurrence.drafts, reason: "pronoun: nearest plural subject" };
      return undefined;
    }
    return undefined;
  }

  // ----------------------------------------------------------------------------------------------------------------- result

  private finish(): Coreference {
    const { candidates } = this.found;
    const drafts = [...this.chains.drafts]
      .filter((draft) => draft.forms.length > 0 || draft.given !== undefined)
      .sort((left, right) => left.first - right.first || left.kind.localeCompare(right.kind));
    const indexOf = new Map(drafts.map((draft, index) => [draft, index]));
    const members: number[][] = drafts.map(() => []);
    const mentions = candidates.map((candidate, index): Mention => {
      const resolution = this.resolved.get(candidate);
      const chains = (resolution?.drafts ?? []).flatMap((draft) => indexOf.get(draft) ?? []);
      for (const chain of chains) members[chain]?.push(index);
      const { start, end, sentence, first, last, head, form } = candidate;
      const kind = resolution?.drafts[0]?.kind ?? candidate.kind;
      return { start, end, sentence, first, last, head, kind, form, chains, reason: resolution?.reason ?? `${candidate.reason}: open` };
    });
    return { mentions, chains: drafts.map((draft, index) => chainOf(draft, members[index] ?? [])) };
  }
}

/** What a group may be of, tried in order. */
const GROUP_KINDS: Readonly<Record<"person" | "state" | "actor" | "party", readonly (readonly string[])[]>> = {
  party: [["state", "organization"], ["state"], ["organization"], ["person"]],
  person: [["person"]],
  state: [["state"]],
  actor: [["person"], ["state"], ["organization"], ["state", "organization"]],
};

const ROLES_OF: Readonly<Record<string, RegExp | undefined>> = {
  bloc: /intergovernmental/,
  alliance: /intergovernmental/,
  union: /intergovernmental/,
  body: /intergovernmental|government/,
  organization: /intergovernmental|armed group|non-governmental/,
  organisation: /intergovernmental|armed group|non-governmental/,
  group: /armed group|party|intergovernmental/,
  movement: /armed group|party/,
  militia: /armed group/,
  rebels: /armed group/,
  insurgents: /armed group/,
  guerrillas: /armed group/,
  militants: /armed group/,
  paramilitaries: /armed group/,
  front: /armed group|party/,
  faction: /armed group|party/,
  party: /party/,
  company: /company/,
  agency: /intergovernmental|government/,
  watchdog: /intergovernmental|non-governmental/,
};

function chainOf(draft: Draft, mentions: readonly number[]): Chain {
  const named = draft.forms.filter((form) => draft.seats?.includes(form) !== true);
  const [longest] = (named.length > 0 ? named : draft.forms).toSorted(
    (left, right) => Number(isShouted(left)) - Number(isShouted(right)) || right.length - left.length,
  );
  let name = draft.given ?? longest ?? "";
  if (draft.given === undefined && (draft.kind === "place" ? isShouted(name, 4) : isShouted(name) && name.includes(" ")))
    name = capitalised(name);
  return {
    kind: draft.kind,
    name,
    aliases: draft.forms.filter((form) => form !== name),
    mentions,
    ...(draft.known === undefined ? {} : { known: draft.known }),
    ...(draft.country === undefined ? {} : { country: draft.country }),
    ...(draft.role === undefined ? {} : { role: draft.role }),
  };
}

/** "ADDIS ABABA": written in capitals only, and too long for an acronym. */
function isShouted(form: string, letters = 6): boolean {
  return form === form.toUpperCase() && form.replace(/[^\p{L}]/gu, "").length >= letters;
}

function capitalised(form: string): string {
  return form.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}

function unlessEmpty(drafts: readonly Draft[], reason: string): Resolution | undefined {
  return drafts.length === 0 ? undefined : { drafts, reason };
}

function distinct(drafts: readonly (Draft | undefined)[]): Draft[] {
  return [...new Set(drafts.filter((draft) => draft !== undefined))];
}

function sameKind(drafts: readonly Draft[]): boolean {
  return drafts.every((draft) => (draft.kind === "person") === (drafts[0]?.kind === "person"));
}

/** Whether the person holds such a title of this owner, by the text or by our knowledge of that day. */
function bears(person: Draft, reference: Extract<Reference, { type: "role" }>, owner: Draft): boolean {
  const ofOwner = (of: readonly Draft[]): boolean =>
    of.includes(owner) || (of.length === 0 && person.country !== undefined && person.country === owner.country);
  if (person.titles.some((title) => sameRole(title.noun, title.title, reference) && ofOwner(title.of))) return true;
  const held = person.holders ?? [];
  if (owner.kind === "state") {
    return held.some(
      (holder) =>
        `state:${holder.state}` === owner.known &&
        (holder.office === reference.title?.office || (LEADER.test(reference.noun) && /^head/.test(holder.office))),
    );
  }
  return held.some(
    (holder) =>
      holder.organization !== undefined &&
      `organization:${holder.organization}` === owner.known &&
      (reference.title?.office === holder.office || /secretary|leader|chief|head|chair|president|director/.test(reference.noun)),
  );
}

/** Whether a body of unknown sort may be called so: no enterprise is a bloc, no ministry a group. */
function couldBe(draft: Draft, noun: string): boolean {
  const firm = [...draft.keys].some((key) =>
    /(enterprise|bank|company|corp|airlines|oil|gas|ministry|department|university|agency)s?$/.test(key),
  );
  return !firm || /^(company|agency|body)$/.test(noun);
}

/** Verbs whose object, said of a thing, is a text rather than a state. */
const TEXT_VERBS =
  /^(sign|initial|ink|oppose|reject|endorse|ratify|approve|adopt|draft|amend|propose|tear|disown|negotiate|implement|call|dismiss|describe|hail|welcome|brand|denounce)$/;
const BLAMING =
  /^(thank|praise|criticise|criticize|blame|condemn|congratulate|rebuke|accuse|fault|commend|hail|laud|scold|chide|denounce|honour|honor)$/;
const SAYING = /^(say|tell|add|write|tweet|post|state|declare|warn|announce|reply|insist|stress|note|comment|continue|vow)$/;
/** What a military government is called. */
const RULERS = /^(junta|putschists)$/;
const LEADER = /^(leader|ruler|chief|strongman|head|host|monarch|dictator)$/;

function sameRole(noun: string, title: Title | undefined, reference: Extract<Reference, { type: "role" }>): boolean {
  if (noun === reference.noun) return true;
  if (LEADER.test(reference.noun))
    return (
      /^(president|prime minister|premier|leader|chancellor|king|queen|emir|sultan|chairman|chair|ruler|crown prince|taoiseach|ayatollah)$/.test(
        noun,
      ) ||
      (title?.relation === "leads" && !/minister of|foreign minister|secretary/.test(noun))
    );
  if (PERSON_NOUNS.has(reference.noun) && /(man|woman)$/.test(reference.noun)) return true;
  const synonyms: readonly RegExp[] = [
    /^(prime minister|premier|head of government)$/,
    /^(foreign minister|foreign secretary|secretary of state|top diplomat)$/,
    /^(secretary[- ]general|chief|secretary general)$/,
    /^(crown prince|prince)$/,
    /^(emir|ruler|king|monarch)$/,
    /^(general|commander|army chief)$/,
    /^(president|head of state)$/,
  ];
  if (synonyms.some((group) => group.test(noun) && group.test(reference.noun))) return true;
  if (reference.noun === "minister") return /minister\b/.test(noun) && noun !== "prime minister";
  if (reference.noun === "chairman" || reference.noun === "chair") return /^chair/.test(noun);
  return false;
}

/** Heads of all that is coordinated with the phrase of this head, itself included. */
function coordinated(words: Words, head: number): ReadonlySet<number> {
  let root = head;
  while (words.relation(root) === "conj") root = words.head(root);
  const heads = new Set([root]);
  // A set grows while it is walked: conjuncts may hang on each other.
  for (const one of heads) for (const child of words.children[one] ?? []) if (words.relation(child) === "conj") heads.add(child);
  return heads;
}

/** The verb (or clause-heading word) of the clause a token stands in. */
function clauseOf(words: Words, token: number): number {
  let at = token;
  for (let steps = 0; steps < 20; steps += 1) {
    const relation = words.relation(at);
    const head = words.head(at);
    if (head < 0) return at;
    if (relation !== undefined && /^(ccomp|advcl|acl|acl:relcl|advcl:relcl|parataxis|xcomp|csubj|root)$/.test(relation)) return at;
    if (relation === "conj" && words.tokens[at]?.upos === "VERB") return at;
    at = head;
  }
  return at;
}

/** Whether the clause of `verb` hangs below the clause that `token` is the subject of. */
function governs(words: Words, token: number, verb: number): boolean {
  const upper = clauseOf(words, token);
  for (let at = verb, steps = 0; at >= 0 && steps < 12; at = words.head(at), steps += 1) if (at === upper) return true;
  return false;
}

/** Possessors, demonyms and parts of "of" phrases are less likely to be taken up. */
function isModifier(words: Words, candidate: MentionCandidate): boolean {
  const relation = words.relation(candidate.head);
  return candidate.use === "adjective" || relation === "nmod:poss" || relation === "nmod" || relation === "compound" || relation === "amod";
}
