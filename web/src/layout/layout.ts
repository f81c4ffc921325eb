/** The layout as the page sees it: start it, hear where nodes are, stop it. */
import type { LayoutInput } from "./settle.ts";
import type { LayoutAnswer } from "./worker.ts";

export interface Layout {
  /** Lays out anew, giving up a run still under way. `onPositions` hears x and y by turns, in the order of the input's nodes. */
  run(input: LayoutInput, onPositions: (positions: Float32Array, done: boolean) => void): void;
  stop(): void;
}

export function createLayout(): Layout {
  let worker: Worker | undefined;
  const stop = () => {
    worker?.terminate();
    worker = undefined;
  };
  return {
    stop,
    run(input, onPositions) {
      stop();
      const current = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker = current;
      let waiting: LayoutAnswer | undefined;
      current.addEventListener("message", (event: MessageEvent<LayoutAnswer>) => {
        if (worker !== current) return;
        // A page that is slow to draw skips what has been overtaken.
        const first = waiting === undefined;
        waiting = event.data;
        if (!first) return;
        requestAnimationFrame(() => {
          const latest = waiting;
          waiting = undefined;
          if (worker !== current || !latest) return;
          if (latest.done) stop();
          onPositions(latest.positions, latest.done);
        });
      });
      current.postMessage(input);
    },
  };
}
