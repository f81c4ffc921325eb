/** What reading finds in a document: blocks, title, date, outlet, address. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../../src/model/text.ts";
import { read, readText } from "../../src/read/read.ts";

const doc = (text: string) => readText(text, "file-name");
const slices = (document: SourceDocument) => document.blocks.map(({ kind, start, end }) => `${kind}: ${document.text.slice(start, end)}`);
const facts = ({ name, title, date, source, url }: SourceDocument) => ({ name, title, date, source, url });

const BODY = "The envoys of Arland and Borland signed a treaty in Port Quay on Monday.\n\nThey met again on Tuesday.";

describe("a bulletin", () => {
  const seed = new URL("../../seeds/000_69dfcfd1fc353171.txt", import.meta.url);
  const document = read(readFileSync(seed), "seeds/000_69dfcfd1fc353171.txt");

  it("takes the outlet's own date, not the bulletin's", () => {
    expect(facts(document)).toEqual({
      name: "000_69dfcfd1fc353171",
      title: "PUTIN INFORMS ERDOĞAN ABOUT NAGORNO-KARABAKH MEETING WITH AZERBAIJAN, ARMENIA",
      date: "2021-01-13",
      source: "Daily Sabah",
      url: "https://www.dailysabah.com/politics/diplomacy/putin-informs-erdogan-about-nagorno-karabakh-meeting-with-azerbaijan-armenia",
    });
  });

  it("keeps headline, dates, outlet, address and label out of the story", () => {
    const kinds = document.blocks.map((block) => block.kind);
    expect(kinds).toEqual(["headline", "dateline", "outlet", ...Array.from({ length: 13 }, () => "paragraph"), "url", "boilerplate"]);
    expect(slices(document).at(-1)).toBe("boilerplate: Kaynak/Source:");
    expect(slices(document)[0]).toBe(`headline: ${document.title}`);
  });

  it("is not taken for front matter when the rule stands first", () => {
    const trimmed = doc("---\n\n**ARLAND SIGNS**\n\n-\n\n02.03.2021\n\n---\n\nThe Herald (1 March 2021)\n\n" + BODY);
    expect(facts(trimmed)).toMatchObject({ title: "ARLAND SIGNS", date: "2021-03-01", source: "The Herald" });
  });
});

describe("front matter", () => {
  it("names, titles and dates the document", () => {
    const text = `---\nid: treaty-1\ntitle: "Arland: a treaty"\ndate: 2021-03-02\nsource: Harbour Wire\nurl: https://example.org/a\ntags: [a, b]\n---\n\n${BODY}`;
    const document = doc(text);
    expect(facts(document)).toEqual({
      name: "treaty-1",
      title: "Arland: a treaty",
      date: "2021-03-02",
      source: "Harbour Wire",
      url: "https://example.org/a",
    });
    expect(document.text).toBe(text);
    expect(document.blocks.map((block) => block.kind)).toEqual(["boilerplate", "paragraph", "paragraph"]);
  });

  it.each([
    ["a colon in a title", "title: Arland: a treaty\ndate: 2 March 2021", { title: "Arland: a treaty", date: "2021-03-02" }],
    [
      "a title that begins with a quotation",
      'title: "Never again," says Arland\ndate: 2021-03-02',
      { title: '"Never again," says Arland' },
    ],
    ["an id of figures only", "id: 007", { name: "007" }],
    ["a date with time", "date: 2021-03-02T10:00:00+03:00", { date: "2021-03-02" }],
    ["a date that does not exist", "date: 2021-02-30\nid: x", { date: undefined }],
    [
      "other names of the fields",
      "headline: A treaty\npublished: 2.3.2021\noutlet: Wire\nlink: https://example.org",
      { title: "A treaty", date: "2021-03-02", source: "Wire", url: "https://example.org" },
    ],
    ["an address that is none of the web's", "id: x\nurl: javascript:alert(1)", { url: undefined }],
    ["a title over two lines", "title: >\n  A treaty\n  is signed\nid: x", { title: "A treaty is signed" }],
  ])("takes %s", (_, yaml, expected) => {
    expect(facts(doc(`---\n${yaml}\n---\n${BODY}`))).toMatchObject(expected);
  });

  it("is bounded: aliases that multiply are not followed", () => {
    const bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntitle: T\n";
    expect(doc(`---\n${bomb}---\n${BODY}`).text).toContain(BODY);
  });

  it("does not swallow a text between two rules", () => {
    expect(slices(doc(`---\nThey signed a treaty.\n---\n${BODY}`))[0]).toBe("paragraph: They signed a treaty.");
  });
});

describe("header lines", () => {
  it("give title, date, source and address", () => {
    const document = doc(`Title: A Treaty Signed\nDate: March 2, 2021\nSource: Harbour Wire\nURL: https://example.org/a\n\n${BODY}`);
    expect(facts(document)).toMatchObject({
      title: "A Treaty Signed",
      date: "2021-03-02",
      source: "Harbour Wire",
      url: "https://example.org/a",
    });
    expect(slices(document).slice(0, 4)).toEqual([
      "headline: A Treaty Signed",
      "dateline: March 2, 2021",
      "outlet: Harbour Wire",
      "url: https://example.org/a",
    ]);
  });

  it("are not a story's opening with a colon", () => {
    expect(doc(`Source: unknown hands wrote it.\n${BODY}`).blocks.filter((block) => block.kind === "paragraph").length).toBeGreaterThan(0);
    expect(doc(`LAHORE, Pakistan: The two met.\n\n${BODY}`).source).toBeUndefined();
  });
});

describe("a plain text", () => {
  it.each([
    ["first line, blank line", `Arland Signs Treaty With Borland\n\n${BODY}`, "Arland Signs Treaty With Borland"],
    ["first line, no blank line", `Arland Signs Treaty With Borland\n${BODY}`, "Arland Signs Treaty With Borland"],
    ["a question", `Will Arland Sign?\n\n${BODY}`, "Will Arland Sign?"],
    ["an abbreviation at its end", `Arland Rejects Talks With U.S.\n\n${BODY}`, "Arland Rejects Talks With U.S."],
    ["a Markdown heading", `# Arland Signs #\n\n${BODY}`, "Arland Signs"],
    ["an underlined heading", `Arland Signs\n============\n\n${BODY}`, "Arland Signs"],
    ["a bold line", `**Arland Signs**\n\n${BODY}`, "Arland Signs"],
  ])("has a headline: %s", (_, text, title) => {
    const document = doc(text);
    expect(document.title).toBe(title);
    expect(slices(document)[0]).toBe(`headline: ${title}`);
    expect(document.blocks).toHaveLength(3);
  });

  it.each([
    ["a sentence", BODY, "The envoys of Arland and Borland signed a treaty in Port Quay on Monday"],
    [
      "a dateline before it",
      `PORT QUAY, Arland, March 2 (Harbour Wire) — ${BODY}`,
      "The envoys of Arland and Borland signed a treaty in Port Quay on Monday",
    ],
    ["nothing but one line", "Arland meets Borland", "Arland meets Borland"],
    [
      "a long first sentence",
      `The envoys of ${"Arland and ".repeat(30)}Borland signed.`,
      `The envoys of ${"Arland and ".repeat(7)}Arland …`,
    ],
  ])("without a headline is titled by its first words, which stay in the story: %s", (_, text, title) => {
    const document = doc(text);
    expect(document.title).toBe(title);
    expect(document.blocks[0]).toMatchObject({ kind: "paragraph", start: 0 });
  });

  it("joins lines broken to a width and parts lines that are paragraphs", () => {
    const wrapped =
      "The envoys of Arland and Borland signed a\ntreaty in Port Quay on Monday. They met\nagain on Tuesday in the same town and\nleft.";
    expect(doc(wrapped).blocks).toHaveLength(1);
    expect(
      doc("The envoys of Arland and Borland signed.\nThey met again.\nThen they left for the coast by an early train.").blocks,
    ).toHaveLength(3);
  });

  it("knows list items, quotations, rules, addresses and what is no story", () => {
    const document = doc(
      `A Treaty\n\nBy Ines Park\n\n${BODY}\n\n- Arland pays\n- Borland leaves\n1. First point\n> They agreed.\n\n***\n\nhttps://example.org/b\n\n(Reporting by Ines Park; editing by Tom Reed)\n© 2021 Harbour Wire\nRead more: other news\n\`\`\`\ncode\n\`\`\``,
    );
    expect(slices(document)).toEqual([
      "headline: A Treaty",
      "boilerplate: By Ines Park",
      "paragraph: The envoys of Arland and Borland signed a treaty in Port Quay on Monday.",
      "paragraph: They met again on Tuesday.",
      "list-item: Arland pays",
      "list-item: Borland leaves",
      "list-item: First point",
      "paragraph: They agreed.",
      "url: https://example.org/b",
      "boilerplate: (Reporting by Ines Park; editing by Tom Reed)",
      "boilerplate: © 2021 Harbour Wire",
      "boilerplate: Read more: other news",
      "boilerplate: ```",
      "boilerplate: code",
      "boilerplate: ```",
    ]);
    expect(document.url).toBe("https://example.org/b");
  });

  it("keeps a sentence that only begins like furniture", () => {
    for (const sentence of [
      "By Tuesday the two had met.",
      "Sharing power, they signed.",
      "Related parties met in Arland.",
      "Source code was handed over.",
    ]) {
      expect(slices(doc(`A Treaty\n\n${sentence}\n\n${BODY}`))).toContain(`paragraph: ${sentence}`);
    }
  });
});

describe("the lines above the story", () => {
  const title = "Secretary Quay's Call with Foreign Minister Tern";
  it.each([
    ["a readout", `READOUT\n\nOffice of the Spokesperson\nFor Immediate Release\nMarch 2, 2021\n\n${title}`, "Office of the Spokesperson"],
    ["a readout below its headline", `${title}\n\nREADOUT\n\nOFFICE OF THE SPOKESPERSON\n\nMARCH 2, 2021`, "OFFICE OF THE SPOKESPERSON"],
    [
      "a statement of a house",
      `THE WHITE HOUSE\nOffice of the Press Secretary\nFOR IMMEDIATE RELEASE\n\nMarch 2, 2021\n\n${title}`,
      "THE WHITE HOUSE",
    ],
    [
      "a ministry's release",
      `Ministry of Foreign Affairs of Arland\n\n${title}\n\nMarch 02, 2021`,
      "Ministry of Foreign Affairs of Arland",
    ],
    ["a numbered release", `No: 15, 2 March 2021, ${title}`, undefined],
    ["a council's press release", `European Council\nPress release\n2 March 2021\n10:30\n\n${title}`, "European Council"],
    ["a kind, a day and a town", `Press release | 2 March 2021 | Brussels\n\n${title}`, undefined],
    ["a document's symbol", `Security Council\nMeetings Coverage\nSC/14412\n2 March 2021\n\n${title}`, "Security Council"],
    ["a day with a time and a place", `Events\n\n${title}\nMarch 2, 2021 15:40 The Kremlin, Moscow`, undefined],
    ["two days", `${title}\n\n02 Mar. 2021 - | Last updated: 03 Mar. 2021 09:12`, undefined],
    ["an outlet and an update", `${title}\n\nXinhua | Updated: 2021-03-02 10:22`, "Xinhua"],
    ["an outlet, a time and an editor", `${title}\n\nSource: Xinhua| 2021-03-02 10:22:35|Editor: huaxia`, "Xinhua"],
    ["a label above the day", `${title}\n\nPublished\n2 March 2021`, undefined],
    ["an outlet's staff", `${title}\n\nBy Al Jazeera Staff\nPublished On 2 Mar 2021\n2 Mar 2021`, "Al Jazeera"],
    ["a writer's post", `${title}\n\nJo Quay, Diplomatic Editor\nTue 2 Mar 2021 10.22 GMT`, undefined],
    ["a writer and two days", `${title}\n\nJo Reef Tern   |02.03.2021 - Update : 03.03.2021`, undefined],
    ["a day that ages", `${title}\n\nBy Jo Quay and Al Tern\n\nMarch 2, 2021 10:22 AM UTC · Updated 3 years ago`, undefined],
    ["a town without a comma", `${title}\n\nCHISINAU 2 March 2021`, undefined],
    ["a day in parentheses", `${title}\n\n(Port Quay, 2 March 2021)`, undefined],
  ])("tell headline, day and issuer: %s", (_, top, source) => {
    const document = doc(`${top}\n\n${BODY}`);
    expect(facts(document)).toMatchObject({ title, date: "2021-03-02", source });
    expect(slices(document).filter((block) => block.startsWith("paragraph"))).toHaveLength(2);
  });

  it("may follow the first sentences, where a time shows that they do not head a part", () => {
    const lead = "The president had a telephone conversation with his counterpart.";
    expect(doc(`${title}\n\n${lead}\n\nMarch 2, 2021\n16:10\n\n${BODY}`)).toMatchObject({ title, date: "2021-03-02" });
    expect(doc(`${title}\n\n${lead}\n\nMarch 2, 2021\n\n${BODY}`).date).toBeUndefined();
  });

  it.each([
    "Government of Borland Rejects Deal With Arland",
    "Ministry of Foreign Affairs Condemns Attack",
    "State Visit to Borland Ends",
    "European Council Agrees to Sanctions",
    "Protesters Storm Embassy",
    "Arland Votes 2 March 2021",
  ])("are not taken for it where they are the headline: %s", (headline) => {
    expect(doc(`${headline}\n\n${BODY}`)).toMatchObject({ title: headline });
  });

  it("leave later lines like headlines in the story", () => {
    const document = doc(`${title}\n\nTalks to go on\n\n${BODY}`);
    expect(slices(document)[1]).toBe("paragraph: Talks to go on");
  });
});

describe("the publication date", () => {
  it.each(["New York, 2 March 2021", "2 March 2021", "Done at Port Quay on 2 March 2021."])("stands below the text: %s", (last) => {
    expect(doc(`A Treaty Signed\n\n${BODY}\n\nJo Quay, Spokesman for the President\n${last}`).date).toBe("2021-03-02");
    expect(doc(`A Treaty Signed\n\n1 March 2021\n\n${BODY}\n\n${last}`).date).toBe("2021-03-01");
  });

  const dated = (top: string, body = BODY) => doc(`A Treaty Signed\n\n${top}\n\n${body}`).date;

  it.each([
    ["a date line", dated("2 March 2021"), "2021-03-02"],
    ["a labelled date line", dated("Published: March 2, 2021 10:30"), "2021-03-02"],
    ["an outlet with its date", dated("Harbour Wire | 2 March 2021"), "2021-03-02"],
    ["an outlet's date before the page's", dated("5 March 2021\nHarbour Wire (2 March 2021)"), "2021-03-02"],
    ["a full dateline", dated("", `PORT QUAY, March 2, 2021 (Wire) - ${BODY}`), "2021-03-02"],
    ["a dateline closed by a full stop", dated("", `PORT QUAY (Wire), 2 March 2021. ${BODY}`), "2021-03-02"],
    ["a dateline's day in the printed year", dated("03.03.2021", `PORT QUAY, March 2 (Wire) - ${BODY}`), "2021-03-02"],
    ["a dateline's day before New Year", dated("01.01.2021", `PORT QUAY, Dec 31 (Wire) - ${BODY}`), "2020-12-31"],
    ["an address", dated("https://example.org/2021/03/02/treaty"), "2021-03-02"],
    ["slashes read by the weekday", dated("Tuesday, 02/03/2021"), "2021-03-02"],
    ["slashes read by the dateline", dated("03/02/2021", `PORT QUAY, March 2 (Wire) - ${BODY}`), "2021-03-02"],
    ["slashes of an American outlet", dated("Washington Post (03/02/2021)"), "2021-03-02"],
    ["slashes under a country's domain", dated("02/03/2021\nhttps://example.org.uk/a"), "2021-03-02"],
    ["slashes that nothing settles", dated("02/03/2021"), undefined],
    ["a dateline without a year", dated("", `PORT QUAY, March 2 (Wire) - ${BODY}`), undefined],
    ["no date", dated(""), undefined],
    ["a date inside the story", dated("", `${BODY}\n\nThe first treaty is of 2 March 1921.`), undefined],
    ["a date that heads a part", dated("", `${BODY}\n\n2 March 1921\n\nThe first treaty was signed.`), undefined],
  ])("is found: %s", (_, date, expected) => {
    expect(date).toBe(expected);
  });

  it("and the agency come from datelines of many agencies", () => {
    for (const [opening, source] of [
      ["MOSCOW, Jan 14 (Reuters) - ", "Reuters"],
      ["KYIV, Ukraine (AP) — ", "AP"],
      ["MOSCOW, January 13. /TASS/. ", "TASS"],
      ["Paris (AFP) – ", "AFP"],
      ["ZAGREB (Hina), 14 June 1992. ", "Hina"],
      ["BEIJING, Jan. 13 (Xinhua) -- ", "Xinhua"],
      ["HELSINKI, Finland (Tuesday) — ", undefined],
      ["SEOUL, June 15 (from pool reports in Pyongyang) — ", undefined],
      ["MINSK (12 February) — ", undefined],
      ["MOSCOW/WARSAW, Feb 21 — ", undefined],
      ["The two sides — Arland and Borland (both members) — ", undefined],
    ] as const) {
      expect([opening, doc(`${opening}${BODY}`).source]).toEqual([opening, source]);
    }
  });
});

describe("a dateline on a line of its own", () => {
  it.each([
    ["MOSCOW, Jan 14 (Reuters)", "Reuters", undefined],
    ["Geneva, Switzerland, 14 January 2021", undefined, "2021-01-14"],
    ["YEREVAN, JANUARY 13, 2021 /ARMENPRESS/.", "ARMENPRESS", "2021-01-13"],
  ])("%s", (line, source, date) => {
    const document = doc(`A Treaty Signed\n\n${line}\n\n${BODY}`);
    expect(slices(document)[1]).toBe(`dateline: ${line}`);
    expect(facts(document)).toMatchObject({ title: "A Treaty Signed", source, date });
  });

  it.each(["Erdogan, Putin Talk on Jan 14", "Talks in Geneva, January 14", "Arland, Borland, May Day 14"])(
    "is not a headline: %s",
    (line) => {
      expect(doc(`${line}\n\n${BODY}`).title).toBe(line);
    },
  );
});

describe("marks inside lines", () => {
  const unmarked = (line: string) => {
    const { text, markup = [] } = doc(`A Treaty\n\n${line}\n\n${BODY}`);
    return markup
      .toReversed()
      .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
      .split("\n")[2];
  };

  it.each([
    ["**Ines Park** met _Tom Reed_ and __Ann Lee__.", "Ines Park met Tom Reed and Ann Lee."],
    ['[Ines Park](https://example.org/a_b_c) met [Tom](/tom "his page").', "Ines Park met Tom."],
    ["They met[1] in the town.[^2]", "They met in the town."],
    ['<b>Ines Park</b> met <a href="x">Tom</a>.', "Ines Park met Tom."],
    ["See ![a map](map.png) of *Arland*.", "See  of Arland."],
    [
      "It cost 5 * 3 * 2 and snake_case_names stay, [as said] does this.",
      "It cost 5 * 3 * 2 and snake_case_names stay, [as said] does this.",
    ],
  ])("%s", (line, expected) => {
    expect(unmarked(line)).toBe(expected);
  });

  it("are none in plain news", () => {
    expect(doc(BODY).markup).toBeUndefined();
  });
});

describe("identity", () => {
  it("is the same for the same text in another encoding, with other line ends or another file name", () => {
    const text = `A Treaty\n\nŞahin signed. ${BODY}\n`;
    const { id } = read(Buffer.from(text), "a.txt");
    expect(read(Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`, "utf16le"), "b/c.md").id).toBe(id);
    expect(read(Buffer.from(text.normalize("NFD")), "a.txt").id).toBe(id);
    expect(read(Buffer.from(text.replace("signed", "sighed")), "a.txt").id).not.toBe(id);
  });

  it.each([
    ["news/2021.03/talks.v2.txt", "talks.v2"],
    ["talks.md", "talks"],
    ["talks", "talks"],
  ])("names %s %s", (file, name) => {
    expect(read(Buffer.from(BODY), file).name).toBe(name);
  });
});

describe("the hand-marked documents", () => {
  const folder = new URL("../gold/", import.meta.url);
  const golds = readdirSync(folder).filter((file) => file.endsWith(".json"));

  it("come back from front matter as they are, story untouched", () => {
    for (const file of golds) {
      const gold = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as {
        id: string;
        title: string;
        date: string;
        source: string;
        text: string;
      };
      const text = `---\nid: ${gold.id}\ntitle: ${gold.title}\ndate: ${gold.date}\nsource: ${gold.source}\n---\n\n${gold.text}\n`;
      const document = doc(text);
      expect(facts(document)).toEqual({ name: gold.id, title: gold.title, date: gold.date, source: gold.source, url: undefined });
      const story = document.blocks.slice(1);
      expect(story.map((block) => text.slice(block.start, block.end))).toEqual(gold.text.split(/\n+/u).filter((line) => line !== ""));
      expect(new Set(story.map((block) => block.kind))).toEqual(new Set(["paragraph"]));
    }
  });
});

describe("any text", () => {
  const line = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constantFrom(
      "",
      "---",
      "# A",
      "**B**",
      "- c",
      "02.03.2021",
      "Wire (2 March 2021)",
      "<https://example.org>",
      "Kaynak/Source:",
      "Title: x",
      "```",
      "> q",
      "MOSCOW, Jan 14 (Reuters) - They met.",
    ),
  );
  const text = fc
    .array(line, { minLength: 1, maxLength: 25 })
    .chain((lines) => fc.constantFrom("\n", "\r\n", "\r").map((end) => lines.join(end)));

  it("is kept unchanged, in blocks that follow each other without overlap and hold no white space at their ends", () => {
    fc.assert(
      fc.property(text, (given) => {
        const document = doc(given);
        expect(document.text).toBe(given);
        let end = 0;
        for (const block of document.blocks) {
          expect(block.start).toBeGreaterThanOrEqual(end);
          expect(block.end).toBeGreaterThan(block.start);
          end = block.end;
          const slice = given.slice(block.start, block.end);
          expect(slice).toBe(slice.trim());
        }
        expect(end).toBeLessThanOrEqual(given.length);
        expect(document.title).not.toBe("");
      }),
    );
  });

  it("of a megabyte is read in time that grows with its length alone", () => {
    for (const unit of ["a", " ", "- ", "**", "**a", "[", "[a](", "_a ", "<b ", "(", "/", "\n", "> ", "--- ", "A: b\n", "Wire, "]) {
      const long = `Talks ${unit.repeat(Math.floor(1_000_000 / unit.length))} end.`;
      expect(doc(long).text).toHaveLength(long.length);
    }
  });
});
