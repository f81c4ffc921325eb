/** Keeps the page's address in step with the view, and the view with the address when the user goes back. */
import { pack, unpack } from "../state/packed.ts";
import { type Point, say, type State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { readLink, writeLink } from "../state/url.ts";
import type { Stage } from "./stage.ts";

/** Parameters of the address that are not the view's. */
function others(): [string, string][] {
  return [...new URLSearchParams(location.search)].filter(([name]) => name === "test");
}

const CAMERA_REST_MS = 400;

/** Addresses longer than this are packed: not every program passes them on whole. */
const LONGEST = 1500;
const PACKED = /^#v=([\w-]+)$/;

/** The view's query as the address holds it, packed into the fragment or not. */
export async function linkedQuery(): Promise<string> {
  const packed = PACKED.exec(location.hash)?.[1];
  return (packed && (await unpack(packed))) || location.search;
}

/** The page's address with this query; what belongs to the page and not to the view stays in front. */
async function addressOf(query: string): Promise<string> {
  if (query.length <= LONGEST) return `${location.pathname}${query}`;
  const kept = new URLSearchParams(others()).toString();
  return `${location.pathname}${kept ? `?${kept}` : ""}#v=${await pack(query)}`;
}

/** A new selection or view is a step that the browser's Back button undoes; all else replaces the address. */
export function followLink(store: Store<State>, stage: Stage): void {
  let last = store.get();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let following = false;

  let written = 0;
  const put = (address: string, step: boolean) => {
    if (address === `${location.pathname}${location.search}${location.hash}`) return;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  const write = (step: boolean) => {
    const current = ++written;
    const query = writeLink(store.get(), stage.camera(), others());
    if (query.length <= LONGEST) put(`${location.pathname}${query}`, step);
    else void addressOf(query).then((address) => current === written && put(address, step));
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
    void linkedQuery().then((query) => {
      const link = readLink(query);
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
  });
}

/** Nodes whose places a link holds; larger graphs are laid out anew, which gives the same picture for the same documents. */
const MOST_PLACES = 600;

/** Puts the address of the present view on the clipboard, with the place of every node: others see this very picture. */
export async function copyLink(store: Store<State>, stage: Stage): Promise<void> {
  const places = new Map<string, Point>();
  const graph = stage.graph();
  if (graph && graph.order <= MOST_PLACES) graph.forEachNode((id, { x, y }) => places.set(id, { x, y }));
  const address = await addressOf(writeLink(store.get(), stage.camera(), [], places));
  try {
    await navigator.clipboard.writeText(`${location.origin}${address}`);
    store.update(say("The link is on the clipboard."));
  } catch {
    // No clipboard without a secure connection or the user's leave.
    history.replaceState(null, "", address);
    store.update(say("The link is in the address bar."));
  }
}
