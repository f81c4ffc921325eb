/**
 * A second opinion on tags. A log-linear model (Ratnaparkhi 1996) sees what the network sees badly: single words beside their relation,
 * which all but decides the tag ("for" is SCONJ as mark, ADP as case), what stands around them in the tree, and which treebank's way of
 * tagging is asked for ("United" of "United Nations" is ADJ in EWT and VERB in GUM). Its scores are added to the network's where that is
 * in doubt: a product of experts (Hinton 2002).
 */
import { DEPENDENCY_RELATIONS, UPOS } from "../model/annotation.ts";
import { CONVENTIONS, type Convention } from "./conventions.ts";
import type { WordFeatures } from "./features.ts";

/** How far the model's scores weigh beside the network's; chosen on the dev parts of the treebanks. */
export const OPINION_SHARE = 0.8;
/** Words whose best tag leads by more in the network's score are not asked about. */
export const CERTAIN = 5;
/** Buckets of the model's table. */
export const OPINION_BUCKETS = 1 << 17;
/** Features of a word, at most. */
export const MOST_KEYS = 256;

/** A sentence as the network has read it: words `start` to `start + length` of arrays that may hold many sentences. */
export interface TaggedTree {
  readonly start: number;
  readonly length: number;
  readonly features: readonly WordFeatures[];
  /** Numbers in UPOS. */
  readonly tags: Uint8Array;
  /** Numbers in DEPENDENCY_RELATIONS. */
  readonly relations: Uint8Array;
  /** Index in the sentence, -1 for the root. */
  readonly heads: Int32Array;
  /** Whether the sentence's capitals say nothing. */
  readonly shouting: boolean;
}

const PUNCT = DEPENDENCY_RELATIONS.indexOf("punct");
/** Stand for the word and the tag beyond either end of the sentence. */
const OUTSIDE = 0x51ab3d17;
const NO_TAG = UPOS.length;

/** Writes the features of word i of a tree, as hashes, to keys[0 ...] (room for MOST_KEYS); returns how many. */
export function opinionKeys(tree: TaggedTree, i: number, convention: Convention, keys: Uint32Array): number {
  const { start, length, features, tags, relations, heads } = tree;
  const treebank = CONVENTIONS.indexOf(convention);
  const row = start + i;
  const word = features[row] as WordFeatures;
  const { form, lower, shape } = word;
  const [, three] = word.suffixes;
  const relation = relations[row] as number;
  const head = heads[row] as number;
  const capital = !word.capital ? 0 : tree.shouting ? 1 : i === 0 ? 2 : 3;
  const wordAt = (j: number) => (j < 0 || j >= length ? OUTSIDE : (features[start + j] as WordFeatures).lower);
  const tagAt = (j: number) => (j < 0 || j >= length ? NO_TAG : (tags[start + j] as number));
  let count = 0;
  let template = 0;
  const common = (a: number, b = 0, c = 0) => {
    const key = mix(mix(mix(++template, a), b), c);
    keys[count++] = key;
    return key;
  };
  /** The same, and once more for the treebank alone. */
  const own = (a: number, b = 0, c = 0) => {
    keys[count] = mix(common(a, b, c), treebank);
    count++;
  };
  own(0);
  own(form);
  own(lower);
  own(form, relation);
  own(lower, relation);
  own(relation);
  own(relation, capital);
  own(capital);
  own(three);
  own(three, relation);
  common(word.suffixes[0]);
  common(word.suffixes[0], relation);
  common(word.ending);
  own(word.ending, relation);
  common(word.prefixes[1]);
  common(shape);
  own(shape, relation);
  const [before, after] = [wordAt(i - 1), wordAt(i + 1)];
  common(before);
  common(after);
  own(before, lower);
  own(lower, after);
  common(before, three);
  common(three, after);
  const [tagBefore, tagAfter] = [tagAt(i - 1), tagAt(i + 1)];
  own(tagBefore, lower);
  own(lower, tagAfter);
  own(tagBefore, lower, tagAfter);
  const headWord = wordAt(head);
  const headTag = tagAt(head);
  const headRelation = head < 0 ? -1 : (relations[start + head] as number);
  common(headWord);
  own(headWord, lower);
  own(headRelation, relation);
  own(headTag, relation);
  own(headTag, relation, lower);
  const children = template;
  let first = true;
  for (let j = 0; j < length; j++) {
    if (heads[start + j] !== i || relations[start + j] === PUNCT) continue;
    if (count + 8 >= MOST_KEYS) break;
    const child = relations[start + j] as number;
    template = children;
    common(child);
    own(child, relation);
    own(child, lower);
    if (first) common(wordAt(j), lower, j < i ? 1 : 2);
    first = false;
  }
  return count;
}

/** Joins x to a hash. */
function mix(hash: number, x: number): number {
  const h = Math.imul(hash ^ x, 0x9e3779b1) ^ 0x27d4eb2f;
  return Math.imul(h ^ (h >>> 15), 0x85ebca77) ^ (h >>> 13);
}
