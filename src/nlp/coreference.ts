/** Joins the mentions of a document into chains: names first, then roles, groups, agreements and pronouns where it is safe; the rest stays open. */
import type { Knowledge } from "../knowledge/types.ts";
import type { Chain, Mention, TimeExpression } from "../model/annotation.ts";
import { AgreementLinker } from "./agreement-chains.ts";
import { attribute, chainNames, type Draft } from "./chains.ts";
import { Discourse, type Resolution, distinct, unlessEmpty } from "./discourse.ts";
import { resolveGroup } from "./group-reference.ts";
import { resolveBody, resolveCapital, resolveCountry, resolveKind, resolveLatter } from "./kind-reference.ts";
import type { FoundMentions, MentionCandidate, Reference } from "./mentions.ts";
import { resolvePronoun } from "./pronoun-reference.ts";
import { resolveNational, resolveRole } from "./role-reference.ts";
import { resolveInstitution, resolveNeighbour, resolveSort, type StateSorts, stateSorts } from "./state-reference.ts";

export interface Coreference {
  readonly mentions: readonly Mention[];
  readonly chains: readonly Chain[];
}

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
  return new Resolver(new Discourse(found, chains), times, knowledge).run();
}

class Resolver {
  private readonly bodies = new Map<string, Draft>();
  private readonly sorts: StateSorts;
  private readonly agreements: AgreementLinker;
  private readonly discourse: Discourse;

  constructor(discourse: Discourse, times: readonly TimeExpression[], knowledge: Knowledge) {
    this.sorts = stateSorts(knowledge);
    this.discourse = discourse;
    this.agreements = new AgreementLinker(discourse.found, discourse.chains, times);
  }

  run(): Coreference {
    const { candidates, attributions } = this.discourse.found;
    // Titles whose owners are names are known at once; those of "its prime minister, X" as soon as "its" is.
    const early = attributions.filter((one) => one.owners.every((owner) => owner.form === "name"));
    attribute(this.discourse.chains, early, (owner) => this.discourse.draftsOf(owner));
    const late = new Set(attributions.filter((one) => !early.includes(one)));
    // An owner before what it owns: "its" before "its ambassadors".
    const inner = [...candidates].sort((left, right) => left.start - right.start || left.end - right.end);
    for (const candidate of inner) {
      if (candidate.reference !== undefined) {
        const resolution = this.resolve(candidate, candidate.reference);
        if (resolution !== undefined) this.discourse.resolved.set(candidate, resolution);
      }
      for (const one of late) {
        if (!one.owners.includes(candidate)) continue;
        late.delete(one);
        attribute(this.discourse.chains, [one], (owner) => this.discourse.draftsOf(owner));
      }
      const drafts = this.discourse.draftsOf(candidate);
      if (drafts.length > 0) this.discourse.history.push({ candidate, drafts, subject: this.discourse.isSubject(candidate) });
      if (candidate.form === "name" && candidate.kind === "agreement" && drafts[0] !== undefined)
        this.agreements.seen(candidate, drafts[0]);
    }
    return this.finish();
  }

  private resolve(candidate: MentionCandidate, reference: Reference): Resolution | undefined {
    switch (reference.type) {
      case "owners":
        return unlessEmpty(distinct(reference.owners.flatMap((owner) => [...this.discourse.draftsOf(owner)])), candidate.reason);
      case "same":
        return unlessEmpty(distinct(reference.as.flatMap((other) => [...this.discourse.draftsOf(other)])), candidate.reason);
      case "role":
        return resolveRole(this.discourse, this.sorts, candidate, reference);
      case "national":
        return resolveNational(this.discourse, candidate, reference.state);
      case "group":
        return resolveGroup(this.discourse, candidate, reference);
      case "latter":
      case "former":
        return resolveLatter(this.discourse, candidate, reference.type);
      case "sort":
        return resolveSort(this.discourse, this.sorts, candidate, reference);
      case "institution":
        return resolveInstitution(this.discourse, this.sorts, candidate, reference.noun);
      case "country":
        return resolveCountry(this.discourse, candidate, reference);
      case "capital":
        return resolveCapital(this.discourse, candidate, reference.owner);
      case "body":
        return resolveBody(this.discourse, this.bodies, candidate, reference);
      case "kind":
        return (
          resolveKind(this.discourse, candidate, reference) ?? resolveInstitution(this.discourse, this.sorts, candidate, reference.noun)
        );
      case "neighbour":
        return resolveNeighbour(this.discourse, candidate, reference.of);
      case "agreement":
        return this.agreements.resolve(candidate, reference);
      case "pronoun":
        return resolvePronoun(this.discourse, this.agreements, candidate, reference);
    }
  }

  private finish(): Coreference {
    const { candidates } = this.discourse.found;
    const drafts = [...this.discourse.chains.drafts]
      .filter((draft) => draft.forms.length > 0 || draft.given !== undefined)
      .sort((left, right) => left.first - right.first || left.kind.localeCompare(right.kind));
    const indexOf = new Map(drafts.map((draft, index) => [draft, index]));
    const members: number[][] = drafts.map(() => []);
    const mentions = candidates.map((candidate, index): Mention => {
      const resolution = this.discourse.resolved.get(candidate);
      const chains = (resolution?.drafts ?? []).flatMap((draft) => indexOf.get(draft) ?? []);
      for (const chain of chains) members[chain]?.push(index);
      const { start, end, sentence, first, last, head, form } = candidate;
      const kind = resolution?.drafts[0]?.kind ?? candidate.kind;
      return { start, end, sentence, first, last, head, kind, form, chains, reason: resolution?.reason ?? `${candidate.reason}: open` };
    });
    return { mentions, chains: drafts.map((draft, index) => chainOf(draft, members[index] ?? [])) };
  }
}

function chainOf(draft: Draft, mentions: readonly number[]): Chain {
  const named = draft.forms.filter((form) => draft.seats?.includes(form) !== true);
  const [longest] = (named.length > 0 ? named : draft.forms).toSorted(
    (left, right) =>
      Number(isShouted(left)) - Number(isShouted(right)) || Number(isKind(left)) - Number(isKind(right)) || right.length - left.length,
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

/** "Alliance" beside "NATO": what it is, not what it is called. */
function isKind(form: string): boolean {
  return /^(Alliance|Council|Commission|Union|Organi[sz]ation|League|Movement|Front|Agency|Court)$/.test(form);
}

function capitalised(form: string): string {
  return form.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}
