/** How components reach the one store, the loaded data and the drawing. */
import { createContext, startTransition, useContext, useDeferredValue, useEffect, useState, useSyncExternalStore } from "react";
import type { Answer, Answers, Given, Question } from "./answers.ts";
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

/**
 * The same for what stands beside the drawing: it follows once the drawing has changed, made a little at a time.
 * @param pick the same as long as the component is there
 */
export function useFollowing<T>(pick: (state: State) => T): T {
  const { store } = useApp();
  const [value, setValue] = useState(() => pick(store.get()));
  useEffect(() => {
    let [seen, waiting, gone] = [value, false, false];
    const follow = () => {
      waiting = false;
      seen = pick(store.get());
      if (!gone) startTransition(() => setValue(() => seen));
    };
    const look = () => {
      if (waiting || pick(store.get()) === seen) return;
      waiting = true;
      afterFrame(follow);
    };
    look();
    const leave = store.subscribe(look);
    return () => {
      gone = true;
      leave();
    };
    // What `value` was at first is all that counts.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [store]);
  return value;
}

/** Once the frame that is due has been made. */
export function afterFrame(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work));
}

/** The answer to one question, asked for when it is not there yet; what shows it is made a little at a time. */
export function useAnswer<Q extends Question>(question: Q, id: string): Answer<Given<Q>> {
  const { answers } = useApp();
  const answer = useSyncExternalStore(answers.subscribe, () => answers.get(question, id));
  useEffect(() => answers.want(question, id), [answers, question, id]);
  return useDeferredValue(answer);
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
