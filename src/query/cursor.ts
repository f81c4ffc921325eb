/** Cursors of list pages: opaque to those who pass them on, and good for the very list they came from. */
import { KnownError } from "../model/errors.ts";
import type { Position } from "../store/store.ts";

/**
 * @param list what tells one list from another: its name and filters; a cursor is refused by any other
 */
export function encodeCursor(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([fingerprint(list), ...position])).toString("base64url");
}

/** @throws {KnownError} bad-parameter for what `encodeCursor` did not make, or made for another list */
export function decodeCursor(list: string, cursor: string): Position {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    values = undefined;
  }
  if (!Array.isArray(values) || values[0] !== fingerprint(list)) throw refused(cursor);
  const position = values.slice(1) as unknown[];
  if (!position.every((value) => typeof value === "string" || typeof value === "number")) throw refused(cursor);
  return position as Position;
}

function refused(cursor: string): KnownError {
  return new KnownError(
    "bad-parameter",
    `Parameter "cursor" is "${cursor}": must be the "next" of a page of the same list with the same filters.`,
    { parameter: "cursor" },
  );
}

/** FNV-1a, 32 bits: enough to notice a cursor that strayed. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
