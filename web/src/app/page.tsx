/** The page around the drawing. */
import { StrictMode, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { type App as Parts, AppContext } from "./app-context.ts";

/** Made a little at a time: the drawing that is there already can be moved meanwhile. */
export function showPage(parts: Parts): void {
  const root = createRoot(document.getElementById("root") as HTMLElement);
  startTransition(() =>
    root.render(
      <StrictMode>
        <AppContext value={parts}>
          <App />
        </AppContext>
      </StrictMode>,
    ),
  );
}
