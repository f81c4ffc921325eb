/** Words that no name holds, and the words of names that they are a slip of: typo tolerance of the search for entities. */
import { type Connection, LIMIT } from "./driver.ts";

/** Longer words may have more slips; in shorter ones a slip makes another word. */
const ONE_SLIP = 4;
const TWO_SLIPS = 8;
/** Words that one typed word may stand for. */
const MOST_ALTERNATIVES = 20;

/** The words that entities' names hold, as search compares them, read from the search index itself. */
export class Spelling {
  readonly #connection: Connection;
  #isReady = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * What a folded word may have been meant to be: itself where a name has it, else the words of names with the fewest slips, by alphabet;
   * none where there are none.
   * @param isBeginning whether it may be the beginning of a word only
   */
  alternatives(word: string, isBeginning: boolean): readonly string[] {
    if (!this.#isReady) {
      this.#connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.name_word USING fts5vocab('main', 'entity_search', 'row')");
      this.#isReady = true;
    }
    const [first] = this.#between(word, isBeginning ? `${word}\u{10ffff}` : word, 1);
    if (first !== undefined) return [word];
    const most = word.length >= TWO_SLIPS ? 2 : word.length >= ONE_SLIP ? 1 : 0;
    if (most === 0) return [];
    // Hardly anybody mistypes the first letter, and the words that begin with it are found at once.
    const letter = String.fromCodePoint(word.codePointAt(0) as number);
    const near = nearest(this.#between(letter, `${letter}\u{10ffff}`), word, isBeginning, most);
    return near.length > 0 ? near : nearest(this.#between("", "\u{10ffff}"), word, isBeginning, most);
  }

  #between(from: string, to: string, limit = -1): string[] {
    return this.#connection
      .all<{ term: string }>(`SELECT term FROM temp.name_word WHERE term >= ? AND term <= ? ORDER BY term ${LIMIT}`, [from, to, limit])
      .map((row) => row.term);
  }
}

function nearest(words: readonly string[], word: string, isBeginning: boolean, most: number): readonly string[] {
  let least = most;
  let found: string[] = [];
  for (const each of words) {
    if (each.length < word.length - least || (!isBeginning && each.length > word.length + least)) continue;
    const distance = slips(word, each, isBeginning, least);
    if (distance > least) continue;
    if (distance < least) found = [];
    least = distance;
    found.push(each);
  }
  return found.slice(0, MOST_ALTERNATIVES);
}

/**
 * Letters to add, leave out, replace, or swap with the next one, to make one word of the other (optimal string alignment distance).
 * @param isBeginning to make any beginning of `word` instead
 * @param most anything above is given as `most + 1`
 */
export function slips(typed: string, word: string, isBeginning = false, most = Number.POSITIVE_INFINITY): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: word.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= typed.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= word.length; column += 1) {
      const differs = typed[row - 1] === word[column - 1] ? 0 : 1;
      let least = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + differs);
      const isSwapped = row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      if (isSwapped) least = Math.min(least, before[column - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return Math.min(isBeginning ? Math.min(...last) : last[word.length]!, most + 1);
}
