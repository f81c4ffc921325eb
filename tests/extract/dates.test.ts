/** Which day an event is given: language of time, where it hangs, and what bounds an event without dating it. */
import { describe, expect, it } from "vitest";
import { claimsOf, holds } from "./pipeline.ts";

/** Published on Wednesday, 13 January 2021. */
const DAY = "2021-01-13";
const MET = "Angela Merkel > met-with > Emmanuel Macron";

type Case = readonly [text: string, gives: readonly string[]];

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "words of time": [
    ["Angela Merkel met Emmanuel Macron on Friday.", [`${MET} @2021-01-08`]],
    ["Angela Merkel will meet Emmanuel Macron on Friday.", [`${MET} ~planned @2021-01-15`]],
    ["Angela Merkel met Emmanuel Macron last Friday.", [`${MET} @2021-01-08`]],
    ["Angela Merkel met Emmanuel Macron yesterday.", [`${MET} @2021-01-12`]],
    ["Angela Merkel met Emmanuel Macron on Jan. 11.", [`${MET} @2021-01-11`]],
    ["Angela Merkel met Emmanuel Macron from 3 to 5 January.", [`${MET} @2021-01-03`]],
    ["Angela Merkel met Emmanuel Macron earlier this month.", [`${MET} @2021-01`]],
    ["Angela Merkel met Emmanuel Macron three years ago.", [`${MET} @2018`]],
    ["Angela Merkel met Emmanuel Macron on the sidelines of the 14 May summit.", [`${MET} @2020-05-14`]],
    ["The Jan. 11 meeting between Angela Merkel and Emmanuel Macron ended early.", [`${MET} @2021-01-11`]],
    [
      "Angela Merkel, who met Emmanuel Macron on Monday, praised Boris Johnson.",
      [`${MET} @2021-01-11`, "Angela Merkel > praised > Boris Johnson"],
    ],
    ["In December, Angela Merkel met Emmanuel Macron.", [`${MET} @2020-12`]],
    ["Turkey has occupied Afrin since 2018.", ["Turkey > occupied > Afrin @2018"]],
  ],
  "no day of the calendar": [
    ["Angela Merkel met Emmanuel Macron last week.", [MET]],
    ["Angela Merkel met Emmanuel Macron recently.", [MET]],
    ["Angela Merkel met Emmanuel Macron two weeks ago.", [MET]],
    ["Angela Merkel met Emmanuel Macron.", [MET]],
  ],
  "bounds, and times of something else": [
    ["Angela Merkel will meet Emmanuel Macron by Friday.", [`${MET} ~planned`]],
    ["Angela Merkel plans to meet Emmanuel Macron before the end of May.", [`${MET} ~planned`]],
    ["Angela Merkel has invited Emmanuel Macron to Berlin next month.", ["Angela Merkel > invited > Emmanuel Macron"]],
    ["Russia withdrew from the Open Skies Treaty of 1992.", ["Russia > withdrew-from > Open Skies Treaty"]],
  ],
  "clauses that go together": [
    ["Angela Merkel flew to Rome on Monday and met Emmanuel Macron.", [`${MET} @2021-01-11`]],
    ["On Monday Angela Merkel praised Boris Johnson and met Emmanuel Macron.", [`${MET} @2021-01-11`]],
    ["Angela Merkel phoned Emmanuel Macron on Monday, urging him to act.", ["Angela Merkel > urged > Emmanuel Macron @2021-01-11"]],
    ["In September 2018, Chile accused Serbia of spying; Serbia condemned Chile.", ["Serbia > condemned > Chile @2018-09"]],
    ["In September 2018, Chile accused Serbia of spying; Serbia has since condemned Chile.", ["Serbia > condemned > Chile"]],
    [
      "Announcing the vote on Monday, Angela Merkel thanked her allies and accused Russia of lying.",
      ["Angela Merkel > accused > Russia @2021-01-11"],
    ],
    ["Relations warmed on Monday as Angela Merkel met Emmanuel Macron.", [`${MET} @2021-01-11`]],
  ],
  "what is said, and what it is about": [
    ["Angela Merkel said on Monday she would meet Emmanuel Macron on Thursday.", [`${MET} ~planned @2021-01-14`]],
    ["Speaking on Monday, Angela Merkel condemned Russia.", ["Angela Merkel > condemned > Russia @2021-01-11"]],
    ["Angela Merkel, speaking in Berlin on Monday, condemned Russia.", ["Angela Merkel > condemned > Russia @2021-01-11"]],
    ["Angela Merkel condemned Russia in a statement issued on Monday.", ["Angela Merkel > condemned > Russia @2021-01-11"]],
    ["Turkey condemned Greece over a shooting in 1997.", ["Turkey > condemned > Greece"]],
    ["Turkey thanked Greece for the release of its soldiers in March.", ["Turkey > thanked > Greece"]],
    ["After Russia's invasion of Ukraine in 2014, Germany condemned Russia.", ["Germany > condemned > Russia"]],
    ["Russia invaded Georgia a year after the 2007 conference.", ["Russia > invaded > Georgia"]],
    ["Angela Merkel met Emmanuel Macron for the first time since October 2018.", [MET]],
    ["Angela Merkel has met Emmanuel Macron twice since October 2018.", [MET]],
    [
      "As Shinzo Abe had asked Kim Jong Un to do in a telephone call on Tuesday, they waited.",
      ["Shinzo Abe > urged > Kim Jong Un @2021-01-12", "Shinzo Abe > spoke-with > Kim Jong Un @2021-01-12"],
    ],
  ],
  "whose time it is": [
    ["10 January 2021: Angela Merkel met Emmanuel Macron in Paris.", [`${MET} @2021-01-10`]],
    ["Angela Merkel travelled to Paris on Monday, where she met Emmanuel Macron.", [`${MET} @2021-01-11`]],
    ["Angela Merkel will meet Emmanuel Macron no later than Friday.", [`${MET} ~planned`]],
    ["Italy stopped short of condemning Russia, and Chile on Tuesday condemned Serbia.", ["Chile > condemned > Serbia @2021-01-12"]],
    [
      "Angela Merkel praised Italy and invited Emmanuel Macron to a summit in Rome on 31 March.",
      ["Angela Merkel > invited > Emmanuel Macron"],
    ],
    ["Angela Merkel is expected in Rome on Friday, having met Emmanuel Macron.", [MET]],
    ["The fighting began on Monday, when Italy attacked Serbia.", ["Italy > attacked > Serbia @2021-01-11"]],
    [
      "Angela Merkel negotiated with Emmanuel Macron on Monday. At the end of the talks the two leaders signed the Aachen Treaty.",
      ["Angela Merkel > signed > Aachen Treaty @2021-01-11"],
    ],
  ],
  "one event counted from another": [
    [
      "Angela Merkel met Emmanuel Macron, a day after Italy condemned Russia on Sunday.",
      [`${MET} @2021-01-11`, "Italy > condemned > Russia @2021-01-10"],
    ],
    [
      "Angela Merkel met Emmanuel Macron on Monday, a day after Italy condemned Russia.",
      [`${MET} @2021-01-11`, "Italy > condemned > Russia @2021-01-10"],
    ],
    ["Iran attacked Iraq three days after the 2015 deal.", ["Iran > attacked > Iraq"]],
    ["Bahrain on Monday joined Serbia in breaking off relations with Iran.", ["Serbia > cut-ties-with > Iran"]],
  ],
  "background that goes on": [
    ["In 1998 Italy condemned Russia. The following year, Angela Merkel met Emmanuel Macron.", [`${MET} @1999`]],
    ["In March 1998 Italy condemned Russia. In June, Angela Merkel met Emmanuel Macron.", [`${MET} @1998-06`]],
    ["In November 1998 Italy condemned Russia. In June, Angela Merkel met Emmanuel Macron.", [`${MET} @1999-06`]],
    ["On 4 March 1998 Italy condemned Russia. Five days later Angela Merkel met Emmanuel Macron.", [`${MET} @1998-03-09`]],
    ["In 1994 Italy condemned Russia; Angela Merkel met Emmanuel Macron that October.", [`${MET} @1994-10`]],
    ["On Christmas Eve 1979 Italy condemned Russia. Three days later Angela Merkel met Emmanuel Macron.", [`${MET} @1979-12-27`]],
    ["Italy condemned Russia on Sunday. Angela Merkel met Emmanuel Macron.", [MET]],
  ],
  "other sentences about the same event": [
    [
      "France and Germany signed the Aachen Treaty on Monday. The Aachen Treaty was also signed by Italy.",
      ["France > signed > Aachen Treaty @2021-01-11", "Italy > signed > Aachen Treaty @2021-01-11"],
    ],
    [
      "France and Germany signed a pact on Monday. Foreign ministers Jean-Yves Le Drian of France and Heiko Maas of Germany signed the Aachen Treaty in Rome and later met Boris Johnson.",
      ["Heiko Maas > signed > Aachen Treaty @2021-01-11", "Heiko Maas > met-with > Boris Johnson @2021-01-11"],
    ],
    [
      "Angela Merkel met Emmanuel Macron on Monday. At the end of the meeting, Hungary and Poland signed a security pact.",
      ["Hungary > signed > security pact @2021-01-11"],
    ],
  ],
};

describe.each(Object.entries(CASES))("%s", (_name, cases) => {
  it.each(cases)("%s", (text, gives) => {
    const claims = claimsOf(text, DAY);
    for (const wanted of gives) {
      if (wanted.includes("@")) expect(claims).toSatisfy((found: readonly string[]) => holds(found, wanted), wanted);
      else expect(claims.filter((claim) => claim.startsWith(wanted))).toEqual([wanted]);
    }
  });
});

it("gives no day where the document has none and the text does not write it out", () => {
  expect(claimsOf("Angela Merkel met Emmanuel Macron on Friday.", "")).toEqual([MET]);
});
