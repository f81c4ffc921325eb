/** Light or dark: as the system says, unless the user chose. */
import type { State, Theme } from "../state/state.ts";
import type { Store } from "../state/store.ts";

const darkScheme = window.matchMedia("(prefers-color-scheme: dark)");

/** Asked at every change of the state: the browser would work out the page's style for it. */
let systemIsDark = darkScheme.matches;
darkScheme.addEventListener("change", ({ matches }) => void (systemIsDark = matches));

export function isDark(theme: Theme): boolean {
  return theme === "dark" || (theme === "auto" && systemIsDark);
}

/** Calls when the system turns dark or light; returns how to stop it. */
export function onSystemScheme(listener: () => void): () => void {
  darkScheme.addEventListener("change", listener);
  return () => darkScheme.removeEventListener("change", listener);
}

const KEY = "entente.theme";

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "auto";
  } catch {
    // No storage (a private window, a sandbox): follow the system.
    return "auto";
  }
}

/** Puts the theme on the page and keeps the user's choice for the next visit. */
export function rememberTheme(store: Store<State>): void {
  let last: Theme | undefined;
  const apply = () => {
    const { theme } = store.get();
    if (theme === last) return;
    last = theme;
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    try {
      if (theme === "auto") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // See above: it lasts for this page.
    }
  };
  apply();
  store.subscribe(apply);
}
