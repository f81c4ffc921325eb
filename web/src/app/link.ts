/** Keeps the page's address in step with the view, and the view with the address when the user goes back. */
import { type State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { readLink, writeLink } from "../state/url.ts";
import type { Stage } from "./stage.ts";

/** Parameters of the address that are not the view's. */
function others(): [string, string][] {
  return [...new URLSearchParams(location.search)].filter(([name]) => name === "test");
}

const CAMERA_REST_MS = 400;

/** A new selection or view is a step that the browser's Back button undoes; all else replaces the address. */
export function followLink(store: Store<State>, stage: Stage): void {
  let last = store.get();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let following = false;

  const write = (step: boolean) => {
    const query = writeLink(store.get(), stage.camera(), others());
    const address = `${location.pathname}${query}`;
    if (address === `${location.pathname}${location.search}`) return;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(false), CAMERA_REST_MS);
  };

  store.subscribe(() => {
    const state = store.get();
    const step = state.selection !== last.selection || state.view !== last.view;
    const changed = step || state.scene !== last.scene || state.appearance !== last.appearance || state.comparison !== last.comparison;
    last = state;
    if (!changed || following) return;
    if (step) write(true);
    else later();
  });
  stage.onCamera(later);
  addEventListener("popstate", () => {
    const link = readLink(location.search);
    following = true;
    store.update((state) => ({
      ...state,
      selection: link.selection,
      view: link.view,
      scene: link.scene,
      appearance: link.appearance,
      comparison: link.comparison,
      trail: state.trail.slice(0, -1),
      spotlight: undefined,
    }));
    following = false;
  });
}

/** Puts the address of the present view on the clipboard, and says so. */
export async function copyLink(store: Store<State>, stage: Stage): Promise<void> {
  const address = `${location.origin}${location.pathname}${writeLink(store.get(), stage.camera())}`;
  await navigator.clipboard.writeText(address);
}
