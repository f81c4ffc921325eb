/** What is part of or lies in what, as noun phrases say it: possessives, appositions, seats, places after places. */
import type { Mention } from "../model/annotation.ts";
import { DETERMINERS, add, isPossessive } from "./page.ts";
import type { Page } from "./page.ts";
import { mentionEndingAt } from "./titles.ts";

/** "Iran's Supreme National Security Council", "Machar's SPLM-IO". */
export function readOrganization(page: Page, organization: Mention): void {
  if (!isPossessive(page.words[organization.first - 1])) return;
  const owner = mentionEndingAt(page, organization.first - 1, ["state", "organization", "person"]);
  if (!owner) return;
  const role = page.reading.annotated.chains[organization.chains[0] ?? -1]?.role;
  if (owner.kind === "person") add(page, "leads", "office.own-organization", owner, organization, 0.7);
  else if (role === undefined || role === "government body" || role === "armed force")
    add(page, "part-of", "structure.possessive", organization, owner, 0.85);
}

/** "Mekelle, the Tigrayan capital", "the IHH, a Turkish charity": a place or body in the state that its apposition names. */
export function readApposition(page: Page, mention: Mention): void {
  const { words } = page;
  if (words[mention.last] !== "," || !DETERMINERS.has(words[mention.last + 1] ?? "")) return;
  const outer = page.mentions.find(
    (other) => other.first === mention.last + 2 && other.form === "name" && (other.kind === "state" || other.kind === "place"),
  );
  const noun = page.tree.tokens[outer?.last ?? -1];
  if (!outer || !noun || noun.upos !== "NOUN" || isPossessive(words[outer.last])) return;
  if (
    mention.kind === "place"
      ? /^(capital|city|town|port|resort|village|region|province)$/.test(words[outer.last] ?? "")
      : !/^(government|ministry|army|state)$/.test(words[outer.last] ?? "")
  ) {
    add(page, "located-in", "structure.apposition", mention, outer, 0.8);
  }
}

/** "the Wagner Group in Bamako": only where the place belongs to the name, not to what is done there. */
export function readSeat(page: Page, organization: Mention): void {
  if (page.words[organization.last] !== "in") return;
  const at = organization.last + 1;
  const place = page.mentions.find(
    (mention) => mention.first === at && mention.form === "name" && (mention.kind === "place" || mention.kind === "state"),
  );
  const token = page.tree.tokens[place?.head ?? -1];
  if (!place || token?.relation !== "nmod" || token.head < organization.first || token.head >= organization.last) return;
  // "meets the Contact Group in New York", "an office of the Taliban in Doha": where that happens, or stands.
  if (/^(obj|iobj|obl|nmod)/.test(page.tree.tokens[organization.head]?.relation ?? "")) return;
  add(page, "located-in", "structure.seat", organization, place, 0.75);
}

/** "Doha, Qatar" and "Merowe, in northern Sudan". */
export function readPlace(page: Page, place: Mention): void {
  const { words } = page;
  if (words[place.last] !== ",") return;
  let at = place.last + 1;
  const inside = words[at] === "in";
  if (inside) at++;
  while (
    ["the", "northern", "southern", "eastern", "western", "central", "south", "north", "east", "west"].includes(words[at] ?? "") &&
    !page.mentions.some((mention) => mention.first === at)
  )
    at++;
  const outer = page.mentions.find(
    (mention) => mention.first === at && (mention.kind === "state" || mention.kind === "place") && mention.form === "name",
  );
  // "near Novi Sad, the Pentagon confirmed": the subject of what follows.
  if (!outer || outer.chains[0] === place.chains[0] || /^nsubj/.test(page.tree.tokens[outer.head]?.relation ?? "")) return;
  const after = words[outer.last];
  const dateline = page.reading.annotated.sentences[page.tree.index]?.dateline === true;
  const listed =
    after === "and" ||
    after === "or" ||
    (after === "," && page.mentions.some((mention) => mention.first === outer.last + 1 && mention.kind === outer.kind));
  if (isPossessive(after) || (listed && !inside) || (outer.kind === "place" && !inside && !dateline && after !== ",")) return;
  add(page, "located-in", "structure.located", place, outer, 0.9);
}
