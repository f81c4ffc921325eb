/** Answers asked for while the user looks around: kept once they came, asked again on demand. */
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "../api.ts";
import { useApp, useSelected } from "./app-context.ts";

export type Answer<T> =
  | { readonly status: "loading" }
  | { readonly status: "ready"; readonly data: T }
  | { readonly status: "failed"; readonly message: string; readonly retry: () => void };

const known = new Map<string, unknown>();

/** Forgets all answers: the data behind them may be another now. */
export function forgetAnswers(): void {
  known.clear();
}

/**
 * The answer to one question; `key` names the question and is asked anew when it changes.
 * @param ask how to get it; must depend on nothing but `key`
 */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const { lost } = useApp();
  const online = useSelected((state) => state.online);
  const [failure, setFailure] = useState<{ key: string; message: string } | undefined>();
  const [, setCame] = useState(0);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint: `ask` is named by `key`
  useEffect(() => {
    if (known.has(key)) return;
    let current = true;
    setFailure(undefined);
    ask().then(
      (data) => {
        known.set(key, data);
        if (current) setCame((count) => count + 1);
      },
      (error: unknown) => {
        if (error instanceof ApiError && error.offline) lost();
        if (current) setFailure({ key, message: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      current = false;
    };
  }, [key, attempt, online]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  if (known.has(key)) return { status: "ready", data: known.get(key) as T };
  if (failure?.key === key) return { status: "failed", message: failure.message, retry };
  return { status: "loading" };
}
