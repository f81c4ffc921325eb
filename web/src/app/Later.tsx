/** What the page need not have at once: made a little at a time, so that it answers meanwhile. */
import { startTransition, useDeferredValue, useEffect, useState } from "react";
import { afterFrame } from "./app-context.ts";

/** What the first picture does not need: made once that is drawn. */
export function Later({ children }: { readonly children: React.ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}

interface GraduallyProps<T> {
  readonly of: readonly T[];
  /** As many at once, and as many more with each frame. */
  readonly atOnce: number;
  readonly children: (item: T) => React.ReactNode;
}

/** Items of a list, those in sight at once, the others with the frames that follow: all together would hold the page up. */
export function Gradually<T>({ of, atOnce, children }: GraduallyProps<T>) {
  const [length, setLength] = useState(atOnce);
  const isWhole = length >= of.length;
  useEffect(() => {
    if (isWhole) return;
    let gone = false;
    afterFrame(() => gone || startTransition(() => setLength(length + atOnce)));
    return () => {
      gone = true;
    };
  }, [isWhole, length, atOnce]);
  return of.slice(0, length).map(children);
}
