/** What the first picture does not need: made once that is drawn, a little at a time, so that the page answers meanwhile. */
import { useDeferredValue } from "react";

export function Later({ children }: { readonly children: React.ReactNode }) {
  return useDeferredValue(true, false) ? children : null;
}
