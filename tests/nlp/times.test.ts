import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DependencyRelation, Sentence, Token, Upos } from "../../src/model/annotation.ts";
import type { BlockKind, SourceDocument } from "../../src/model/text.ts";
import { findTimes } from "../../src/nlp/times.ts";
import { tokenizeBlock } from "../../src/nlp/tokens.ts";

/**
 * A sentence with a tree by hand. Words carry "|tag|relation|head" where it matters; the rest are obliques of the root, and the first
 * word tagged "root" is the root.
 */
function parse(annotated: string): { text: string; sentence: Sentence } {
  const cells = annotated.split(" ").map((cell) => cell.split("|"));
  const text = cells.map(([form]) => form).join(" ");
  const root = cells.findIndex((cell) => cell[2] === "root");
  let at = 0;
  const tokens = cells.map(([form = "", xpos = "NN", relation = "obl", head], i): Token => {
    const start = at;
    at += form.length + 1;
    const upos: Upos =
      xpos === "MD" || relation.startsWith("aux")
        ? "AUX"
        : xpos.startsWith("V")
          ? "VERB"
          : xpos === "TO"
            ? "PART"
            : xpos === "JJ"
              ? "ADJ"
              : form === "."
                ? "PUNCT"
                : "NOUN";
    const lemma = { was: "be", is: "be", had: "have", has: "have", failed: "fail", expected: "expect" }[form] ?? form.toLowerCase();
    const parent = i === root ? -1 : head === undefined ? Math.max(root, 0) : Number(head);
    return { start, end: at - 1, lemma, upos, xpos, head: i === 0 && root < 0 ? -1 : parent, relation: relation as DependencyRelation };
  });
  return { text, sentence: { start: 0, end: text.length, block: 0, tokens, names: [] } };
}

function times(annotated: string, date?: string, kind: BlockKind = "paragraph"): string[] {
  const { text, sentence } = parse(annotated);
  const document: SourceDocument = {
    id: "x" as SourceDocument["id"],
    name: "x",
    title: "x",
    text,
    blocks: [{ kind, start: 0, end: text.length }],
    ...(date ? { date } : {}),
  };
  return findTimes(document, [sentence]).map((time) => {
    if (!time.date) return `${text.slice(time.start, time.end)} = no date`;
    const { start, end, precision, basis } = time.date;
    const value = precision === "day" ? start : precision === "month" ? start.slice(0, 7) : start.slice(0, 4);
    const last = precision === "day" ? end : precision === "month" ? end.slice(0, 7) : end.slice(0, 4);
    return `${text.slice(time.start, time.end)} = ${value}${last === value ? "" : `..${last}`} ${basis}`;
  });
}

// 2021-01-13 was a Wednesday.
const DAY = "2021-01-13";

describe("times written in full", () => {
  it.each<[string, string[]]>([
    ["They met|VBD|root on 10 November 2020 .", ["10 November 2020 = 2020-11-10 explicit"]],
    ["They met|VBD|root on November 10 , 2020 .", ["November 10 , 2020 = 2020-11-10 explicit"]],
    ["They met|VBD|root on Nov. 10th , 2020 .", ["Nov. 10th , 2020 = 2020-11-10 explicit"]],
    ["They met|VBD|root on the 14th of January 2021 .", ["14th of January 2021 = 2021-01-14 explicit"]],
    ["They met|VBD|root on Tuesday , 12 January 2021 .", ["Tuesday , 12 January 2021 = 2021-01-12 explicit"]],
    ["They met|VBD|root in January 2021 .", ["January 2021 = 2021-01 explicit"]],
    ["They met|VBD|root in 2019 .", ["2019 = 2019 explicit"]],
    ["They met|VBD|root in mid-2003 .", ["mid-2003 = 2003 explicit"]],
    ["the 2015 accord stands|VBZ|root", ["2015 = 2015 explicit"]],
    ["They met|VBD|root from 3 to 5 May 2018 .", ["3 to 5 May 2018 = 2018-05-03..2018-05-05 explicit"]],
    ["They met|VBD|root on May 3-5 , 2018 .", []],
    ["They met|VBD|root on May 3 - 5 , 2018 .", ["May 3 - 5 , 2018 = 2018-05-03..2018-05-05 explicit"]],
    ["They met|VBD|root from May 30 to June 2 , 2018 .", ["May 30 to June 2 , 2018 = 2018-05-30..2018-06-02 explicit"]],
    ["They fought|VBD|root between 2014 and 2016 .", ["2014 and 2016 = 2014..2016 explicit"]],
    ["The 1998 - 2000 war ended|VBD|root", ["1998 - 2000 = 1998..2000 explicit"]],
    ["They met|VBD|root on 2020-11-10 and 31/12/2020 .", ["2020-11-10 = 2020-11-10 explicit", "31/12/2020 = 2020-12-31 explicit"]],
    ["They met|VBD|root on 03/04/2020 and 31 June 2020 .", []],
    ["They sent|VBD|root 2000|CD|nummod|4 more|JJ|amod|4 troops|NNS|obj to 1550|CD|nummod|7 villages|NNS", []],
    ["They may|MD|aux|2 meet|VB|root and march|VB|conj|2 .", []],
  ])("%s", (text, expected) => {
    expect(times(text)).toEqual(expected);
  });
});

describe("times that count from the document's date", () => {
  it.each<[string, string[]]>([
    ["They met|VBD|root on Monday .", ["Monday = 2021-01-11 relative"]],
    ["They met|VBD|root on Wednesday night .", ["Wednesday night = 2021-01-13 relative"]],
    ["They will|MD|aux|2 meet|VB|root on Monday .", ["Monday = 2021-01-18 relative"]],
    ["They meet|VBP|root on Friday .", ["Friday = 2021-01-15 relative"]],
    ["He was|VBD|aux:pass|2 expected|VBN|root on Friday .", ["Friday = 2021-01-15 relative"]],
    ["They agreed|VBD|root to|TO|mark|3 meet|VB|xcomp|1 on Friday|NNP|obl|3 .", ["Friday = 2021-01-15 relative"]],
    ["They failed|VBD|root to|TO|mark|3 agree|VB|xcomp|1 on Tuesday|NNP|obl|3 .", ["Tuesday = 2021-01-12 relative"]],
    ["They arrived|VBD|root before|IN|case|3 talks|NNS on Friday|NNP|nmod|3 .", ["Friday = 2021-01-15 relative"]],
    ["They met|VBD|root last Friday .", ["last Friday = 2021-01-08 relative"]],
    ["They met|VBD|root last Wednesday .", ["last Wednesday = 2021-01-06 relative"]],
    ["They will|MD|aux|2 meet|VB|root next Friday .", ["next Friday = 2021-01-22 relative"]],
    ["They met|VBD|root yesterday .", ["yesterday = 2021-01-12 relative"]],
    ["They meet|VBP|root tomorrow , not today .", ["tomorrow = 2021-01-14 relative", "today = 2021-01-13 relative"]],
    ["They signed|VBD|root it on Nov. 10 .", ["Nov. 10 = 2020-11-10 relative"]],
    ["They will|MD|aux|2 sign|VB|root it on Nov. 10 .", ["Nov. 10 = 2021-11-10 relative"]],
    ["They met|VBD|root in August .", ["August = 2020-08 relative"]],
    ["They will|MD|aux|2 meet|VB|root in August .", ["August = 2021-08 relative"]],
    ["They met|VBD|root in January .", ["January = 2021-01 relative"]],
    ["They met|VBD|root last January .", ["last January = 2020-01 relative"]],
    ["They met|VBD|root in mid-December .", ["mid-December = 2020-12 relative"]],
    ["They met|VBD|root last month , and last year .", ["last month = 2020-12 relative", "last year = 2020 relative"]],
    ["They met|VBD|root last week and recently|RB|advmod .", ["last week = no date"]],
    ["They met|VBD|root two weeks ago , then earlier this week .", ["two weeks ago = no date", "earlier this week = no date"]],
    ["They met|VBD|root a few days later , over the weekend .", ["a few days later = no date", "over the weekend = no date"]],
    ["They met|VBD|root in recent months and in the early 1990s .", ["in recent months = no date", "the early 1990s = no date"]],
    ["They met|VBD|root a few hours ago .", ["a few hours ago = 2021-01-13 relative"]],
    ["They met|VBD|root the day before yesterday .", ["the day before yesterday = 2021-01-11 relative"]],
    ["They met|VBD|root earlier this month , or later this year .", ["this month = 2021-01 relative", "this year = 2021 relative"]],
    ["They will|MD|aux|2 meet|VB|root this fall .", ["this fall = 2021 relative"]],
    ["They met|VBD|root on Christmas Day .", ["Christmas Day = 2020-12-25 relative"]],
    [
      "They met|VBD|root in May 2019 ; the following March they left .",
      ["May 2019 = 2019-05 explicit", "the following March = 2020-03 relative"],
    ],
    [
      "They met|VBD|root in May 2019 ; in June of that year they left .",
      ["May 2019 = 2019-05 explicit", "June of that year = 2019-06 relative"],
    ],
    [
      "They met|VBD|root in May 2019 , and the following month they left .",
      ["May 2019 = 2019-05 explicit", "the following month = 2019-06 relative"],
    ],
    ["They met|VBD|root two days ago .", ["two days ago = 2021-01-11 relative"]],
    ["They met|VBD|root three years ago .", ["three years ago = 2018 relative"]],
    ["They met|VBD|root on the 4th .", ["the 4th = 2021-01-04 relative"]],
    ["They will|MD|aux|2 meet|VB|root on the 4th .", ["the 4th = 2021-02-04 relative"]],
    ["They met|VBD|root on Monday after talks the day before .", ["Monday = 2021-01-11 relative", "the day before = 2021-01-10 relative"]],
    ["They met|VBD|root on Monday , later in the day .", ["Monday = 2021-01-11 relative", "later in the day = 2021-01-11 relative"]],
    ["They met|VBD|root hours earlier .", ["hours earlier = 2021-01-13 relative"]],
    [
      "They met|VBD|root in February 2020 ; six months later they left .",
      ["February 2020 = 2020-02 explicit", "six months later = 2020-08 relative"],
    ],
    ["They met|VBD|root from Monday to Wednesday .", ["Monday to Wednesday = 2021-01-11..2021-01-13 relative"]],
  ])("%s", (text, expected) => {
    expect(times(text, DAY)).toEqual(expected);
    // Without a date of the document nothing is guessed.
    expect(times(text).filter((time) => time.endsWith("relative") && !/six months|May|following|that year/u.test(time))).toEqual([]);
  });

  it("dates an event by its distance from another", () => {
    expect(
      times("It came|VBD|root on Tuesday , a|DT|det|6 day|NN|obl:unmarked|9 after|IN|case|9 his|PRP$|nmod:poss|9 trip|NN|obl .", DAY),
    ).toEqual(["Tuesday = 2021-01-12 relative", "a day after = 2021-01-11 relative"]);
  });

  it("reads the present of a headline as the past", () => {
    expect(times("Envoys meet|VBP|root Monday", DAY, "headline")).toEqual(["Monday = 2021-01-11 relative"]);
  });

  it("leaves names alone", () => {
    const { text, sentence } = parse("The Friday Accords hold|VBP|root");
    const document: SourceDocument = {
      id: "x" as SourceDocument["id"],
      name: "x",
      title: "x",
      text,
      blocks: [{ kind: "paragraph", start: 0, end: text.length }],
      date: DAY,
    };
    expect(findTimes(document, [{ ...sentence, names: [{ first: 1, last: 3, label: "other" }] }])).toEqual([]);
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    ..."on in the last next this ago week weeks few recently Christmas Day following Monday Friday May March Nov. 10 31 2020 1999 , - to from between and days two ago earlier the same day before after 14th 2020-13-45 99/99/9999 month year Good".split(
      " ",
    ),
  );
  it("gives ordered, disjoint times that are real days", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(undefined, DAY, "2020-02-29", "not a date"),
        (words, date) => {
          const text = words.join(" ");
          const block = { kind: "paragraph", start: 0, end: text.length } as const;
          const sentences = tokenizeBlock(text, block, 0).map(
            (draft): Sentence => ({
              ...draft,
              names: [],
              dateline: undefined as never,
              tokens: draft.tokens.map((span, i) => ({
                ...span,
                lemma: "x",
                upos: "NOUN",
                xpos: "NN",
                head: i - 1,
                relation: i === 0 ? "root" : "dep",
              })),
            }),
          );
          const found = findTimes({ id: "x" as never, name: "x", title: "x", text, blocks: [block], ...(date ? { date } : {}) }, sentences);
          let at = 0;
          for (const time of found) {
            expect(time.start).toBeGreaterThanOrEqual(at);
            expect(time.head).toBeGreaterThanOrEqual(time.first);
            expect(time.head).toBeLessThan(time.last);
            at = time.end;
            if (!time.date) continue;
            for (const day of [time.date.start, time.date.end]) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
            expect(time.date.start <= time.date.end).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
