/** How components reach the one store, the loaded data and the drawing. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Answers } from "./answers.ts";
import type { Look } from "../look/look.ts";
import type { Data, State } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { Stage } from "./stage.ts";

export interface App {
  readonly store: Store<State>;
  readonly stage: Stage;
  /** Loads everything from the server again. */
  readonly reload: () => void;
  /** The same without a word: what is open and drawn stays until the new is there. */
  readonly refresh: () => void;
  readonly answers: Answers;
}

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("Used outside of the application.");
  return app;
}

/** A part of the state; `pick` must give the same value for the same state. */
export function useSelected<T>(pick: (state: State) => T): T {
  const { store } = useApp();
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}

/** What the ready part of the page works on. */
export interface Ready {
  readonly data: Data;
  readonly look: Look;
}

export const ReadyContext = createContext<Ready | undefined>(undefined);

export function useReady(): Ready {
  const ready = useContext(ReadyContext);
  if (!ready) throw new Error("Used before the data is there.");
  return ready;
}
