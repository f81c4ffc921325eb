/** Puts other names in place of those of a training sentence, so that the network learns their surroundings rather than them. */
import { readFileSync } from "node:fs";
import type { Name } from "../../model/annotation.ts";
import type { Random } from "./dropout.ts";

export interface NameLists {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly place: readonly string[];
  readonly city: readonly string[];
}

/** Reads names.txt: a line per kind, "kind: name name ...". */
export function readNameLists(): NameLists {
  const lists: Record<string, string[]> = {};
  for (const line of readFileSync(new URL("../../../src/nlp/training/names.txt", import.meta.url), "utf8").split("\n")) {
    const [kind, names] = line.split(": ");
    if (kind && names && !line.startsWith("#")) lists[kind] = names.trim().split(/\s+/);
  }
  const { given = [], family = [], place = [], city = [] } = lists;
  return { given, family, place, city };
}

/**
 * The words with the name-like words of each person renamed (the first by a given name where another follows, the rest by family names)
 * and each place of one word renamed to a state or city, whichever it was. Particles, hyphens and organisations stay.
 */
export function rename(words: readonly string[], names: readonly Name[], lists: NameLists, random: Random): string[] {
  const renamed = [...words];
  const pick = (list: readonly string[]) => list[random.below(list.length)] as string;
  for (const name of names) {
    if (name.label === "person") {
      for (let i = name.first; i < name.last; i++) {
        if (/^\p{Lu}\p{Ll}+$/u.test(words[i] as string))
          renamed[i] = pick(i === name.first && name.last - name.first > 1 ? lists.given : lists.family);
      }
    } else if (name.label === "place" && name.last - name.first === 1) {
      const word = words[name.first] as string;
      if (lists.place.includes(word)) renamed[name.first] = pick(lists.place);
      else if (lists.city.includes(word)) renamed[name.first] = pick(lists.city);
    }
  }
  return renamed;
}
