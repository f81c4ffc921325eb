import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block } from "../../src/model/text.ts";
import { tokenizeBlock, tokenizeDocument } from "../../src/nlp/tokens.ts";

const block = (text: string, kind: Block["kind"] = "paragraph"): Block => ({ start: 0, end: text.length, kind });
const words = (text: string, kind: Block["kind"] = "paragraph"): string[][] =>
  tokenizeBlock(text, block(text, kind), 0).map((sentence) => sentence.tokens.map((token) => text.slice(token.start, token.end)));

describe("tokens", () => {
  it.each<[string, string]>([
    ["They don't, can't and won't say it's over.", "They do n't , ca n't and wo n't say it 's over ."],
    ["Both sides cannot yield.", "Both sides can not yield ."],
    ["im sure ive read that Im Jong-seok cant", "i m sure i ve read that Im Jong - seok ca nt"],
    ["a Norway-brokered, 44-day truce", "a Norway - brokered , 44 - day truce"],
    ["anti-government forces and non-state actors", "anti-government forces and non-state actors"],
    ["the U.S. and the U.K. on Nov. 10", "the U.S. and the U.K. on Nov. 10"],
    ["Lt. Gen. Ana R. Silva met Mr. Q. Obi Jr.", "Lt. Gen. Ana R. Silva met Mr. Q. Obi Jr."],
    ["It cost $1,250.50, or 20% of A$90bn.", "It cost $ 1,250.50 , or 20 % of A$ 90 bn ."],
    ["the 1980s, the 21st and 10am", "the 1980s , the 21st and 10 am"],
    ["the states' envoys’ and Kyiv’s demands", "the states ' envoys ’ and Kyiv ’s demands"],
    ['"Stop," he said… now!', '" Stop , " he said … now !'],
    [
      "see https://example.org/a/b.html, or write to ana.b@example.org.",
      "see https://example.org/a/b.html , or write to ana.b@example.org .",
    ],
    ["al-Masri of Sana'a, Recep Tayyip Erdoğan", "al - Masri of Sana'a , Recep Tayyip Erdoğan"],
    ["• first point – agreed", "• first point – agreed"],
    ["talks (in Geneva) and/or Paris", "talks ( in Geneva ) and / or Paris"],
    ["Resolution No. 502", "Resolution No. 502"],
    ["She said no.", "She said no ."],
    ["the U.S.'s envoy", "the U.S. 's envoy"],
    ["AT&T and R&D", "AT&T and R&D"],
  ])("%s", (text, expected) => {
    expect(words(text, "headline").map((sentence) => sentence.join(" "))).toEqual([expected]);
  });
});

describe("sentences", () => {
  it.each<[string, string[]]>([
    ["Envoys met on Monday. Talks go on.", ["Envoys met on Monday.", "Talks go on."]],
    ["Gen. Park met Mr. Obi. Sen. Ito left.", ["Gen. Park met Mr. Obi.", "Sen. Ito left."]],
    ["He flew to the U.S. on Nov. 10. The U.S. Senate sat.", ["He flew to the U.S. on Nov. 10.", "The U.S. Senate sat."]],
    ["She went back to the U.S. The talks had failed.", ["She went back to the U.S.", "The talks had failed."]],
    ['"It is over." He left. "Go," she said.', ['"It is over."', "He left.", '"Go," she said.']],
    ['"Is it over?" he asked. “Yes.” Then he left.', ['"Is it over?" he asked.', "“Yes.”", "Then he left."]],
    ["We agreed ... on some points. Others remain.", ["We agreed ... on some points.", "Others remain."]],
    ["George W. Hill and J. R. Sato spoke.", ["George W. Hill and J. R. Sato spoke."]],
    ["They met at Pine Camp, Md. President Hill presided.", ["They met at Pine Camp, Md.", "President Hill presided."]],
    ["The vote is on Sept. 3. It is close.", ["The vote is on Sept. 3.", "It is close."]],
    ["Firms such as Pine Corp. are hit. No. 10 Elm St. was silent.", ["Firms such as Pine Corp. are hit.", "No. 10 Elm St. was silent."]],
    ["In Feb. Silva met Gen. (ret.) Ito. They spoke.", ["In Feb. Silva met Gen. (ret.) Ito.", "They spoke."]],
    ["It had two aims: its leader said so; others denied it.", ["It had two aims: its leader said so; others denied it."]],
    ["(The ministry denied it.) Talks go on.", ["(The ministry denied it.)", "Talks go on."]],
  ])("%s", (text, expected) => {
    expect(tokenizeBlock(text, block(text), 0).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it.each<[string, string]>([
    ["MOSCOW, Jan 14 (Reuters) - Envoys met.", "MOSCOW, Jan 14 (Reuters) -"],
    ["WASHINGTON, Sept. 18 — Envoys met.", "WASHINGTON, Sept. 18 —"],
    ["KYIV, Ukraine (AP) — Envoys met.", "KYIV, Ukraine (AP) —"],
    ["ADDIS ABABA/NAIROBI, 3 May 2021 – Envoys met.", "ADDIS ABABA/NAIROBI, 3 May 2021 –"],
    ["BEIJING, Jan. 14 (Xinhua) -- Envoys met.", "BEIJING, Jan. 14 (Xinhua) --"],
    ["Geneva, 14 January 2021 – Envoys met.", "Geneva, 14 January 2021 –"],
    ["Paris (AFP) – Envoys met.", "Paris (AFP) –"],
    ["ISLAMABAD: Envoys met.", "ISLAMABAD:"],
    ["ZAGREB (Hina), 14 June 1992. Envoys met.", "ZAGREB (Hina), 14 June 1992."],
    ["TASHKENT, May 12. /TASS/. Envoys met.", "TASHKENT, May 12. /TASS/."],
    ["Washington, D.C. – Envoys met.", "Washington, D.C. –"],
    ["(Reuters) - Envoys met.", "(Reuters) -"],
  ])("cuts off the dateline of %s", (text, dateline) => {
    const sentences = tokenizeBlock(text, block(text), 0);
    expect(sentences.map(({ start, end, dateline: is }) => [text.slice(start, end), is])).toEqual([
      [dateline, true],
      ["Envoys met.", false],
    ]);
  });

  it("sees no dateline in an ordinary opening", () => {
    for (const text of ["NATO – and Russia – met.", "UN envoys met Ana Silva - at last.", "Ana Silva, the envoy, spoke - briefly."]) {
      expect(tokenizeBlock(text, block(text), 0).filter((sentence) => sentence.dateline)).toEqual([]);
    }
  });
});

describe("any text", () => {
  const unicode = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          "U.S.",
          "Mr.",
          " ",
          "\n\n",
          "n't",
          "'s",
          "—",
          '"',
          "”",
          "can",
          "1,000",
          "http://",
          "@",
          "-",
          "٣",
          "\u200b",
          "\ud800",
          "…",
          "İ",
          "é",
        ),
        {
          maxLength: 60,
        },
      )
      .map((parts) => parts.join("")),
  );

  it("is covered by ordered, non-empty tokens inside their sentences; only gaps are left out", () => {
    fc.assert(
      fc.property(unicode, fc.constantFrom<Block["kind"]>("headline", "paragraph", "list-item"), (text, kind) => {
        const sentences = tokenizeBlock(text, block(text, kind), 7);
        let at = 0;
        for (const sentence of sentences) {
          expect(sentence.block).toBe(7);
          expect(sentence.start).toBe(sentence.tokens[0]?.start);
          expect(sentence.end).toBe(sentence.tokens.at(-1)?.end);
          for (const token of sentence.tokens) {
            expect(token.end).toBeGreaterThan(token.start);
            expect(token.start).toBeGreaterThanOrEqual(at);
            expect(text.slice(at, token.start)).toMatch(/^[\s\p{Cc}\u200b\u200e\u200f\u2060\ufeff]*$/u);
            at = token.end;
          }
        }
        expect(text.slice(at)).toMatch(/^[\s\p{Cc}\u200b\u200e\u200f\u2060\ufeff]*$/u);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps its offsets inside a larger document", () => {
    fc.assert(
      fc.property(unicode, unicode, (before, text) => {
        const whole = `${before}\n${text}`;
        const start = before.length + 1;
        const alone = tokenizeBlock(text, block(text), 0).flatMap((sentence) => sentence.tokens);
        const inside = tokenizeBlock(whole, { kind: "paragraph", start, end: whole.length }, 0).flatMap((sentence) => sentence.tokens);
        expect(inside).toEqual(alone.map((token) => ({ start: token.start + start, end: token.end + start })));
      }),
    );
  });

  it.each(["a", "é", "1", "-", ".", "'", "a-", "a.", "a@", "a'", "\u0301", "1.", "a/", "/", "A&", "(", "\ud800", "http://", "x."])(
    "reads a megabyte of %j without a space",
    (unit) => {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const tokens = tokenizeBlock(text, block(text), 0).flatMap((sentence) => sentence.tokens);
      expect(tokens.reduce((sum, token) => sum + token.end - token.start, 0)).toBe(text.length);
    },
  );

  it("leaves blocks that hold no language alone", () => {
    const text = "A headline\nhttps://example.org\nWords.";
    const document = {
      id: "x" as never,
      name: "x",
      title: "A headline",
      text,
      blocks: [
        { kind: "headline", start: 0, end: 10 },
        { kind: "url", start: 11, end: 30 },
        { kind: "paragraph", start: 31, end: 37 },
      ] as const,
    };
    expect(tokenizeDocument(document).map(({ block, start, end }) => [block, text.slice(start, end)])).toEqual([
      [0, "A headline"],
      [2, "Words."],
    ]);
  });
});
