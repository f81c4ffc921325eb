/** The body of a process that answers routes: one request at a time, each from one state of the database. */
import { FORMATS } from "../export/export.ts";
import { KnownError } from "../model/errors.ts";
import { openView } from "../store/sqlite.ts";
import type { SteadyView } from "../store/store.ts";
import { type FromReader, replyOf, started, type ToReader } from "./readers.ts";
import { keyOf, type Route } from "./route.ts";
import { routes } from "./routes.ts";

let view: SteadyView | undefined;
let table: ReadonlyMap<string, Route> = new Map();
/** What is being sent in pieces. */
let pieces: Iterator<string> | undefined;

process.on("message", (message: ToReader) => {
  tell(message);
});
// Ctrl-C reaches all processes of a terminal: requests under way are still answered, and the server says when to end.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
// The server has ended, however it did.
process.on("disconnect", () => process.exit());

function tell(message: ToReader): void {
  if (typeof message === "object" && "setup" in message) {
    const { file, ...parts } = message.setup;
    table = new Map(routes(parts, FORMATS).map((route) => [keyOf(route), route]));
    view = openView(file);
    return;
  }
  try {
    send(typeof message === "object" ? begin(message) : goOn(message));
  } catch (error) {
    pieces = undefined;
    view?.release();
    if (error instanceof KnownError) send({ known: error.parts });
    else send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function begin({ key, asked }: Exclude<ToReader, string | { setup: unknown }>): FromReader {
  const route = table.get(key);
  if (view === undefined || route === undefined) throw new TypeError(`No route ${key}.`);
  view.hold();
  const answer = route.answer(view, asked);
  if (!("pieces" in answer)) {
    view.release();
    return replyOf(route, asked, answer);
  }
  const { pieces: made, ...head } = answer;
  pieces = started(made)[Symbol.iterator]();
  return head;
}

function goOn(message: "more" | "enough"): FromReader {
  const step = message === "more" ? pieces?.next() : pieces?.return?.();
  if (step !== undefined && step.done !== true) return { piece: Buffer.from(step.value) };
  pieces = undefined;
  view?.release();
  return "end";
}

function send(message: FromReader): void {
  process.send?.(message);
}
