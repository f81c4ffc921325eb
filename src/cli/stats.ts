/** `entente stats`: what the database holds. */
import { openSnapshot } from "../store/sqlite.ts";
import { describe } from "./database.ts";
import { EXIT, type ExitCode, print } from "./terminal.ts";

export async function printStats(options: { readonly db: string; readonly json?: boolean }): Promise<ExitCode> {
  const store = openSnapshot(options.db);
  try {
    const stats = store.stats();
    await print(options.json ? `${JSON.stringify(stats, null, 2)}\n` : describe(stats));
  } finally {
    store.close();
  }
  return EXIT.ok;
}
