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
    ["Relations warmed on Monday as Angela Merkel met Emmanuel Macron.", [`${MET} @2021-01-11`]],
  ],
  "other sentences about the same event": [
    [
      "France and Germany signed the Aachen Treaty on Monday. The Aachen Treaty was also signed by Italy.",
      ["France > signed > Aachen Treaty @2021-01-11", "Italy > signed > Aachen Treaty @2021-01-11"],
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
