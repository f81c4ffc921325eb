/**
 * Why a marked relation was missed, a drawn one is wrong or an attribute differs: one cause each, told by what extraction itself says of the
 * sentence (mentions, rules tried, outcomes). The causes are where to look, not a proof: they are counted to see what a change would be worth.
 */
import { explain, type SentenceTrace } from "../extract/extract.ts";
import type { Knowledge } from "../knowledge/types.ts";
import type { Annotated, Mention } from "../model/annotation.ts";
import type { Claim } from "../model/graph.ts";
import type { Span } from "../model/text.ts";
import type { Answer } from "./answer.ts";
import type { GoldDocument, GoldRelation, GoldScores } from "./gold.ts";
import { denotes, foldName, forms, type GraphRelation, matchEntities, modality, polarity } from "./matching.ts";

/** One fault: what it is of, and the cause that it is put down to. */
export interface Fault {
  readonly document: string;
  readonly cause: string;
  readonly relation: GraphRelation;
}

export interface Faults {
  readonly missed: readonly Fault[];
  readonly wrong: readonly Fault[];
  /** Of relations that are strictly right. */
  readonly attributes: readonly Fault[];
}

/** A hand-marked document and how it was answered. */
export interface ReadDocument {
  readonly gold: GoldDocument;
  readonly answer: Answer;
}

/** Causes of all faults of a part. */
export function faultsOf(documents: readonly ReadDocument[], scores: GoldScores, knowledge: Knowledge): Faults {
  const cases = new Map(documents.map((document) => [document.gold.id, caseOf(document, knowledge)]));
  const fault = <R extends GraphRelation>(document: string, relation: R, cause: (of: Case, relation: R) => string | undefined): Fault[] => {
    const found = cases.get(document);
    const told = found && cause(found, relation);
    return told === undefined ? [] : [{ document, relation, cause: told }];
  };
  return {
    missed: scores.missed.flatMap(({ document, relation }) => fault(document, relation, causeOfMiss)),
    wrong: scores.judged.flatMap(({ document, relation, answers }) => (answers ? [] : fault(document, relation, causeOfWrong))),
    attributes: scores.judged.flatMap(({ document, relation, answers }) =>
      answers ? differences(answers, relation).map((cause) => ({ document, relation, cause })) : [],
    ),
  };
}

/** How often each cause is found, the most frequent first. */
export function countCauses(faults: readonly Fault[]): [cause: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { cause } of faults) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** A document with its marks laid over what was read in it. */
interface Case extends ReadDocument {
  readonly annotated: Annotated;
  readonly knowledge: Knowledge;
  readonly traces: readonly SentenceTrace[];
  /** Chain of a marked entity, by its index. */
  readonly chainOf: ReadonlyMap<number, number>;
  /** Where the marked text begins in the text that was read. */
  readonly offset: number;
}

function caseOf(document: ReadDocument, knowledge: Knowledge): Case {
  const { gold, answer } = document;
  const { annotated } = answer.processed;
  return {
    ...document,
    annotated,
    knowledge,
    traces: explain(annotated, knowledge),
    chainOf: new Map([...matchEntities(gold.entities, annotated.chains)].map(([chain, entity]) => [entity, chain])),
    offset: Math.max(0, annotated.document.text.indexOf(gold.text)),
  };
}

// --- misses -----------------------------------------------------------------------------------------------------------------------------

function causeOfMiss(of: Case, relation: GoldRelation): string {
  const ends = (["subject", "object"] as const).map((role) => endOf(of, relation, role));
  const unread = ends.find(({ chain }) => chain === undefined);
  if (unread)
    return `${unread.role}: ${isOtherKind(of, unread.entity) ? "taken for another kind of entity" : "its name was not recognised"}`;
  const [subject, object] = ends as [End, End];
  const sentences = sentencesOf(of, relation);
  const here = of.annotated.mentions.filter(({ sentence }) => sentences.includes(sentence));
  const absent = ends.filter(({ chain }) => !here.some(({ chains }) => chains.includes(chain as number)));
  if (absent.length === 2) return "both ends: nothing in the sentence was joined to them";
  const [lost] = absent;
  if (lost) return `${lost.role}: ${referenceOf(of, lost.entity, here, relation)}`;
  const between = drawnBetween(of, sentences, subject.chain as number, object.chain as number);
  if (between.includes(`${relation.relation} reversed`)) return "drawn the wrong way round";
  if (of.knowledge.relations.get(relation.relation)?.structure) return `standing fact not read: ${relation.relation}`;
  if (between.length > 0) return "another relation drawn between the two";
  return ruleCause(of, relation, sentences);
}

interface End {
  readonly role: "subject" | "object";
  /** Index of the marked entity. */
  readonly entity: number;
  readonly chain?: number;
}

function endOf({ gold, chainOf }: Case, relation: GoldRelation, role: "subject" | "object"): End {
  const entity = denotes(gold, relation[role]);
  const chain = chainOf.get(entity);
  return chain === undefined ? { role, entity } : { role, entity, chain };
}

/** Whether the text's name for it was read, as something of another kind. */
function isOtherKind({ gold, annotated }: Case, entity: number): boolean {
  const marked = gold.entities[entity];
  if (!marked) return false;
  const names = forms(marked);
  return annotated.chains.some((chain) => chain.kind !== marked.kind && [...forms(chain)].some((form) => names.has(form)));
}

/** Sentences that the marked evidence lies in. */
function sentencesOf({ annotated, offset }: Case, { evidence }: GoldRelation): number[] {
  if (!evidence) return [];
  const [start, end] = [evidence[0] + offset, evidence[1] + offset];
  return annotated.sentences.flatMap((sentence, index) => (sentence.start < end && sentence.end > start ? [index] : []));
}

const GROUP =
  /^(?:they|them|their|theirs|both|all|each)$|\b(?:two|three|four|five|both|sides|parties|countries|leaders|neighbours|neighbors)\b/i;

/** How the sentence may speak of an entity that none of its mentions was joined to. */
function referenceOf(of: Case, entity: number, here: readonly Mention[], relation: GoldRelation): string {
  const { gold, annotated, offset } = of;
  const marked = gold.entities[entity];
  if (!marked) return "not among the marked entities";
  const words = (mention: Span): string => annotated.document.text.slice(mention.start, mention.end);
  const [start, end] = relation.evidence ?? [0, 0];
  const sentence = ` ${foldName(annotated.document.text.slice(start + offset, end + offset)).replaceAll(/[^\p{L}\p{N}]+/gu, " ")} `;
  if ([...forms(marked)].some((form) => sentence.includes(` ${form.replaceAll(/[^\p{L}\p{N}]+/gu, " ")} `)))
    return "named in the sentence, the name joined to another";
  const may = (mention: Mention): boolean => {
    if (mention.form === "name") return false;
    // An open pronoun or group has no kind of its own yet.
    if (mention.form === "pronoun") return (mention.kind === "person") === (marked.kind === "person") || GROUP.test(words(mention));
    return mention.kind === marked.kind || (mention.kind === "person" && marked.kind === "state");
  };
  const what = (mention: Mention): string =>
    marked.kind === "agreement" && mention.form !== "pronoun"
      ? "agreement meant by a noun"
      : GROUP.test(words(mention))
        ? "group"
        : mention.form === "pronoun"
          ? "pronoun"
          : "description";
  const candidates = here.filter(may);
  const open = candidates.find(({ chains }) => chains.length === 0);
  if (open) return `${what(open)} left open`;
  const [joined] = candidates;
  if (joined) return `${what(joined)} joined to another`;
  return "only implied by what was said before";
}

/** Relations kept between two chains in these sentences; "reversed" is added where it runs the other way. */
function drawnBetween({ traces }: Case, sentences: readonly number[], subject: number, object: number): string[] {
  return sentences.flatMap((index) =>
    (traces[index]?.kept ?? []).flatMap((draft) => {
      if (draft.subject.chain === subject && draft.object.chain === object) return [draft.relation];
      if (draft.subject.chain === object && draft.object.chain === subject) return [`${draft.relation} reversed`];
      return [];
    }),
  );
}

/** What a rule that did not draw it says, the nearest to success first. */
const OUTCOMES: readonly (readonly [outcome: RegExp, cause: string])[] = [
  [/^fired$/, "a rule fired with other ends"],
  [/^the context/, "its context lets nothing be drawn"],
  [/^(?:the other party|nobody)/, "the other party was left open"],
  [/^no object/, "object: not reached in the tree"],
  [/^no subject/, "subject: not reached in the tree"],
  [/^subject and object/, "subject and object were joined"],
  [/^no verb/, "no verb lends its noun a subject"],
  [/^its words/, "words of a rule stand otherwise"],
];

function ruleCause({ traces, knowledge }: Case, { relation }: GoldRelation, sentences: readonly number[]): string {
  const own = new Set(knowledge.rules.filter((rule) => rule.relation === relation).map(({ id }) => id));
  const attempts = sentences.flatMap((index) => traces[index]?.attempts ?? []).filter(({ rule }) => own.has(rule));
  if (attempts.length === 0) return "no rule has its words";
  return OUTCOMES.find(([outcome]) => attempts.some((attempt) => outcome.test(attempt.outcome)))?.[1] ?? "no rule has its words";
}

// --- wrong relations --------------------------------------------------------------------------------------------------------------------

function causeOfWrong(of: Case, relation: GraphRelation): string | undefined {
  const { gold, annotated, chainOf, knowledge } = of;
  const claim = of.answer.claims.get(relation);
  if (!claim) return undefined;
  const [evidence] = claim.evidence;
  const markedOf = new Map([...chainOf].map(([entity, chain]) => [chain, entity]));
  const roles = ["subject", "object"] as const;
  const ends = roles.map((role) => {
    const mention = annotated.mentions.find(({ start, end }) => start === evidence[role].start && end === evidence[role].end);
    return { role, mention, entity: markedOf.get(denotes({ entities: annotated.chains }, relation[role])) };
  });
  const stranger = ends.find(({ entity }) => entity === undefined);
  if (stranger) return `${stranger.role}: no entity of the text, or of another kind`;
  const [subject, object] = ends.map(({ entity }) => entity as number) as [number, number];
  const symmetric = knowledge.relations.get(relation.relation)?.symmetric === true;
  const marked = gold.relations.map((other) => ({ other, from: denotes(gold, other.subject), to: denotes(gold, other.object) }));
  const same = marked.filter(({ from, to }) => from === subject && to === object);
  const turned = marked.filter(({ from, to }) => from === object && to === subject);
  const alike = (list: typeof marked): typeof marked => list.filter(({ other }) => other.relation === relation.relation);
  const [twice] = alike(symmetric ? [...same, ...turned] : same);
  if (twice) return modality(twice.other) === modality(relation) ? "said once more: wrong polarity" : "said once more: wrong modality";
  if (alike(turned).length > 0) return "the wrong way round";
  const inSentence = marked.filter(({ other }) =>
    sentencesOf(of, other).some((index) => overlaps(annotated.sentences[index], evidence.sentence)),
  );
  if ([...same, ...turned].some((one) => inSentence.includes(one))) return "wrong relation between the right two";
  // The same relation in the same sentence, with one end right.
  for (const { other: right, from, to } of inSentence) {
    if (right.relation !== relation.relation) continue;
    const off = from === subject ? 1 : to === object ? 0 : undefined;
    if (off !== undefined) return `${roles[off]}: ${wrongEnd(of, ends[off]?.mention, claim)}`;
  }
  const anaphor = ends.find(({ mention }) => mention && mention.form !== "name");
  if (anaphor) return `nothing marked: ${anaphor.role} is ${formOf(of, anaphor.mention as Mention)}`;
  const trigger = annotated.sentences.flatMap(({ tokens }) => tokens).find(({ start }) => start === evidence.trigger.start);
  if ([...same, ...turned].length > 0) return "nothing marked here: the two are related elsewhere";
  return trigger?.upos === "VERB" ? "nothing marked: a verb's own ends" : "nothing marked: a noun taken for what happened";
}

function overlaps(a: Span | undefined, b: Span): boolean {
  return a !== undefined && a.start < b.end && b.start < a.end;
}

function formOf({ annotated }: Case, mention: Mention): string {
  if (mention.kind === "agreement" && mention.form === "nominal") return "an agreement meant by a noun";
  if (mention.chains.length > 1) return "a group";
  return mention.form === "pronoun"
    ? "a pronoun"
    : GROUP.test(annotated.document.text.slice(mention.start, mention.end))
      ? "a group"
      : "a description";
}

const MODIFIERS = new Set(["amod", "compound", "nmod:poss", "nmod", "nmod:desc", "nmod:unmarked"]);

function wrongEnd(of: Case, mention: Mention | undefined, { evidence: [evidence] }: Claim): string {
  if (!mention) return "another name taken";
  if (mention.form !== "name") return `${formOf(of, mention)} joined to the wrong one`;
  const sentence = of.annotated.sentences[mention.sentence];
  if (!overlaps(sentence, evidence.sentence)) return "taken from another sentence";
  const relation = sentence?.tokens[mention.head]?.relation ?? "dep";
  return MODIFIERS.has(relation) ? "a modifier taken for it" : "another name taken";
}

// --- attributes -------------------------------------------------------------------------------------------------------------------------

function differences(right: GoldRelation, mine: GraphRelation): string[] {
  const causes: string[] = [];
  if (right.date && !mine.date) causes.push("date: not attached");
  else if (right.date && right.date !== mine.date)
    causes.push(
      right.date.startsWith(mine.date ?? "") || mine.date?.startsWith(right.date) ? "date: of another precision" : "date: another one",
    );
  else if (!right.date && mine.date) causes.push("date: one that the text does not give");
  if (polarity(right) !== polarity(mine))
    causes.push(polarity(mine) === "negated" ? "polarity: taken as denied" : "polarity: denial not seen");
  if (modality(right) !== modality(mine))
    causes.push(
      modality(mine) === "happened"
        ? `modality: ${modality(right)} taken as happened`
        : modality(right) === "happened"
          ? `modality: happened taken as ${modality(mine)}`
          : `modality: ${modality(right)} taken as ${modality(mine)}`,
    );
  return causes;
}
