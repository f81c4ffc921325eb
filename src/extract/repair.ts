/** Mends a dependency tree where names make its reading plain: what is inside a name, which names are listed together, whose verb follows. */
import type { Mention, Token } from "../model/annotation.ts";
import { gatherName, mendApposition, mendTitle } from "./appositions.ts";
import {
  mendAsides,
  mendCalls,
  mendContinuations,
  mendGerunds,
  mendMotion,
  mendOf,
  mendPossessors,
  mendTimes,
  mendVerbs,
} from "./clauses.ts";
import type { Link } from "./links.ts";
import { mendGroup } from "./lists.ts";
import { mendFronted, mendHeadless, mendRootName, mendTopic } from "./main-verbs.ts";
import { mendRelatives } from "./relatives.ts";
import { groupsOf, unitsOf } from "./units.ts";
import { mendWordClasses } from "./word-classes.ts";

/** @returns the tokens with heads and relations mended; the given ones are not changed. */
export function repairTree(read: readonly Token[], mentions: readonly Mention[], words: readonly string[]): Token[] {
  const tokens = mendWordClasses(read, words);
  const links: Link[] = tokens.map(({ head, relation }) => ({ head, relation }));
  for (const mention of mentions) if (mention.form === "name") gatherName(links, mention);
  const units = unitsOf(tokens, mentions, words);
  mendCalls(tokens, links, words);
  mendFronted(tokens, links, words, units);
  mendRootName(tokens, links, words);
  for (const mention of mentions) mendTimes(tokens, links, words, mention);
  mendVerbs(tokens, links);
  mendTopic(tokens, links, words, units);
  mendHeadless(tokens, links, words, units);
  mendOf(tokens, links, words, mentions);
  mendGerunds(tokens, links, words);
  mendAsides(tokens, links, words);
  mendMotion(tokens, links);
  mendContinuations(tokens, links, words);
  mendPossessors(tokens, links, words, mentions);
  for (const unit of units) mendApposition(tokens, links, unit);
  for (const unit of units) mendTitle(tokens, links, unit);
  for (const unit of units) mendRelatives(tokens, links, words, unit);
  for (const group of groupsOf(units, words)) mendGroup(tokens, links, words, group);
  return tokens.map((token, at) => {
    const link = links[at];
    return link && (link.head !== token.head || link.relation !== token.relation)
      ? { ...token, head: link.head, relation: link.relation }
      : token;
  });
}
