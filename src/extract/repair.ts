/** Mends a dependency tree where names make its reading plain: what is inside a name, which names are listed together, whose verb follows. */
import type { Mention, Token } from "../model/annotation.ts";
import { gatherName, mendApposition, mendDoubleTitle, mendTitle } from "./appositions.ts";
import {
  mendAsides,
  mendCalls,
  mendContinuations,
  mendInfinitives,
  mendLateAgreements,
  mendNameVerbs,
  mendNearConjuncts,
  mendParticles,
  mendPhrases,
  mendSecondRelative,
  mendSpeakers,
  mendVerdicts,
  mendPurposes,
  mendDative,
  mendGratitude,
  mendGerunds,
  mendMotion,
  mendOf,
  mendPossessors,
  mendTimes,
  mendUnwelcome,
  mendVerbs,
} from "./clauses.ts";
import { mendAdverbials, mendBareName, mendCasedObject, mendCases, mendDoer, mendPassives, mendRoughNumbers } from "./function-words.ts";
import { attach, hasDependent } from "./links.ts";
import type { Link } from "./links.ts";
import { mendGroup } from "./lists.ts";
import {
  mendClausalSubject,
  mendDayVerb,
  mendFronted,
  mendHeadless,
  mendInserted,
  mendInvitation,
  mendLateVerb,
  mendNaming,
  mendNumber,
  mendOpener,
  mendParted,
  mendRootName,
  mendRootObject,
  mendSequels,
  mendThen,
  mendTitledObject,
  mendTopic,
} from "./main-verbs.ts";
import {
  asNames,
  mendBareOblique,
  mendCrossedList,
  mendHeadsName,
  mendHyphenatedPair,
  mendJoinedToPart,
  mendMisreadName,
  mendNameAfterPlace,
  mendNameBeforeTime,
  mendNounBesideName,
  mendPersonAfterPlace,
  mendVerbConjunct,
} from "./name-links.ts";
import { GOING, actedOn, mendRelatives } from "./relatives.ts";
import { groupsOf, unitsOf } from "./units.ts";
import { mendWordClasses } from "./word-classes.ts";

/** @returns the tokens with heads and relations mended; the given ones are not changed. */
export function repairTree(read: readonly Token[], mentions: readonly Mention[], words: readonly string[]): Token[] {
  const tokens = asNames(mendWordClasses(read, words), mentions);
  const links: Link[] = tokens.map(({ head, relation }) => ({ head, relation }));
  for (const mention of mentions) if (mention.form === "name") gatherName(links, mention);
  for (const mention of mentions) {
    mendMisreadName(tokens, links, mention);
    mendNameBeforeTime(tokens, links, words, mention);
    mendNounBesideName(tokens, links, mention);
    mendHyphenatedPair(links, words, mentions, mention);
    mendVerbConjunct(tokens, links, mention);
    mendNameAfterPlace(tokens, links, mentions, mention);
    mendBareName(links, words, mention);
    mendDoer(tokens, links, words, mention);
    mendPersonAfterPlace(tokens, links, mentions, mention);
    mendHeadsName(tokens, links, words, mentions, mention);
    mendDoubleTitle(tokens, links, words, mention);
  }
  mendJoinedToPart(links);
  mendCases(links);
  mendRoughNumbers(tokens, links, words);
  mendCasedObject(tokens, links, words);
  mendTitledObject(tokens, links, words);
  mendClausalSubject(tokens, links);
  mendPassives(tokens, links);
  mendAdverbials(tokens, links, words);
  const units = unitsOf(tokens, mentions, words);
  mendOpener(tokens, links, words);
  mendUnwelcome(tokens, links, words);
  mendCalls(tokens, links, words);
  mendFronted(tokens, links, words, units);
  mendInvitation(tokens, links, words, units);
  mendRootName(tokens, links, words);
  mendRootObject(tokens, links, words);
  mendParted(tokens, links, words, units);
  mendLateVerb(tokens, links, words, units);
  for (const mention of mentions) mendTimes(tokens, links, words, mention);
  mendVerbs(tokens, links);
  mendSpeakers(tokens, links, mentions);
  mendVerdicts(tokens, links, words);
  mendTopic(tokens, links, words, units);
  mendHeadless(tokens, links, words, units);
  mendDayVerb(tokens, links, words);
  mendOf(tokens, links, words, mentions);
  mendGerunds(tokens, links, words);
  mendAsides(tokens, links, words);
  mendMotion(tokens, links);
  mendContinuations(tokens, links, words);
  mendParticles(tokens, links, words);
  mendNearConjuncts(tokens, links, words, mentions);
  mendInfinitives(tokens, links, words);
  mendPurposes(tokens, links, words);
  mendGratitude(tokens, links, words);
  mendNameVerbs(tokens, links, mentions);
  mendSecondRelative(tokens, links, words);
  mendPhrases(tokens, links, words);
  for (const mention of mentions) mendDative(tokens, links, words, mention);
  for (const mention of mentions) mendNaming(tokens, links, words, mention);
  mendPossessors(tokens, links, words, mentions);
  for (const unit of units) mendApposition(tokens, links, unit);
  for (const unit of units) mendTitle(tokens, links, unit);
  mendLateAgreements(tokens, links, mentions);
  for (const unit of units) mendRelatives(tokens, links, words, unit);
  for (const group of groupsOf(units, tokens, words)) mendGroup(tokens, links, words, mentions, group);
  mendFormerParticiples(tokens, links);
  mendSequels(tokens, links, words);
  mendNumber(tokens, links);
  mendCrossedList(tokens, links);
  mendBareOblique(tokens, links, words);
  mendAgents(links, words);
  const inserted = mendInserted(tokens, links, words, units);
  const finite = new Set([...misreadPassives(tokens, links, words), ...mendThen(tokens, links, words)]);
  return tokens.map((read, at) => {
    const link = links[at];
    const token = inserted.has(at) ? { ...read, xpos: "VBN" } : finite.has(at) ? { ...read, xpos: "VBD" } : read;
    return link && (link.head !== token.head || link.relation !== token.relation)
      ? { ...token, head: link.head, relation: link.relation }
      : token;
  });
}

/** "Ruritania's ruler, X, left for Lutha" read as a passive without its auxiliary: the participles that are past tenses; their subjects act. */
function misreadPassives(tokens: readonly Token[], links: Link[], words: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  links.forEach((link, subject) => {
    if (link.relation !== "nsubj:pass" || subject > link.head) return;
    const verb = link.head;
    if (tokens[verb]?.xpos !== "VBN" || !/^(root|ccomp|parataxis)$/.test(links[verb]?.relation ?? "")) return;
    if (hasDependent(links, verb, /^(aux|aux:pass|obl:agent)$/) || actedOn(words, verb)) return;
    link.relation = "nsubj";
    found.add(verb);
  });
  return found;
}

/** "spoke by phone with X": neither the phone nor X is who acts. */
function mendAgents(links: Link[], words: readonly string[]): void {
  links.forEach((link, at) => {
    if (link.relation !== "obl:agent") return;
    const by = links.some((other, word) => other.head === at && /^(case|fixed)$/.test(other.relation) && words[word] === "by");
    const marked = links.some((other, word) => other.head === at && other.relation === "case" && word < at && words[word] !== "by");
    if (
      (marked && !by) ||
      GOING.test(words[link.head] ?? "") ||
      /^(phone|telephone|video|videolink|letter|email|fax|plane|train|car|bus|ferry|boat|ship|road|rail|air|sea|helicopter|hand|force|surprise|far)$/.test(
        words[at] ?? "",
      )
    )
      link.relation = "obl";
  });
}

/** "A, joined by B, severed ties": a participle before a noun that turned out to be the verb takes the noun as its object. */
function mendFormerParticiples(tokens: readonly Token[], links: Link[]): void {
  tokens.forEach((token, at) => {
    const link = links[at];
    if (token.relation !== "amod" || !/^VB[DN]$/.test(token.xpos) || !link || !/^(root|conj|ccomp|parataxis)$/.test(link.relation)) return;
    if (token.head <= at || hasDependent(links, at, /^obj$/)) return;
    if (links[token.head]?.head !== at) attach(links, token.head, at, "obj");
    else if (links[token.head]) links[token.head] = { head: at, relation: "obj" };
  });
}
