/** Finding names as people type them: without accents, in any case, with a slip or two. */

/** Whether two words differ by at most one letter inserted, left out, changed or swapped with its neighbour. */
function oneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const a = left.slice(at);
  const b = right.slice(at);
  return (
    a === b ||
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  );
}

const words = new Map<string, readonly string[]>();
const MOST_REMEMBERED = 50_000;

/** The words of a folded text. */
export function wordsOf(text: string): readonly string[] {
  let found = words.get(text);
  if (!found) {
    found = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.size >= MOST_REMEMBERED) words.clear();
    words.set(text, found);
  }
  return found;
}

/** Whether a part of a query begins one of the words: from five letters on, one slip is forgiven. */
export function beginsOne(part: string, words: readonly string[]): "as written" | "with a slip" | undefined {
  if (words.some((word) => word.startsWith(part))) return "as written";
  const slips = (word: string) => oneSlip(part, word) || oneSlip(part, word.slice(0, part.length));
  return part.length >= 5 && words.some(slips) ? "with a slip" : undefined;
}

/**
 * How well a folded text answers a folded query: 0 not at all, up to 4 (it is the query).
 * Every word of the query must begin a word of the text, as `beginsOne` says.
 */
export function match(query: string, text: string): number {
  if (query === "") return 1;
  if (text === query) return 4;
  if (text.startsWith(query)) return 3;
  const words = wordsOf(text);
  let slips = 0;
  for (const part of wordsOf(query)) {
    const found = beginsOne(part, words);
    if (found === undefined) return 0;
    if (found === "with a slip") slips++;
  }
  return slips === 0 ? 2 : 1 / slips;
}
