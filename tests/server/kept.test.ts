/** Answers are kept for the state of the store that they are of, within bounds. */
import { expect, it } from "vitest";
import { KeptAnswers } from "../../src/server/kept.ts";

const body = (bytes: number, fill = 1): Uint8Array => new Uint8Array(bytes).fill(fill);

function keep(kept: KeptAnswers, question: string, found: Uint8Array): void {
  kept.keep(question, kept.get(question).state, found);
}

it("gives what was found in the same state, and nothing of another", () => {
  let state = "1";
  const kept = new KeptAnswers({ state: () => state });
  expect(kept.get("a").answer).toBeUndefined();
  keep(kept, "a", body(3));
  const { answer } = kept.get("a");
  expect(answer?.body).toEqual(body(3));
  expect(answer?.etag).toMatch(/^W\/"[\w-]+"$/u);
  expect(kept.get("b").answer).toBeUndefined();
  const before = kept.get("b").state;
  state = "2";
  expect(kept.get("a").answer).toBeUndefined();
  // Found while the store changed: of either state.
  expect(kept.keep("b", before, body(2)).body).toEqual(body(2));
  expect(kept.get("b").answer).toBeUndefined();
});

it("tells bodies apart by their tags", () => {
  const kept = new KeptAnswers({ state: () => "1" });
  expect(kept.keep("a", "1", body(9, 1)).etag).not.toBe(kept.keep("b", "1", body(9, 2)).etag);
  expect(kept.keep("a", "1", body(9, 3)).etag).toBe(kept.keep("b", "1", body(9, 3)).etag);
});

it("lets the oldest go when there are too many, and keeps none that is too large", () => {
  const kept = new KeptAnswers({ state: () => "1" });
  const questions = Array.from({ length: 50 }, (_, number) => `q${number}`);
  for (const question of questions) keep(kept, question, body(1_000_000));
  const left = questions.filter((question) => kept.get(question).answer !== undefined);
  expect(left).toEqual(questions.slice(-32));
  keep(kept, "large", body(2_000_001));
  expect(kept.get("large").answer).toBeUndefined();
});
