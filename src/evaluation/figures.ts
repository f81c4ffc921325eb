/** Precision, recall and F1, and how they are printed. */

export interface Figures {
  /** Right answers. */
  readonly right: number;
  /** Answers given. */
  readonly given: number;
  /** Answers wanted. */
  readonly wanted: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function figures(right: number, given: number, wanted: number): Figures {
  const precision = given > 0 ? right / given : 0;
  const recall = wanted > 0 ? right / wanted : 0;
  return { right, given, wanted, precision, recall, f1: given + wanted > 0 ? (2 * right) / (given + wanted) : 0 };
}

/** "92.3": a share of one in per cent. */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

/** A table in Markdown; the first column is text, the others are aligned right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => [...(row[column] ?? "")].length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(cells[0] as string[]), rule, ...cells.slice(1).map(line)].join("\n");
}
