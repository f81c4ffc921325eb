/** The rule language: what a rule file may hold, checked field by field, and how rules are looked up by their anchor word. */
import { z } from "zod";
import { KnownError } from "../model/errors.ts";
import { ENTITY_KINDS, MEDIA, MODALITIES, POLARITIES } from "../model/graph.ts";
import type { RelationName } from "../model/graph.ts";
import type { Relation, Rule } from "./types.ts";

/**
 * A list of words; lists may be nested so that a file can name a list once (`&troops [..]`) and use it inside others (`*troops`).
 */
const words = z
  .union([z.string(), z.array(z.union([z.string(), z.array(z.string())]))])
  .transform((value) => (typeof value === "string" ? [value] : value.flat()))
  .pipe(z.array(z.string().regex(/^\S/, "must not start with a blank")).min(1));

/**
 * A way from the anchor to an argument: a role, then optionally further roles of the noun found there ("patient.of").
 *
 * Roles: `agent` (who acts: subject, by-phrase, controller), `patient` (what is acted on: object, passive subject), `recipient`
 * (indirect object), `owner` (possessive, demonym or "of" of a noun), `possessor` (possessive only), `modifier` (demonym or name before a
 * noun), `parties` (all parties of an event noun: "A's talks with B", "talks between A and B"), `apposition`, `bearer` (the name a title stands before), `self` (the anchor),
 * `governor` (the word the anchor hangs on), `kind` (any word before a noun), `place` (in or at), `that` (that-clause), `statement` (that-clause of what is or will be
 * so, not quoted), `clause` (any clause), `infinitive`, `undergone` (an infinitive in the passive), `complement` (any complement), `xcomp`, `advmod` (as in UD); `sides` (the parties of the latest deal or talks), `accord` (the agreement last spoken of), `addresser` (whose request was last told of), `doer` (whose hostile act was), `target` (from whom others turned before); any other word is a preposition ("with", "against").
 */
const path = z.string().regex(/^[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)*$/, "must be roles joined by dots, like patient or patient.of");
const paths = z.union([path.transform((one) => [one]), z.array(path).min(1)]);
const fillers = z.record(path, words);

/** What a governing word says of the clause or event noun it governs. */
const content = z.strictObject({
  /** Roles of the governor where the content may stand; default: any complement. */
  at: paths.optional(),
  polarity: z.literal("negated").optional(),
  modality: z.enum(MODALITIES).optional(),
  /** Role of the governor that is the subject of the content; default: agent. */
  control: paths.optional(),
  /** The governor's agent takes part in the event noun governed ("cancelled a meeting with him"). */
  shared: z.boolean().optional(),
  /** The governor's agent is who says it. */
  said: z.boolean().optional(),
  /** Nothing may be drawn from what stands there. */
  blocked: z.boolean().optional(),
});

const example = z.strictObject({
  text: z.string(),
  /** "Subject > relation > Object", then optionally "@2021-01", "!negated", "~planned". */
  gives: z.array(z.string()).optional(),
  not: z.array(z.string()).optional(),
  /** Publication date, where the example has a relative date. */
  date: z.string().optional(),
});

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(?:[.-][a-z0-9]+)+$/, 'must be lower-case words joined by "." or "-", like talk.meet'),
  /** A relation of the ontology, or "*" for a context rule: it draws nothing, it says how to take what its anchor governs. */
  relation: z.string(),
  /** Anchor lemmas, each optionally followed by a particle ("call off"). Exactly one of the three is given. */
  verb: words.optional(),
  noun: words.optional(),
  adjective: words.optional(),
  subject: paths.optional(),
  object: paths.optional(),
  /** The role is filled and its head noun is one of these. */
  where: fillers.optional(),
  /** The rule does not apply when the role's head noun is one of these ("*": any). */
  unless: fillers.optional(),
  /** Two or more subjects without an object stand in the relation with each other. */
  mutual: z.boolean().optional(),
  /** Only two or more subjects together do it: "A and B announced a truce". */
  joint: z.boolean().optional(),
  /** For nouns: verbs that lend the noun their subject ("hold talks", "launch an attack"). */
  light: words.transform((list): ReadonlySet<string> => new Set(list)).optional(),
  /** For nouns: it must stand under one of these verbs. */
  supported: z.boolean().optional(),
  /** For nouns: "after talks with Oman, he said": the main clause's subject took part. */
  setting: z.boolean().optional(),
  kinds: z
    .strictObject({ subject: z.array(z.enum(ENTITY_KINDS)).min(1).optional(), object: z.array(z.enum(ENTITY_KINDS)).min(1).optional() })
    .optional(),
  /** A capital in the object's place stands for its state ("recalled its ambassador from Madrid"). */
  capital: z.boolean().optional(),
  /** The anchor tells a standing or earlier fact: times beside it are not its own. */
  undated: z.boolean().optional(),
  polarity: z.enum(POLARITIES).optional(),
  modality: z.enum(MODALITIES).optional(),
  medium: z.enum(MEDIA).optional(),
  content: content.optional(),
  /** How often an edge drawn by this rule is right when everything about it is plain. */
  confidence: z.number().min(0).max(1).optional(),
  note: z.string().min(1),
  examples: z.array(example).optional(),
});

export type Frame = z.output<typeof ruleSchema> & Rule;
export type Content = z.output<typeof content>;

export const CONTEXT = "*";

/**
 * Checks one rule file.
 *
 * @param value the parsed YAML: a list of rules.
 * @param file its name, for error messages.
 * @param relations the ontology's relations.
 * @throws KnownError "knowledge-invalid", naming file, rule and field.
 */
export function checkRules(value: unknown, file: string, relations: ReadonlyMap<RelationName, Relation>): Rule[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(file, "top level", "must be a list of rules");
  return value.map((entry: unknown, index) => {
    const name = entry !== null && typeof entry === "object" && "id" in entry ? `rule ${String(entry.id)}` : `rule ${index + 1}`;
    const result = ruleSchema.safeParse(entry);
    if (!result.success) {
      const issue = result.error.issues[0];
      throw invalid(file, [name, ...(issue?.path ?? []).map(String)].join(", "), issue?.message ?? "is not valid");
    }
    const rule = result.data;
    if (rule.relation !== CONTEXT && !relations.has(rule.relation)) {
      throw invalid(file, `${name}, relation`, `"${rule.relation}" is not a relation of the ontology`);
    }
    if (rule.relation === CONTEXT && !rule.content) throw invalid(file, `${name}, content`, "a context rule must say what its content is");
    const anchors = [rule.verb, rule.noun, rule.adjective].filter((list) => list !== undefined).length;
    if (anchors !== 1) throw invalid(file, name, "must have exactly one of verb, noun, adjective");
    return rule satisfies Rule;
  });
}

/**
 * Refuses two rules of one id, over all files.
 * @throws KnownError "knowledge-invalid".
 */
export function checkRuleIds(rules: readonly Rule[]): void {
  const seen = new Set<string>();
  for (const rule of rules) {
    if (seen.has(rule.id)) throw invalid("rules", `rule ${rule.id}`, "is defined twice");
    seen.add(rule.id);
  }
}

function invalid(file: string, field: string, message: string): KnownError {
  return new KnownError("knowledge-invalid", `${file}: ${field}: ${message}`, { file, field });
}

/** Rules by the lemma of their anchor. */
export interface RuleIndex {
  readonly verb: ReadonlyMap<string, readonly Anchored[]>;
  readonly noun: ReadonlyMap<string, readonly Anchored[]>;
  readonly adjective: ReadonlyMap<string, readonly Anchored[]>;
}

export interface Anchored {
  readonly rule: Frame;
  /** Particle that the anchor must have. */
  readonly particle?: string;
}

const indexes = new WeakMap<readonly Rule[], RuleIndex>();

/** The rules by anchor lemma; made once per list of rules. */
export function indexRules(rules: readonly Rule[]): RuleIndex {
  const known = indexes.get(rules);
  if (known) return known;
  const index = { verb: new Map<string, Anchored[]>(), noun: new Map<string, Anchored[]>(), adjective: new Map<string, Anchored[]>() };
  for (const rule of rules as readonly Frame[]) {
    for (const anchor of ["verb", "noun", "adjective"] as const) {
      for (const word of rule[anchor] ?? []) {
        const [lemma = "", particle] = word.split(" ");
        const list = index[anchor].get(lemma) ?? [];
        list.push(particle === undefined ? { rule } : { rule, particle });
        index[anchor].set(lemma, list);
      }
    }
  }
  indexes.set(rules, index);
  return index;
}
