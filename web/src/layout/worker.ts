/** Runs the layout off the main thread and tells positions a few times a second. */
import { type LayoutInput, settle } from "./settle.ts";

export interface LayoutAnswer {
  readonly positions: Float32Array;
  readonly done: boolean;
}

const TELL_EVERY_MS = 100;

const scope = self as unknown as Worker;

scope.addEventListener("message", (event: MessageEvent<LayoutInput>) => {
  let told = performance.now();
  let latest: Float32Array | undefined;
  const tell = (positions: Float32Array, done: boolean) =>
    scope.postMessage({ positions, done } satisfies LayoutAnswer, [positions.buffer]);
  for (const positions of settle(event.data, 5)) {
    if (latest && performance.now() - told > TELL_EVERY_MS) {
      told = performance.now();
      tell(latest, false);
    }
    latest = positions;
  }
  if (latest) tell(latest, true);
});
