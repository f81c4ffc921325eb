/** Hears from the server of documents that come into the graph, and has the view brought up to date without losing its place. */
import type { GraphState, LiveEvents } from "../../../src/model/api.ts";
import { addNews, type State } from "../state/state.ts";
import type { Store } from "../state/store.ts";

const COME_BACK_MS = 30_000;

interface LiveParts {
  /** Loads the graph again; what is open and drawn stays. */
  readonly refresh: () => void;
  /** Called when the connection broke. */
  readonly lost: () => void;
}

/** The browser's event source comes back by itself after a break, and then hears what it missed. */
export function followLive(store: Store<State>, { refresh, lost }: LiveParts): void {
  let version: string | undefined;
  const open = () => {
    const source = new EventSource("api/events/stream");
    const told = (state: GraphState) => {
      const { load } = store.get();
      const isNews =
        version === undefined ? load.status === "ready" && load.data.stats.documents !== state.documents : version !== state.version;
      version = state.version;
      if (isNews) refresh();
    };
    const hear = <K extends keyof LiveEvents>(kind: K, listener: (data: LiveEvents[K]) => void) =>
      source.addEventListener(kind, (event: MessageEvent<string>) => listener(JSON.parse(event.data) as LiveEvents[K]));
    hear("ready", told);
    hear("graph", told);
    hear("document", ({ id, title }) => store.update(addNews([{ id, title }])));
    source.addEventListener("error", () => {
      // Closed by an answer that is no stream: too many listen, or this server has none.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, COME_BACK_MS);
      else lost();
    });
  };
  open();
}
