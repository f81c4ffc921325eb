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
      current.addEventListener("message", (event: MessageEvent<LayoutAnswer>) => {
        if (worker !== current) return;
        onPositions(event.data.positions, event.data.done);
        if (event.data.done) stop();
      });
      current.postMessage(input);
    },
  };
}
