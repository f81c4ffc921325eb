/** Which reports are of one event: the same parties, relation and day, in whatever words and however often. */
import { describe, expect, it } from "vitest";
import { graphOf } from "./pipeline.ts";

/** Event keys of the claims with this relation. */
function keys(text: string, relation: string, date?: string): string[] {
  return [...new Set(graphOf(text, date).claims.flatMap((claim) => (claim.relation === relation ? [claim.event] : [])))];
}

const STORY = "Russian President Vladimir Putin met Ilham Aliyev and Nikol Pashinyan in Moscow on Monday.";
const [EVENT] = keys(STORY, "met-with", "2021-01-11");

describe("one wire story, many copies", () => {
  it.each([
    ["MOSCOW, Jan. 12 - Vladimir Putin met Ilham Aliyev and Nikol Pashinyan in Moscow on Monday, the Kremlin said.", "2021-01-12"],
    ["Ilham Aliyev, Nikol Pashinyan and Vladimir Putin met on January 11, 2021.", "2021-02-01"],
  ])("share their event: %s", (text, date) => {
    expect(keys(text, "met-with", date)).toContain(EVENT);
  });

  it.each([
    ["another day", STORY.replace("Monday", "Sunday")],
    ["no day", STORY.replace(" on Monday", "")],
    ["other parties", STORY.replace(" and Nikol Pashinyan", "")],
  ])("do not share it where a copy gives %s", (_what, text) => {
    const found = keys(text, "met-with", "2021-01-11");
    expect(found.length).toBeGreaterThan(0);
    expect(found).not.toContain(EVENT);
  });
});
