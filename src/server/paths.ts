/** Finds what is at an address' path. */

/** Parts of a path before and after the one that it leaves open, and what is there. */
interface Open<Found> {
  readonly before: string;
  readonly after: string;
  readonly found: Found;
}

/** Paths as routes write them: "/entities/:id/neighbors" leaves one part open, which holds no "/". */
export class Paths<Found> {
  readonly #whole = new Map<string, Found>();
  readonly #open: Open<Found>[] = [];

  /** @throws {TypeError} for a path that leaves two parts open */
  add(path: string, found: Found): void {
    const [before = "", after, ...rest] = path.split(/:\w+/u);
    if (rest.length > 0) throw new TypeError(`${path} leaves more than one part open.`);
    if (after === undefined) this.#whole.set(path, found);
    else this.#open.push({ before, after, found });
  }

  /**
   * What was added first for a path, as a request has it, and the part that was open, decoded. A "/" in the end makes no difference.
   * @throws {URIError} where that part is broken
   */
  find(asked: string): { readonly found: Found; readonly open: string } | undefined {
    const path = asked.length > 1 && asked.endsWith("/") ? asked.slice(0, -1) : asked;
    const whole = this.#whole.get(path);
    if (whole !== undefined) return { found: whole, open: "" };
    for (const { before, after, found } of this.#open) {
      if (!path.startsWith(before) || !path.endsWith(after)) continue;
      const open = path.slice(before.length, path.length - after.length);
      if (open !== "" && path.length > before.length + after.length && !open.includes("/"))
        return { found, open: decodeURIComponent(open) };
    }
    return undefined;
  }
}
