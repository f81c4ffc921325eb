/** The lines above a story: who issued the document, when, and what kind of text it calls itself. */
import { type WireDateline, datelineAlone } from "./dateline.ts";
import { type DateReading, findDates, readDate } from "./dates.ts";

/** What one line above the story is. */
export interface HeadLine {
  /** `boilerplate`: who wrote it, or what kind of text it is. */
  readonly kind: "dateline" | "outlet" | "boilerplate";
  /** Of the outlet or the body that issued the document. */
  readonly outlet?: string;
  readonly date?: DateReading;
  readonly wire?: WireDateline;
  /** Where the line goes on with the headline: its offset in the line. */
  readonly titleAt?: number;
}

/** Characters of the longest such line. */
const LONGEST = 140;

/** Kinds of text, and other words that stand alone on a line of their own. */
const LABEL = new RegExp(
  `^(?:${[
    "(?:joint |press |news |media |official )?(?:readouts?|releases?|statements?|briefings?|notes?|advisor(?:y|ies)|conferences?|remarks|communiqu[eé]s?|transcripts?|bulletins?)(?: and (?:releases?|remarks|briefings?))?",
    "(?:for )?immediate release",
    "(?:meetings? )?coverage",
    "news(?: stor(?:y|ies)| flash| in brief)?|events?|speech(?:es)?(?: and (?:statements?|transcripts?))?|briefing room|unofficial translation|translation",
    "(?:first |last )?(?:published|updated|posted|modified)(?: on)?|exclusive|breaking(?: news)?|update \\d|world(?: news)?|politics|diplomacy|africa|americas|asia|europe|middle east",
    "(?:check|as) (?:against )?deliver(?:y|ed)|(?:the )?following (?:is|text) (?:is )?attributable to .{3,80}",
  ].join("|")})\\s*[:.]?$`,
  "iu",
);
/** "SG/SM/21035", "S/2021/45". */
const SYMBOL = /^(?=[^/]{1,8}\/)(?:[A-Z]{1,6}|\d{4})(?:\/(?:[A-Z]{1,6}|[\dA-Z.()-]{1,10})){1,5}$/u;
const TIME_OF_DAY = /^(?:at )?\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:gmt|utc|[a-z]{2,4}|local time)\)?)?$/iu;
/** "No: 15, 13 January 2021, Press Release Regarding ...": number, day and headline in one line. */
const NUMBERED = /^(?:no|nr|qa|ref|press release(?: no)?)\.?\s*[:-]?\s*[\d/-]{1,12}\s*,\s*(?<date>[^,]{6,30}?\d{4})\s*,\s*/iu;
const PERSON = "\\p{Lu}[\\p{L}\\p{M}.'’/-]*";
const BYLINE = new RegExp(`^(?:By|BY|by)(?:\\s+(?:and|AND|in|\\||${PERSON}),?)+$`, "u");
const WRITER = new RegExp(
  `^${PERSON}(?: ${PERSON}){1,3}(?:,? in ${PERSON}|, [\\p{L} ]{0,40}(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Ww]riter|(?:[Bb]ureau|[Oo]ffice) [Cc]hief))$`,
  "u",
);
const NAME_THEN_DATE = /^(.{2,60}?)\s*(?:\(([^()]+)\)|\s[|•·–—-]\s(.+)|,\s(.+))$/u;
const DATE_THEN_NAME = /^(.{6,40}?\d)(?:\s[|•·–—-]|,)\s(\D{2,60})$/u;
/** Words that mark a name as an outlet's where nothing else does. */
const OUTLET_WORD =
  /(?<![\p{L}])(?:news|times|post|daily|agency|ajansı|press|herald|tribune|guardian|journal|radio|tv|television|today|gazette|monitor|wire|bulletin|dispatch|observer|telegraph|chronicle|magazine|media|euronews|euractiv|politico|reuters|bloomberg|sabah|hürriyet|anadolu|al jazeera|tass|interfax|sputnik|ria novosti|xinhua|kyodo|yonhap|armenpress|azertac|irna|wafa|cnn|bbc|npr|voa|rfe\/rl|afp|ap|upi|dpa|efe|ansa|dw)(?![\p{L}])/iu;
const STATE =
  "(?:(?:the )?(?:(?:federal |democratic |islamic |people['’]s )*(?:republic|kingdom|state|federation) of )?(?:(?:united|saudi|sri|south|north|new|costa|el|burkina|sierra) )?[\\p{L}-]+)";
const AFFAIRS =
  "(?:the|and|for|of|&|foreign|external|internal|affairs|commonwealth|development|defen[cs]e|interior|cooperation|international|trade|europe|european|integration|expatriates|emigrants|spokes(?:person|man|woman)|press|secretary(?:[- ]general)?|prime|minister|president|high|representative|human|rights|information|communications?|media|public|diplomacy)";
/** Bodies that issue readouts and communiqués, the line being their name and no more. */
const ISSUER = new RegExp(
  `^(?:(?:the )?(?:white house|kremlin|[\\p{L}-]+ (?:council|commission|parliament)|[\\p{L}-]+ [\\p{L}-]+ (?:council|commission))|(?:(?:the|u\\.?[skn]\\.?|federal) )?(?:office|ministry|department|delegation|secretariat|directorate|service)(?: (?:of|for|to))(?:,? ${AFFAIRS}){1,9}(?:,? of ${STATE})?|(?:the )?(?:government|embassy|(?:permanent )?mission|presidency|department|ministry|office) of ${STATE}|(?:[\\p{L}-]+ ){0,3}(?:(?:foreign|defen[cs]e) ministry|press service))$`,
  "iu",
);
/** Small words that a line may hold beside dates and names. */
const BESIDE_DATE =
  /(?<![\p{L}\p{N}])(?:(?:first|last) )?(?:published|updated?|posted|modified|issued|released|editor|at|on|by|date|\d+ (?:years?|months?|days?|hours?) ago|[ap]\.?m\.?|gmt|utc|[ecmp][ds]t|local time)(?![\p{L}\p{N}])/giu;
const MOST_WORDS_BESIDE_DATE = 4;

/**
 * What a line above the story is, if it is no headline and no text.
 * @param hasTitle whether a headline was read: only then is the bare name of an outlet one
 */
export function headLine(line: string, hasTitle: boolean): HeadLine | undefined {
  if (line.length > LONGEST) return undefined;
  const wire = datelineAlone(line);
  if (wire) return { kind: "dateline", wire };
  if (LABEL.test(line) || SYMBOL.test(line) || TIME_OF_DAY.test(line)) return { kind: "boilerplate" };
  const numbered = NUMBERED.exec(line);
  const numberedDay = readDate(numbered?.groups?.["date"] ?? "");
  if (numbered && numberedDay) return { kind: "dateline", date: numberedDay, titleAt: numbered[0].length };
  if (BYLINE.test(line)) return byline(line.replace(/^by\s+/iu, "").replace(/\s+staff(?: (?:writers?|reporters?))?$/iu, ""));
  if (WRITER.test(line)) return { kind: "boilerplate" };
  return dated(line, hasTitle) ?? (isOutlet(line, hasTitle) ? { kind: "outlet", outlet: line } : undefined);
}

/** Whether the line is a day with its time, or the time below a day: then it is no heading of a part of the text. */
export function tellsTime(line: string): boolean {
  return TIME_OF_DAY.test(line) || (readDate(line) !== undefined && /\d[:.]\d{2}\b(?!\.?\d)/u.test(line.replace(/\d+\.\d+\.\d+/u, "")));
}

/** The outlet's name out of "Reuters (13 January 2021)", "Xinhua| 2021-01-13 10:22:35|Editor: huaxia" or "Reuters". */
export function outletName(text: string): string {
  const [, name, inParentheses, afterBar, afterComma] = NAME_THEN_DATE.exec(text) ?? [];
  if (name !== undefined && readDate(inParentheses ?? afterBar ?? afterComma ?? "")) return name;
  const [first = text, ...others] = text.split("|");
  return others.some((part) => findDates(part).length > 0) ? first.trim() : text;
}

function byline(writer: string): HeadLine {
  return OUTLET_WORD.test(writer) && writer.split(" ").length <= 3 ? { kind: "boilerplate", outlet: writer } : { kind: "boilerplate" };
}

function isOutlet(line: string, hasTitle: boolean): boolean {
  return ISSUER.test(line) || (hasTitle && isName(line) && OUTLET_WORD.test(line) && line.split(" ").length <= 5);
}

/** A line of a date with an outlet, a place or a name beside it. */
function dated(line: string, hasTitle: boolean): HeadLine | undefined {
  const [, name = "", inParentheses, afterBar, afterComma] = NAME_THEN_DATE.exec(line) ?? [];
  const after = readDate(inParentheses ?? afterBar ?? afterComma ?? "");
  if (after && isName(name))
    return inParentheses !== undefined || namesOutlet(name)
      ? { kind: "outlet", outlet: name, date: after }
      : { kind: "dateline", date: after };
  const [, first = "", nameAfter = ""] = DATE_THEN_NAME.exec(line) ?? [];
  const before = readDate(first);
  if (before && isName(nameAfter))
    return namesOutlet(nameAfter) ? { kind: "outlet", outlet: nameAfter, date: before } : { kind: "dateline", date: before };
  return amid(line, hasTitle);
}

/** A line that holds dates, and besides them names and labels alone. */
function amid(line: string, hasTitle: boolean): HeadLine | undefined {
  const dates = findDates(line);
  const [first] = dates;
  if (first === undefined) return undefined;
  let rest = "";
  let from = 0;
  for (const { start, end } of dates) {
    rest += `${line.slice(from, start)}|`;
    from = end;
  }
  const parts = (rest + line.slice(from))
    .replace(BESIDE_DATE, "|")
    .split(/[|•·–—:;()]|\s-(?=\s|$)/u)
    .map((part) => part.replace(/^[\s,.-]+|[\s,.-]+$/gu, ""))
    .filter((part) => part !== "");
  const words = parts.flatMap((part) => part.split(/[\s,]+/u));
  if (
    words.length > MOST_WORDS_BESIDE_DATE ||
    !words.every((word) => /^(?:[\p{Lu}\p{N}].*|of|the|and|de|al)$/u.test(word) || LABEL.test(word))
  )
    return undefined;
  const outlet = parts.find((part) => namesOutlet(part) && !LABEL.test(part));
  // "CRIMEA VOTES 16 MARCH 2014" above everything may as well be the headline.
  if (!hasTitle && outlet === undefined && parts.length === 1 && words.length > 1 && !/\d[:.]\d{2}/u.test(line)) return undefined;
  return outlet === undefined ? { kind: "dateline", date: first.date } : { kind: "outlet", outlet, date: first.date };
}

function namesOutlet(name: string): boolean {
  return OUTLET_WORD.test(name) || ISSUER.test(name);
}

/** Up to eight words that begin like a name and are no sentence. */
function isName(text: string): boolean {
  return /^[\p{Lu}\p{N}]/u.test(text) && text.split(" ").length <= 8 && !/[.!?:;]["”’']?$/u.test(text);
}
