/** The names in GUM's Entity annotation, which marks mentions of all kinds. */
import type { Name, NameLabel } from "../../model/annotation.ts";
import type { GoldSentence } from "./corpus.ts";

const KINDS: Readonly<Record<string, NameLabel>> = {
  person: "person",
  organization: "organization",
  place: "place",
  event: "other",
  object: "other",
  abstract: "other",
};

/** A mention of GUM's Entity annotation: tokens [first, last), its minimal span among them. */
interface Mention {
  readonly first: number;
  readonly last: number;
  readonly label: NameLabel;
  /** Tokens that make the mention's name or head, by GUM. */
  readonly core: ReadonlySet<number>;
}

/**
 * Names out of GUM's Entity annotation, in the convention of UNER and CrossNER: no titles and offices, no possessors or posts of persons
 * ("Malaysia's Prime Minister Najib Razak", "Gary Chan of DAB"), no peoples ("Muslims"), the outermost of nested names. A mention gives
 * the name words of its minimal span; mentions of things and events count, as "other", only with a Wikipedia title.
 */
export function entityNames(sentence: GoldSentence, misc: readonly string[]): Name[] {
  const mentions = mentionsOf(misc);
  const names = mentions.flatMap((mention) => {
    const span = mention.label === "person" ? personName(sentence, mention, mentions) : bodyName(sentence, mention, mentions);
    return span ? [{ ...span, label: mention.label }] : [];
  });
  names.sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
  const taken = new Uint8Array(sentence.words.length);
  return names
    .filter((name) => {
      if (taken.subarray(name.first, name.last).some((t) => t === 1)) return false;
      taken.fill(1, name.first, name.last);
      return true;
    })
    .sort((a, b) => a.first - b.first);
}

function mentionsOf(misc: readonly string[]): Mention[] {
  const mentions: Mention[] = [];
  const open: { id: string; first: number; fields: readonly string[] }[] = [];
  misc.forEach((field, i) => {
    const value = /(?:^|\|)Entity=([^|]*)/.exec(field)?.[1];
    if (!value) return;
    for (const part of value.match(/\([^()]*\)?|[^()]+\)/g) ?? []) {
      // id-type-status-salience-centering-minspan-link[-identity]; a minspan ("2,3", counted from 1 in the mention) holds no hyphen
      const fields = part.replace(/[()]/g, "").split("-");
      const id = fields[0] as string;
      if (part.startsWith("(")) open.push({ id, first: i, fields });
      if (!part.endsWith(")")) continue;
      const at = open.findLastIndex((m) => m.id === id);
      const mention = open[at];
      if (!mention) continue;
      open.splice(at, 1);
      const { first } = mention;
      const label = KINDS[mention.fields[1] as string];
      if (!label || (label === "other" && mention.fields.length <= 7)) continue;
      const core = new Set((mention.fields[5] ?? "").split(",").map((n) => first + Number(n) - 1));
      mentions.push({ first, last: i + 1, label, core });
    }
  });
  return mentions;
}

const list = (words: string) => new Set(words.trim().split(/\s+/));
/** Words before (or instead of) the name of a person. */
const TITLES = list(`
  president vice-president presidents prime minister ministers deputy foreign vice mr mr. mrs mrs. ms ms. miss dr dr. sir king queen prince
  princess senator sen sen. senators rep rep. representative congressman congresswoman governor gov gov. mayor general gen gen. colonel col
  col. captain capt capt. lieutenant lt lt. sergeant sgt sgt. major maj. admiral adm. commander brigadier marshal private corporal pope
  professor prof prof. reverend rev rev. ambassador secretary chancellor administrator judge justice lord lady dame chairman chairwoman
  director officer chief attorney sheriff detective inspector father mother brother sister uncle aunt saint st st. emperor empress duke
  duchess earl count baron emir sultan sheikh imam ayatollah archbishop bishop cardinal rabbi coach mom dad mum mama mommy daddy grandma
  grandpa granny god state press spokesman spokeswoman spokesperson honor honour majesty highness madam ma'am speaker defendant plaintiff
  petitioner respondent doctor`);
const PARTICLES = list("- – al el ul ibn bin bint abu ben de del della der den di da dos du la le van von y o' ' st.");
const JOINERS = list("of the and for - – 's ’s ' & de la del do von van bin al on to und et");

const capital = (word: string) => /^\p{Lu}/u.test(word);

const isInside = (inner: Mention, outer: Mention) =>
  inner.first >= outer.first && inner.last <= outer.last && inner.last - inner.first < outer.last - outer.first;

/** The run of name words of a person mention that comes last in its minimal span, outside names nested in it, or undefined. */
function personName(sentence: GoldSentence, mention: Mention, mentions: readonly Mention[]): { first: number; last: number } | undefined {
  const { words, upos = [], xpos = [], heads = [], relations = [] } = sentence;
  const nested = (i: number) => mentions.some((m) => isInside(m, mention) && m.label !== "person" && m.first <= i && i < m.last);
  const isCore = (i: number): boolean => mention.core.has(i) || (relations[i] === "flat" && mention.core.has(heads[i] as number));
  const isName = (i: number) =>
    isCore(i) &&
    !nested(i) &&
    (upos[i] === "PROPN" || (relations[i] === "flat" && upos[i] !== "NOUN") || /^(?:[IVX]+|\p{Lu}\.)$/u.test(words[i] as string)) &&
    upos[i] !== "PRON" &&
    (capital(words[i] as string) || PARTICLES.has((words[i] as string).toLowerCase())) &&
    !TITLES.has((words[i] as string).toLowerCase());
  const joins = (i: number) => PARTICLES.has((words[i] ?? "").toLowerCase()) && !nested(i);
  let best: { first: number; last: number } | undefined;
  for (let i = mention.first; i < mention.last; ) {
    if (!isName(i)) {
      i++;
      continue;
    }
    let to = i + 1;
    for (;;) {
      if (to < mention.last && isName(to)) to++;
      else if (to + 1 < mention.last && /^[-–]$/.test(words[to] as string) && upos[to + 1] === "PROPN") to += 2;
      else if (to + 1 < mention.last && joins(to) && isName(to + 1)) to += 2;
      else if (to + 2 < mention.last && joins(to) && joins(to + 1) && isName(to + 2)) to += 3;
      else break;
    }
    const people = to - i === 1 && xpos[i] === "NNPS";
    if (!people && (to > i + 1 || (words[i] as string).length > 1)) best = { first: i, last: to };
    i = to;
  }
  return best;
}

/** The unbroken stretch of name words around the head of a mention of anything but a person, or undefined where the head is no name. */
function bodyName(sentence: GoldSentence, mention: Mention, mentions: readonly Mention[]): { first: number; last: number } | undefined {
  const { words, upos = [], heads = [] } = sentence;
  const head = Array.from({ length: mention.last - mention.first }, (_, k) => mention.first + k).find((i) => {
    const h = heads[i] as number;
    return h < mention.first || h >= mention.last;
  });
  if (head === undefined) return undefined;
  // "Drug Court": GUM tags some heads of names as nouns
  const capitalNoun = upos[head] === "NOUN" && head > 0 && capital(words[head] as string);
  if (upos[head] !== "PROPN" && !(capitalNoun && mention.core.size > 1 && mention.core.has(head))) return undefined;
  const isName = (i: number) =>
    i >= mention.first &&
    i < mention.last &&
    (upos[i] === "PROPN" || (mention.core.has(i) && capital(words[i] as string) && upos[i] !== "DET" && upos[i] !== "PRON"));
  const inner = (test: (m: Mention) => boolean) => mentions.some((m) => isInside(m, mention) && test(m));
  /** A joining word; "and" joins no two names. */
  const joins = (i: number) => {
    const word = (words[i] ?? "").toLowerCase();
    return JOINERS.has(word) && !(word === "and" && inner((m) => m.label !== "other" && (m.first === i + 1 || m.last === i)));
  };
  const inCore = (i: number) => isName(i) && mention.core.has(i);
  const possessor = (i: number) => i >= mention.first && capital(words[i] as string) && !inner((m) => m.first <= i && i < m.last);
  let from = head;
  let to = head + 1;
  for (;;) {
    if (isName(to)) to++;
    else if (joins(to) && inCore(to + 1)) to += 2;
    else if (joins(to) && to + 2 < mention.last && joins(to + 1) && inCore(to + 2)) to += 3;
    else break;
  }
  for (;;) {
    if (isName(from - 1)) from--;
    else if (from - 2 >= mention.first && joins(from - 1) && inCore(from - 2)) from -= 2;
    else if (/^['’]s?$/.test(words[from - 1] ?? "") && possessor(from - 2)) from -= 2;
    else break;
  }
  return { first: from, last: to };
}
