/** Steps that a request takes one after the other, on Node's own requests and responses. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Lets a request go on by calling `next`, or tells it why not. Express' handlers are such steps where they ask nothing of Express. */
export type Step = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

/** One step made of several. */
export function inTurn(steps: readonly Step[]): Step {
  return (request, response, done) => {
    let at = 0;
    const next = (error?: unknown): void => {
      const step = error === undefined ? steps[at++] : undefined;
      if (step === undefined) done(error);
      else step(request, response, next);
    };
    next();
  };
}

/** The address without its query, as it was sent. */
export function pathOf({ url = "" }: Pick<IncomingMessage, "url">): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}
