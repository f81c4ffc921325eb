/** Queries that were run in this browser, the latest first. */

const KEY = "entente.queries";
const MOST = 30;
const LONGEST = 4000;

export function pastQueries(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === "string").slice(0, MOST) : [];
  } catch {
    // No storage, or nothing of ours in it.
    return [];
  }
}

/** Puts a query first; one that was there moves up. */
export function rememberQuery(statement: string): readonly string[] {
  const queries = [statement, ...pastQueries().filter((other) => other !== statement)].slice(0, MOST);
  try {
    if (statement.length <= LONGEST) localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // It lasts for this page.
  }
  return queries;
}
