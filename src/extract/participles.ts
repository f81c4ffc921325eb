/** Mends participles that the words beside them belie: the verb of their sentence, a noun, one more verb of a list. */
import type { Token } from "../model/annotation.ts";

/** A sentence while its classes are mended. */
export interface Sentence {
  /** As they were read. */
  readonly tokens: readonly Token[];
  /** In lower case. */
  readonly words: readonly string[];
  /** Whether it ends in a full stop or the like. */
  readonly closed: boolean;
  /** The first child of a token with such a relation; -1 where there is none. */
  readonly child: (at: number, relation: RegExp) => number;
  readonly change: (at: number, fields: Partial<Token>) => void;
}

export interface Mending {
  readonly applies: (sentence: Sentence, token: Token, at: number) => boolean;
  readonly mend: (sentence: Sentence, token: Token, at: number) => void;
}

/** Participles that stand behind a name and a hyphen, with their verbs. */
const BEHIND_HYPHEN: Readonly<Record<string, string | undefined>> = {
  armed: "arm",
  backed: "back",
  besieged: "besiege",
  blockaded: "blockade",
  brokered: "broker",
  controlled: "control",
  drafted: "draft",
  facilitated: "facilitate",
  funded: "fund",
  held: "hold",
  hosted: "host",
  mediated: "mediate",
  occupied: "occupy",
  proposed: "propose",
  sponsored: "sponsor",
  supplied: "supply",
  supported: "support",
};

const SUBJECT = /^nsubj/;

/** In order: of a token's the first that applies. */
export const PARTICIPLES: readonly Mending[] = [
  // ", severing ties with Ruritania": what the sentence's subject does besides.
  {
    applies: ({ words, child }, token, at) =>
      token.xpos === "VBG" && token.relation === "amod" && words[at - 1] === "," && token.head > at && child(at, /./) < 0,
    mend: ({ tokens, change }, token, at) => {
      const object = token.head;
      const above = tokens[object]?.head ?? -1;
      if (above < 0 || above > at || tokens[above]?.upos !== "VERB") return;
      change(at, { head: above, relation: "advcl" });
      change(object, { head: at, relation: "obj" });
    },
  },
  // "has broken off relations and frozen Ruritanian assets": the participle goes on from the one before.
  {
    applies: ({ tokens, words }, token, at) =>
      token.xpos === "VBN" &&
      token.relation === "amod" &&
      words[at - 1] === "and" &&
      token.head > at + 1 &&
      tokens[token.head]?.relation === "conj" &&
      /^(amod|compound|nmod:poss)$/.test(tokens[at + 1]?.relation ?? "") &&
      /^(ADJ|PROPN|PRON)$/.test(tokens[at + 1]?.upos ?? ""),
    mend: ({ tokens, child, change }, token, at) => {
      const object = token.head;
      let above = tokens[object]?.head ?? -1;
      while (above >= 0 && tokens[above]?.upos !== "VERB") above = tokens[above]?.head ?? -1;
      if (above < 0 || tokens[above]?.xpos !== "VBN" || child(above, /^aux$/) < 0) return;
      change(at, { head: above, relation: "conj" });
      change(object, { head: at, relation: "obj" });
    },
  },
  // "have normalised relations": no determiner stands between, so it is the perfect tense.
  {
    applies: ({ words }, token, at) => token.xpos === "VBN" && token.relation === "amod" && /^(have|has|had)$/.test(words[at - 1] ?? ""),
    mend: ({ tokens, change }, token, at) => {
      const have = at - 1;
      const object = tokens[token.head];
      if (!object || object.head !== have || object.relation !== "obj" || token.head < at) return;
      const auxiliary = tokens[have];
      if (!auxiliary) return;
      change(at, { head: auxiliary.head, relation: auxiliary.relation });
      change(token.head, { head: at });
      tokens.forEach((other, index) => {
        if (other.head === have && index !== token.head) change(index, { head: at });
      });
      change(have, { head: at, relation: "aux", upos: "AUX" });
    },
  },
  // "Ruritanian-occupied Lutha": a participle behind a hyphen has its verb's lemma.
  {
    applies: ({ words }, token, at) =>
      token.relation === "amod" &&
      /^[-‐–]$/.test(words[at - 1] ?? "") &&
      BEHIND_HYPHEN[words[at] ?? ""] !== undefined &&
      token.lemma === words[at],
    mend: ({ words, change }, token, at) => {
      change(at, { lemma: BEHIND_HYPHEN[words[at] ?? ""] ?? token.lemma });
    },
  },
  // "hosted and mediated talks": the second participle is a past tense beside the first.
  {
    applies: ({ tokens, words }, token, at) =>
      token.xpos === "VBN" &&
      token.relation === "amod" &&
      words[at - 1] === "and" &&
      token.head > at &&
      tokens[token.head]?.relation === "obj" &&
      tokens[token.head]?.head === at - 2 &&
      tokens[at - 2]?.upos === "VERB",
    mend: ({ tokens, change }, token, at) => {
      const first = tokens[at - 2];
      change(token.head, { head: at });
      change(at, { head: at - 2, relation: "conj", upos: "VERB", ...(first ? { xpos: first.xpos } : {}) });
      change(at - 1, { head: at, relation: "cc" });
    },
  },
  // "is training with Ruritanian troops": a form of "be" before it is its auxiliary.
  {
    applies: ({ tokens, words, child }, token, at) =>
      token.xpos === "VBG" &&
      token.upos === "NOUN" &&
      child(at, /^cop$/) === at - 1 &&
      child(at, SUBJECT) >= 0 &&
      /^(with|on|for)$/.test(words[at + 1] ?? "") &&
      tokens[at - 1]?.upos === "AUX",
    mend: ({ words, change }, _token, at) => {
      change(at, { upos: "VERB", lemma: (words[at] ?? "").replace(/ing$/, "") });
      change(at - 1, { relation: "aux" });
    },
  },
  // "Shelling by Ruritanian forces hit Lutha"
  {
    applies: ({ words }, token, at) =>
      token.xpos === "VBG" &&
      /^(csubj|nsubj)$/.test(token.relation) &&
      /^(shelling|bombing|killing|pounding|mediation)$/.test(words[at] ?? "") &&
      /^(by|of|in|near|from)$/.test(words[at + 1] ?? ""),
    mend: ({ words, change }, token, at) => {
      change(at, { upos: "NOUN", xpos: "NN", relation: "nsubj", lemma: words[at] ?? token.lemma });
    },
  },
  // "after A and B, brought together by C, agreed": a participle between commas that has its agent is said of the names before it.
  {
    applies: ({ tokens, words, child }, token, at) => {
      const agent = child(at, /^obl:agent$/);
      return (
        /^VB[ND]$/.test(token.xpos) &&
        token.relation === "advcl" &&
        words[at - 1] === "," &&
        agent > at &&
        child(at, SUBJECT) < 0 &&
        child(at, /^(mark|aux|aux:pass)$/) < 0 &&
        tokens[at - 2]?.upos === "PROPN" &&
        token.head < at - 2
      );
    },
    mend: ({ tokens, change }, token, at) => {
      let noun = at - 2;
      for (let steps = 0; steps < 6; steps++) {
        const { head = -1, relation = "" } = tokens[noun] ?? {};
        if (head < 0 || head > at || !/^(flat|compound|nmod:desc|conj|appos)$/.test(relation)) break;
        noun = head;
      }
      if (noun !== token.head) change(at, { head: noun, relation: "acl", xpos: "VBN" });
    },
  },
  // "Ruritanian troops pulled back from Mombasa.": a passive of a whole sentence has its auxiliary.
  {
    applies: ({ words, child, closed }, token, at) =>
      closed && token.xpos === "VBN" && token.relation === "root" && child(at, /^aux:pass$/) < 0 && !words.slice(at, at + 5).includes("by"),
    mend: ({ child, change }, _token, at) => {
      const subject = child(at, /^nsubj:pass$/);
      if (subject >= 0 && subject < at && child(at, /^aux$/) < 0) {
        change(at, { xpos: "VBD" });
        change(subject, { relation: "nsubj" });
      }
    },
  },
];
