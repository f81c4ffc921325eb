/** All that reading finds in a document: the stages in order, top to bottom. */
import type { Knowledge } from "../knowledge/types.ts";
import type { Annotated, Sentence, Token } from "../model/annotation.ts";
import type { SourceDocument } from "../model/text.ts";
import { resolveMentions } from "./coreference.ts";
import { lemmaOf } from "./lemma.ts";
import { findMentions } from "./mentions.ts";
import type { Reading, TokenReader } from "./reader.ts";
import { findTimes } from "./times.ts";
import { type TokenizedSentence, tokenizeDocument } from "./tokens.ts";

/** Reads a document: sentences with their trees and names, mentions joined into chains, expressions of time. Pure. */
export function annotate(document: SourceDocument, knowledge: Knowledge, reader: TokenReader): Annotated {
  const sentences = readSentences(document, reader);
  const times = findTimes(document, sentences);
  const found = findMentions(document, sentences, knowledge);
  const { mentions, chains } = resolveMentions(found, times, knowledge, document.date);
  return { document, sentences, mentions, chains, times };
}

function readSentences(document: SourceDocument, reader: TokenReader): Sentence[] {
  const tokenized = tokenizeDocument(document);
  const words = tokenized.map((sentence) => sentence.tokens.map((token) => document.text.slice(token.start, token.end)));
  return reader.readDocument(words).map((reading, index) => {
    return assemble(tokenized[index] as TokenizedSentence, words[index] as string[], reading);
  });
}

function assemble(sentence: TokenizedSentence, words: readonly string[], reading: Reading): Sentence {
  const tokens = sentence.tokens.map((span, i): Token => {
    const upos = reading.upos[i] as Token["upos"];
    const xpos = reading.xpos[i] as string;
    const lemma = lemmaOf(words[i] as string, upos, xpos);
    const { start, end } = span;
    return { start, end, lemma, upos, xpos, head: reading.heads[i] as number, relation: reading.relations[i] as Token["relation"] };
  });
  const { start, end, block } = sentence;
  return { start, end, block, tokens, names: reading.names, ...(sentence.dateline ? { dateline: true } : {}) };
}
