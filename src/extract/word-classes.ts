/** Mends word classes that the tree or the words beside them belie: a noun with an object is a verb, "to back" is an infinitive. */
import type { Token } from "../model/annotation.ts";
import { type Mending, PARTICIPLES, type Sentence } from "./participles.ts";

const SUBJECT = /^nsubj/;
/** Prepositions before a gerund. */
const GERUND_MARKS = /^(of|for|from|by|without|after|before)$/;

/** Nouns that are verbs as readily, by their forms. */
const HOMOGRAPHS =
  /^(blacklist|sanction|arm|brief|back|host|visit|veto|blame|free|release|attack|bomb|shell|target|support|condemn|aid|fund|train|supply|embargo|boycott|protest|accuse|slam|blast|welcome|urge|warn|deport|expel|oust|court|woo|praise|thank|hail|mediate|monitor|patrol|question|challenge|demand|request|lift|ease|impose|end|halt|freeze)(s|es)?$/;

/** In order: of a token's the first that applies. */
const MENDINGS: readonly Mending[] = [
  ...PARTICIPLES,
  // "urged France to back Ukraine": the word class follows the form.
  {
    applies: (_, token) => token.xpos === "VB" && token.upos !== "VERB" && token.upos !== "AUX",
    mend: ({ words, change }, token, at) => {
      change(at, { upos: "VERB", lemma: words[at] ?? token.lemma });
    },
  },
  // "arms deliveries": a noun by its form that stands as one.
  {
    applies: (_, token) => token.upos === "VERB" && /^NNS?$/.test(token.xpos) && /^(nsubj|obj|obl|nmod|conj)/.test(token.relation),
    mend: ({ words, change }, token, at) => {
      change(at, { upos: "NOUN", lemma: (words[at] ?? token.lemma).replace(/ies$/, "y").replace(/([^s])s$/, "$1") });
    },
  },
  // "urged neighbouring Ruritania": no clause of its own.
  {
    applies: ({ tokens, words }, token, at) =>
      token.upos === "VERB" && /^neighbou?ring$/.test(words[at] ?? "") && tokens[at + 1]?.upos === "PROPN" && token.head < at,
    mend: ({ tokens, change }, token, at) => {
      let noun = at + 1;
      for (let above = tokens[noun]?.head ?? -1; above > noun && above <= at + 5; above = tokens[noun]?.head ?? -1) noun = above;
      if (tokens[noun]?.head !== at) return;
      change(noun, { head: token.head, relation: token.relation === "xcomp" || token.relation === "advcl" ? "obj" : token.relation });
      tokens.forEach((other, index) => {
        if (other.head === at && index !== noun) change(index, { head: index > noun && token.head >= 0 ? token.head : noun });
      });
      change(at, { head: noun, relation: "amod", upos: "ADJ", xpos: "JJ" });
    },
  },
  // "long-time ally Ruritania" read as an adverb.
  {
    applies: ({ words }, token, at) => token.upos === "ADV" && words[at] === "ally" && /^(obj|nsubj|obl|nmod)/.test(token.relation),
    mend: ({ change }, _token, at) => {
      change(at, { upos: "NOUN", xpos: "NN" });
    },
  },
  // "Ruritania, a NATO ally," read as an adverb.
  {
    applies: ({ child }, token, at) => token.upos === "ADV" && token.relation === "advmod" && token.head < at && child(at, /^det$/) >= 0,
    mend: ({ words, child, change }, _token, at) => {
      change(at, { upos: "NOUN", xpos: "NN", relation: words[child(at, /^det$/) - 1] === "," ? "appos" : "nmod" });
    },
  },
  // "an ultimatum" read as an adjective that is an object.
  {
    applies: ({ child }, token, at) =>
      token.upos === "ADJ" && /^(obj|iobj|nsubj|obl)/.test(token.relation) && child(at, /^det$/) >= 0 && child(at, /^nmod$/) >= 0,
    mend: ({ change }, _token, at) => {
      change(at, { upos: "NOUN", xpos: "NN" });
    },
  },
  // "The OSCE monitors the accord": a noun with an object.
  {
    applies: ({ child }, token, at) => token.relation === "root" && token.xpos === "NNS" && child(at, /^obj$/) > at,
    mend: ({ tokens, child, change }, _token, at) => {
      const subject = child(at, /^(nsubj|compound|nmod:unmarked|amod)$/);
      if (subject < 0 || subject >= at) return;
      change(at, { upos: "VERB", xpos: "VBZ" });
      if (!SUBJECT.test(tokens[subject]?.relation ?? "")) change(subject, { relation: "nsubj" });
      tokens.forEach((other, index) => {
        if (other.head === at && other.relation === "det" && index < subject) change(index, { head: subject });
      });
    },
  },
  // "accused of meeting A", "ruled out meeting A": the word before a name is what is done to it, not its title.
  {
    applies: ({ tokens, words }, token, at) =>
      /^(NNP?|VBG)$/.test(token.xpos) &&
      /^(meeting|visiting|hosting|helping|training|bombing|shelling|killing|fighting|backing|arming|funding|briefing)$/.test(
        words[at] ?? "",
      ) &&
      tokens[at + 1]?.upos === "PROPN" &&
      (GERUND_MARKS.test(words[at - 1] ?? "") || /^(VERB|ADP)$/.test(tokens[at - 1]?.upos ?? "")),
    mend: ({ tokens, words, change }, token, at) => {
      let end = at + 1;
      while (tokens[end]?.upos === "PROPN") end++;
      const top = tokens.findIndex((name, index) => index > at && index < end && (name.head <= at || name.head >= end));
      const outer = tokens[top]?.head === at ? token.head : (tokens[top]?.head ?? -1);
      if (top < 0 || outer < 0 || outer > at) return;
      const marked = GERUND_MARKS.test(words[at - 1] ?? "");
      const relation = marked ? "advcl" : "xcomp";
      change(at, { upos: "VERB", xpos: "VBG", lemma: (words[at] ?? "").replace(/ing$/, ""), head: outer, relation });
      change(top, { head: at, relation: "obj" });
      if (marked) change(at - 1, { head: at, relation: "mark" });
    },
  },
  // "implored Ruritania to free X"
  {
    applies: ({ words }, token, at) =>
      /^(free|clear|back|brief|host)$/.test(words[at] ?? "") &&
      words[at - 1] === "to" &&
      /^(ADJ|NOUN|ADV)$/.test(token.upos) &&
      token.head > at,
    mend: ({ tokens, words, change }, token, at) => {
      let object = token.head;
      while (tokens[object]?.head !== undefined && (tokens[object]?.head ?? -1) > at) object = tokens[object]?.head ?? -1;
      const outer = tokens[object];
      if (!outer || outer.head < 0 || outer.head > at || tokens[at - 1]?.head === outer.head) return;
      change(at, { upos: "VERB", xpos: "VB", lemma: words[at] ?? "", head: outer.head, relation: "xcomp" });
      change(at - 1, { upos: "PART", xpos: "TO", head: at, relation: "mark" });
      change(object, { head: at, relation: "obj" });
    },
  },
  // "Ruritania blacklists X", "that the Council blacklist X": between two names a noun that may be a verb is one.
  {
    applies: ({ tokens, words, child }, token, at) =>
      /^NNP?S?$/.test(token.xpos) &&
      HOMOGRAPHS.test(words[at] ?? "") &&
      /^(root|ccomp)$/.test(token.relation) &&
      child(at, /^(cop|det|amod|case)$/) !== at - 1 &&
      child(at, /^(cop|case)$/) < 0 &&
      tokens[at - 1]?.upos === "PROPN" &&
      /^(PROPN|DET|PRON|NUM|ADJ)$/.test(tokens[at + 1]?.upos ?? ""),
    mend: ({ tokens, words, change }, _token, at) => {
      const subject = tokens.findLastIndex(
        (other, index) => index < at && other.head === at && /^(compound|nmod:unmarked|nsubj|nmod:desc|flat)$/.test(other.relation),
      );
      const object = tokens.findIndex(
        (other, index) =>
          index > at && other.head === at && /^(appos|obj|flat|nmod:unmarked|dep|obl:unmarked|compound|parataxis)$/.test(other.relation),
      );
      if (subject < 0 || object < 0) return;
      change(at, {
        upos: "VERB",
        xpos: words[at]?.endsWith("s") === true ? "VBZ" : "VB",
        lemma: (words[at] ?? "").replace(/([^s])s$/, "$1"),
      });
      change(subject, { relation: "nsubj" });
      change(object, { relation: "obj" });
      tokens.forEach((other, index) => {
        if (other.head === at && other.relation === "det" && index < subject) change(index, { head: subject });
      });
    },
  },
  // "which arms and shelters the rebels"
  {
    applies: ({ tokens, words }, token, at) =>
      token.xpos === "NNS" &&
      HOMOGRAPHS.test(words[at] ?? "") &&
      /^(which|who|that)$/.test(words[at - 1] ?? "") &&
      tokens[at - 1]?.xpos.startsWith("W") === true &&
      tokens[token.head]?.upos === "VERB" &&
      words[at + 1] === "and" &&
      token.head === at + 2,
    mend: ({ tokens, words, change }, token, at) => {
      const next = token.head;
      const verb = tokens[next];
      if (!verb) return;
      change(at, {
        upos: "VERB",
        xpos: "VBZ",
        lemma: (words[at] ?? "").replace(/([^s])s$/, "$1"),
        head: verb.head,
        relation: verb.relation,
      });
      change(next, { head: at, relation: "conj" });
      change(at - 1, { head: at, relation: "nsubj" });
    },
  },
  // "X, the envoy, briefs the Council": a sentence of names whose verb was read as a noun.
  {
    applies: ({ tokens, words }, token, at) =>
      token.xpos === "NNS" &&
      HOMOGRAPHS.test(words[at] ?? "") &&
      /^(parataxis|appos|list|dep|conj)$/.test(token.relation) &&
      words[at - 1] === "," &&
      tokens[token.head]?.relation === "root" &&
      tokens[token.head]?.upos === "PROPN" &&
      token.head < at &&
      /^(PROPN|DET|PRON|NUM|ADJ)$/.test(tokens[at + 1]?.upos ?? ""),
    mend: ({ tokens, words, change }, token, at) => {
      const root = token.head;
      const object = tokens.findIndex(
        (other, index) => index > at && (other.head === at || other.head === root) && /^(NOUN|PROPN|PRON)$/.test(other.upos),
      );
      if (object < 0) return;
      change(at, { upos: "VERB", xpos: "VBZ", lemma: (words[at] ?? "").replace(/([^s])s$/, "$1"), head: -1, relation: "root" });
      change(root, { head: at, relation: "nsubj" });
      change(object, { head: at, relation: "obj" });
      tokens.forEach((other, index) => {
        if (index > object && other.head === root && other.relation === "nmod") change(index, { head: at, relation: "obl" });
      });
    },
  },
  // "severs" with its ending in its lemma.
  {
    applies: ({ words }, token, at) => token.xpos === "VBZ" && token.upos === "VERB" && token.lemma === words[at] && token.lemma.length > 3,
    mend: ({ change }, token, at) => {
      change(at, {
        lemma: token.lemma
          .replace(/(ss|sh|ch|x|zz)es$/, "$1")
          .replace(/ies$/, "y")
          .replace(/([^s])s$/, "$1"),
      });
    },
  },
  // "Ruritania withheld its signature" with the verb read as a preposition.
  {
    applies: ({ tokens }, token, at) =>
      token.upos === "VERB" && token.relation === "case" && token.head > at && tokens[tokens[token.head]?.head ?? -1]?.relation === "root",
    mend: ({ tokens, change }, token, at) => {
      const object = token.head;
      const subject = tokens[object]?.head ?? -1;
      if (subject > at || !/^(NOUN|PROPN|PRON)$/.test(tokens[subject]?.upos ?? "")) return;
      change(at, { xpos: "VBD", head: -1, relation: "root" });
      change(subject, { head: at, relation: "nsubj" });
      change(object, { head: at, relation: "obj" });
    },
  },
  // "paid tribute to A"
  {
    applies: ({ tokens }, token, at) =>
      token.xpos === "VB" &&
      token.relation === "xcomp" &&
      token.head === at - 1 &&
      /^(pay|make|hold|launch|give|take|have|lodge|stage|voice|express|offer|issue)$/.test(tokens[at - 1]?.lemma ?? ""),
    mend: ({ words, change }, token, at) => {
      change(at, { upos: "NOUN", xpos: "NN", relation: "obj", lemma: words[at] ?? token.lemma });
    },
  },
  // "thanked his host, A"
  {
    applies: ({ tokens, words }, token, at) => token.relation === "vocative" && words[at - 1] === "," && tokens[at - 2]?.upos === "NOUN",
    mend: ({ change }, _token, at) => {
      change(at, { head: at - 2, relation: "appos" });
    },
  },
  // "is due in Paris" with the town as the predicate.
  {
    applies: ({ words }, token, at) =>
      words[at] === "due" && token.relation === "case" && token.head > at && /^(in|at|back)$/.test(words[at + 1] ?? ""),
    mend: ({ tokens, change }, token, at) => {
      const town = token.head;
      const predicate = tokens[town];
      if (!predicate) return;
      change(at, { head: predicate.head, relation: predicate.relation });
      tokens.forEach((other, index) => {
        if (other.head === town && index !== at && !(other.relation === "case" || /^(det|amod|flat|compound)$/.test(other.relation)))
          change(index, { head: at });
      });
      change(town, { head: at, relation: "obl" });
    },
  },
  // "Fighting between A and B erupted"
  {
    applies: ({ tokens, words }, token, at) =>
      words[at] === "fighting" &&
      token.upos === "VERB" &&
      /^(between|in|around|near|on)$/.test(words[at + 1] ?? "") &&
      token.head > at &&
      tokens[at - 1]?.upos !== "AUX",
    mend: ({ change }, _token, at) => {
      change(at, { upos: "NOUN", xpos: "NN", lemma: "fighting", relation: "nsubj" });
    },
  },
  // "took A hostage"
  {
    applies: ({ tokens, words }, token, at) =>
      token.upos === "PROPN" &&
      token.relation === "compound" &&
      tokens[at - 1]?.upos === "VERB" &&
      /^(hostage|captive|prisoner)$/.test(words[token.head] ?? "") &&
      tokens[token.head]?.relation === "obj",
    mend: ({ change }, _token, at) => {
      change(at, { head: at - 1, relation: "obj" });
    },
  },
  // "an arrest warrant" with the first noun as its head.
  {
    applies: ({ tokens }, token, at) =>
      token.xpos === "NN" && token.relation === "amod" && token.head === at - 1 && tokens[at - 1]?.upos === "NOUN",
    mend: ({ tokens, change }, _token, at) => {
      const first = tokens[at - 1];
      if (!first) return;
      change(at, { head: first.head, relation: first.relation });
      tokens.forEach((other, index) => {
        if (other.head === at - 1 && index !== at) change(index, { head: at });
      });
      change(at - 1, { head: at, relation: "compound" });
    },
  },
  // "sold Ruritanian drones to Lutha" with the drones as a verb.
  {
    applies: ({ tokens, words, child }, token, at) =>
      token.xpos === "VBZ" &&
      token.relation === "ccomp" &&
      /^(drones|tanks|jets|missiles|arms|helicopters|rockets|shells)$/.test(words[at] ?? "") &&
      child(at, SUBJECT) === at - 1 &&
      tokens[at - 1]?.upos === "PROPN",
    mend: ({ words, change }, _token, at) => {
      change(at, { upos: "NOUN", xpos: "NNS", relation: "obj", lemma: (words[at] ?? "").replace(/s$/, "") });
      change(at - 1, { relation: "compound" });
    },
  },
  // "as a go-between for A and B" in three words, the last a preposition of A's.
  {
    applies: ({ words }, token, at) =>
      words[at] === "go" && /^[-‐–]$/.test(words[at + 1] ?? "") && words[at + 2] === "between" && token.relation !== "root",
    mend: ({ tokens, words, change }, token, at) => {
      const party = token.head > at ? token.head : (tokens[at + 2]?.head ?? -1);
      const outer = tokens[party];
      change(at, { upos: "NOUN", xpos: "NN", lemma: "go-between" });
      change(at + 2, { head: at, relation: "flat", upos: "NOUN", xpos: "NN" });
      if (!outer || party < at + 2) return;
      change(at, { head: outer.head, relation: outer.relation });
      tokens.forEach((other, index) => {
        if (other.head === party && index < at && words[index] !== ",") change(index, { head: at });
      });
      change(party, { head: at, relation: "nmod" });
    },
  },
  // "Warning Ruritania against it, Lutha left": a name right after it is whom it is done to.
  {
    applies: ({ tokens, words, child }, token, at) =>
      at === 0 &&
      /^(warning|meeting|visiting|greeting)$/.test(words[0] ?? "") &&
      token.upos === "NOUN" &&
      token.relation === "advcl" &&
      child(0, /^(appos|flat|obj|nmod:unmarked)$/) > 0 &&
      tokens[1]?.upos === "PROPN",
    mend: ({ words, child, change }, _token, at) => {
      change(child(0, /^(appos|flat|obj|nmod:unmarked)$/), { relation: "obj" });
      change(at, { upos: "VERB", xpos: "VBG", lemma: (words[0] ?? "").replace(/ing$/, "") });
    },
  },
];

/** @returns the tokens with classes mended, and heads where a class brings another reading; the given ones are not changed. */
export function mendWordClasses(tokens: readonly Token[], words: readonly string[]): readonly Token[] {
  let mended: Token[] | undefined;
  const children = tokens.map((): number[] => []);
  tokens.forEach((token, at) => children[token.head]?.push(at));
  const sentence: Sentence = {
    tokens,
    words,
    closed: /^[.?!"”]$/.test(words.at(-1) ?? ""),
    child: (at, relation) => children[at]?.find((one) => relation.test(tokens[one]?.relation ?? "")) ?? -1,
    change: (at, fields) => {
      mended ??= [...tokens];
      const token = mended[at];
      if (token) mended[at] = { ...token, ...fields };
    },
  };
  tokens.forEach((token, at) => MENDINGS.find((mending) => mending.applies(sentence, token, at))?.mend(sentence, token, at));
  return mended ?? tokens;
}
