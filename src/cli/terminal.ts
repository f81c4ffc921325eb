/** All that the command line writes: results to standard output, everything else to standard error, progress as a bar or as lines. */
import { SingleBar } from "cli-progress";
import { KnownError } from "../model/errors.ts";

/** Exit codes, as `entente --help` lists them. */
export const EXIT = { ok: 0, someFailed: 1, usage: 2, unavailable: 3, internal: 4, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Writes to standard output and waits while its reader is slower. */
export async function print(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}

/** One line on standard error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Says which files of folders were not read: extension -> number. */
export function notePassedOver(kinds: ReadonlyMap<string, number>): void {
  if (kinds.size === 0) return;
  const list = [...kinds].map(([kind, number]) => `${kind === "" ? "without extension" : kind} (${number})`).join(", ");
  note(`Passed over: ${list}.`);
}

/** Reports an error and says with which code the program should end. */
export function report(error: unknown): ExitCode {
  if (error instanceof KnownError) {
    note(`entente: ${error.message}`);
    if (error.code.startsWith("file-")) return EXIT.someFailed;
    if (error.code === "bad-parameter" || error.code.startsWith("unknown-")) return EXIT.usage;
    return error.code === "internal" ? EXIT.internal : EXIT.unavailable;
  }
  note(`entente: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.internal;
}

/** When what reads our output has gone (`entente ... | head`), there is nothing left to do. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}

export interface Progress {
  /** `done` of the total are done. */
  update(done: number): void;
  stop(): void;
}

/** Progress on standard error: a bar on a terminal, elsewhere a line each time a tenth is done, nothing for less than twenty. */
export function progress(what: string, total: number): Progress {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({ format: `${what} {bar} {value}/{total}  {eta_formatted}`, stream: process.stderr, clearOnComplete: true });
    bar.start(total, 0);
    return { update: (done) => bar.update(done), stop: () => bar.stop() };
  }
  let shown = 0;
  return {
    update(done) {
      const tenth = Math.floor((done * 10) / total);
      if (total >= 20 && tenth > shown) note(`${what}: ${done} of ${total}`);
      shown = Math.max(shown, tenth);
    },
    stop() {},
  };
}

/** Rows in columns: the first left-aligned, numbers right-aligned. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? "").length)));
  const cell = (value: string | number, column: number) =>
    typeof value === "number" ? String(value).padStart(widths[column] ?? 0) : value.padEnd(widths[column] ?? 0);
  return rows.map((row) => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}
