/** Text -> blocks: which stretches are headline, paragraph, list item, date line, outlet, address or furniture, and what the lines say of the document. */
import type { Block, BlockKind, Span } from "../model/text.ts";
import { datelineAlone, type WireDateline } from "./dateline.ts";
import { type DateReading, readDate } from "./dates.ts";

/** A line without the white space at its ends. */
export interface Line extends Span {
  readonly text: string;
}

/** What the lines of a document say about it; dates in the order of the text. */
export interface Layout {
  readonly blocks: readonly Block[];
  readonly title?: string;
  readonly source?: string;
  readonly url?: string;
  /** Where it stands on a line of its own. */
  readonly wire?: WireDateline;
  /** `outlet`: beside the outlet's name; `line`: on a line of its own. */
  readonly dates: readonly { readonly from: "outlet" | "line"; readonly date: DateReading }[];
}

/** Longest line, in characters, that is looked at as anything but plain text. */
const SHORT_LINE = 240;
const RULE = /^(?:[-*_=~–—•·]\s*)+$/u;
const ADDRESS = /^<?((?:https?:\/\/|www\.)[^\s<>]+)>?$/iu;
const SOURCE_LABEL = /^(?:kaynak\s*\/\s*source|kaynak|sources?|via|originally published (?:by|in|at))\s*:\s*(.*)$/iu;
const DATE_LABEL = /^(?:(?:first |last )?(?:published|updated|posted|modified|date|tarih)(?: on| at)?\s*:?\s+)?(.+)$/iu;
const NAME_THEN_DATE = /^(.{2,60}?)\s*(?:\(([^()]+)\)|\s[|•·–—-]\s(.+)|,\s(.+))$/u;
const DATE_THEN_NAME = /^(.{6,40}?\d)(?:\s[|•·–—-]|,)\s(\D{2,60})$/u;
const BYLINE = /^(?:By|BY|by)(?:\s+(?:and|AND|in|\||\p{Lu}[\p{L}\p{M}.'’-]*),?)+$/u;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/u;
const BOLD = /^(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)$/u;
const ITEM = /^(?:[-*+•‣▪◦]|\(?\d{1,2}[.)]|[a-h]\))\s+(?=\S)/u;
const QUOTE = /^>+\s*/u;
const TABLE_OR_IMAGE = /^(?:\|.*\||!\[.*|<!--.*|<\/?[a-z][^>]*>)$/iu;
/** Words that mark a name as an outlet's where nothing else does. */
const OUTLET_WORD =
  /(?<![\p{L}])(?:news|times|post|daily|agency|ajansı|press|herald|tribune|guardian|journal|radio|tv|television|today|gazette|monitor|wire|bulletin|dispatch|observer|telegraph|chronicle|magazine|media|euronews|euractiv|politico|reuters|bloomberg|sabah|hürriyet|anadolu|al jazeera|tass|interfax|sputnik|ria novosti|xinhua|kyodo|yonhap|armenpress|azertac|irna|wafa|cnn|bbc|npr|voa|rfe\/rl|afp|ap|upi|dpa|efe|ansa|dw)(?![\p{L}])/iu;
const FURNITURE: readonly RegExp[] = [
  /^[([]?(?:additional |with )?(?:reporting|writing|editing|compiled|translated|translation|photos?|photographs?|video) (?:also )?by\b/iu,
  /^(?:©|\(c\)\s|copyright\b|all rights reserved)/iu,
  /^(?:read (?:more|also|next)|also read|see also|more on this(?: story)?|related(?: articles?| stories| news| coverage)?)(?:\s*[:|>].*)?$/iu,
  /^(?:advertisement|sponsored(?: content)?|share(?: this(?: article| story)?)?|print|e-?mail|ends?|the end|#{2,}|-30-)[.:]?$/iu,
  /^(?:follow us (?:on|at)|subscribe (?:to|now)|sign up (?:for|to)|click here)\b/iu,
  /^\[?(?:file|archive|handout) (?:photo|picture|image)\b/iu,
];

/** Lines of `text` from offset `start`, blank ones included as empty. */
export function splitLines(text: string, start = 0): Line[] {
  const lines: Line[] = [];
  const ending = /\r\n|[\n\r\u2028\u2029\f]|$/gu;
  for (let from = start; from <= text.length; ) {
    ending.lastIndex = from;
    const to = ending.exec(text)?.index ?? text.length;
    const raw = text.slice(from, to);
    const trimmed = raw.trim();
    const indent = trimmed === "" ? 0 : raw.indexOf(trimmed);
    lines.push({ start: from + indent, end: from + indent + trimmed.length, text: trimmed });
    if (to === text.length) break;
    from = ending.lastIndex;
  }
  return lines;
}

/**
 * The blocks of `lines`. `known` is a title given elsewhere (front matter): then no plain line is taken for one.
 * Takes time linear in the text; lines may be of any length.
 */
export function layOut(lines: readonly Line[], known?: string): Layout {
  const blocks: Block[] = [];
  const dates: { from: "outlet" | "line"; date: DateReading }[] = [];
  let [title, source, url] = [undefined, undefined, undefined] as (string | undefined)[];
  let wire: WireDateline | undefined;
  let group: Line[] = [];
  let isTop = true;
  let fence = "";

  const push = (kind: BlockKind, line: Span) => blocks.push({ kind, start: line.start, end: line.end });
  const flush = () => {
    for (const unit of unitsOf(group)) {
      push(unit.kind, unit);
      if (unit.kind === "paragraph" && isTop && title === undefined && known === undefined && isTitle(unit.text)) title = unit.text;
      else if (!sameTitle(unit.text, known)) isTop = false;
    }
    group = [];
  };

  lines.forEach((line, index) => {
    const { text } = line;
    if (fence !== "" || /^(?:```|~~~)/u.test(text)) {
      flush();
      if (text !== "") push("boilerplate", line);
      fence = fence === "" ? text.slice(0, 3) : text.startsWith(fence) ? "" : fence;
      return;
    }
    if (text === "" || RULE.test(text)) {
      // A line of = or - right below a line makes that one a heading.
      const underlined = group.length === 1 && /^(?:={3,}|-{3,})$/u.test(text) && group[0] && isTitle(group[0].text) ? group[0] : undefined;
      if (underlined && lines[index - 1] === underlined) {
        group = [];
        push("headline", underlined);
        if (isTop) title ??= underlined.text;
      } else flush();
      return;
    }
    if (text.length > SHORT_LINE) {
      group.push(line);
      return;
    }
    const heading = HEADING.exec(text)?.[1] ?? boldLine(text);
    if (heading !== undefined) {
      flush();
      const start = line.start + text.indexOf(heading);
      push("headline", { start, end: start + heading.length });
      if (isTop) title ??= heading;
      return;
    }
    const address = ADDRESS.exec(text)?.[1];
    if (address !== undefined) {
      flush();
      push("url", line);
      url ??= webAddress(address);
      return;
    }
    const label = SOURCE_LABEL.exec(text)?.[1];
    if (label !== undefined && label.length <= 200) {
      flush();
      const cited = ADDRESS.exec(label)?.[1];
      push(cited === undefined ? "boilerplate" : "url", line);
      if (cited !== undefined) url ??= webAddress(cited);
      else if (label !== "" && label.length <= 60) source ??= outletName(label);
      return;
    }
    if (TABLE_OR_IMAGE.test(text) || FURNITURE.some((pattern) => pattern.test(text))) {
      flush();
      push("boilerplate", line);
      return;
    }
    const labelled = DATE_LABEL.exec(text)?.[1] ?? text;
    const date = readDate(labelled);
    if (date) {
      flush();
      push("dateline", line);
      // Deep in the text a bare date heads a part of it.
      if (isTop || labelled !== text) dates.push({ from: "line", date });
      return;
    }
    // Before the story starts, short lines tell who published it and when.
    if (!isTop || text.length > 100) {
      group.push(line);
      return;
    }
    const filed = datelineAlone(text);
    const outlet = filed ? undefined : outletLine(text, (title ?? known) !== undefined || group.length > 0);
    if (filed) {
      flush();
      push("dateline", line);
      wire ??= filed;
    } else if (outlet) {
      flush();
      push(outlet.name === undefined ? "dateline" : "outlet", line);
      source ??= outlet.name;
      if (outlet.date) dates.push({ from: outlet.name === undefined ? "line" : "outlet", date: outlet.date });
    } else if (BYLINE.test(text)) {
      flush();
      push("boilerplate", line);
    } else group.push(line);
  });
  flush();

  const titled = markTitle(blocks, title, known, lines);
  return {
    blocks: titled.blocks,
    dates,
    ...(titled.title !== undefined && { title: titled.title }),
    ...(wire && { wire }),
    ...(source !== undefined && { source }),
    ...(url !== undefined && { url }),
  };
}

/** The text of a line that is bold from end to end. */
function boldLine(text: string): string | undefined {
  const inner = BOLD.exec(text)?.[1]?.trim();
  return inner !== undefined && !inner.includes("**") && !/[.:;,]$/u.test(inner) ? inner : undefined;
}

interface Unit extends Span {
  readonly kind: "paragraph" | "list-item";
  readonly text: string;
}

/** Paragraphs and list items of lines without a blank between them: hard-wrapped lines are one paragraph, others one each. */
function unitsOf(group: readonly Line[]): Unit[] {
  const width = group.reduce((longest, line) => Math.max(longest, line.text.length), 0);
  const isFilled = (line: Line, next: Line) => line.text.length + 1 + (/^\S*/u.exec(next.text)?.[0].length ?? 0) > width - 2;
  const isWrapped = width <= 120 && group.every((line, index) => index === group.length - 1 || isFilled(line, group[index + 1] as Line));
  const units: { kind: Unit["kind"]; start: number; end: number; parts: string[] }[] = [];
  for (const line of group) {
    const marker = (ITEM.exec(line.text) ?? QUOTE.exec(line.text))?.[0] ?? "";
    const last = units.at(-1);
    if (last && marker === "" && (isWrapped || /^\p{Ll}/u.test(line.text))) {
      last.end = line.end;
      last.parts.push(line.text);
    } else {
      const kind = marker === "" || marker.startsWith(">") ? "paragraph" : "list-item";
      const text = line.text.slice(marker.length);
      if (text !== "") units.push({ kind, start: line.start + marker.length, end: line.end, parts: [text] });
    }
  }
  return units.map(({ parts, ...unit }) => ({ ...unit, text: parts.join(" ") }));
}

/** Whether a line that stands first may be a headline: short, and not closed as a sentence is. */
function isTitle(text: string): boolean {
  if (text.length > 200 || text.split(" ").length > 28) return false;
  if (/[?!]["”’']?$/u.test(text)) return text.length <= 120;
  return !/[.:;,…]["”’')]?$/u.test(text) || /(?:\p{Lu}\.){2,}$/u.test(text);
}

function sameTitle(text: string, known: string | undefined): boolean {
  const bare = (value: string) => value.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return known !== undefined && text.length <= known.length + 40 && bare(text) === bare(known);
}

/** Turns the paragraph that was taken for the title into a headline, if there is text besides it. */
function markTitle(blocks: readonly Block[], title: string | undefined, known: string | undefined, lines: readonly Line[]) {
  const isText = (block: Block) => block.kind === "paragraph" || block.kind === "list-item";
  const first = blocks.findIndex((block) => isText(block) || block.kind === "headline");
  const block = blocks[first];
  if (block?.kind !== "paragraph") return { blocks, title };
  const text = lines
    .filter((line) => line.start >= block.start && line.end <= block.end)
    .map((line) => line.text)
    .join(" ");
  if (text !== title && !sameTitle(text, known)) return { blocks, title };
  if (!blocks.slice(first + 1).some(isText)) return { blocks, title: known };
  return { blocks: blocks.with(first, { ...block, kind: "headline" }), title };
}

/** What a line at the top says as outlet, date or both; `afterTitle` allows a bare outlet name. */
function outletLine(text: string, afterTitle: boolean): { name?: string; date?: DateReading } | undefined {
  const found = NAME_THEN_DATE.exec(text);
  if (found) {
    const [, name = "", inParentheses, afterBar, afterComma] = found;
    const date = readDate(inParentheses ?? afterBar ?? afterComma ?? "");
    if (date && isName(name)) return inParentheses !== undefined || OUTLET_WORD.test(name) ? { name, date } : { date };
  }
  const [, before = "", name = ""] = DATE_THEN_NAME.exec(text) ?? [];
  const date = readDate(before);
  if (date && isName(name)) return OUTLET_WORD.test(name) ? { name, date } : { date };
  return afterTitle && isName(text) && OUTLET_WORD.test(text) && text.split(" ").length <= 5 ? { name: text } : undefined;
}

/** Up to eight words that begin like a name and are no sentence. */
function isName(text: string): boolean {
  return /^[\p{Lu}\p{N}]/u.test(text) && text.split(" ").length <= 8 && !/[.!?:;]["”’']?$/u.test(text);
}

/** An outlet's name out of "Reuters (13 January 2021)" or "Reuters". */
function outletName(text: string): string {
  const [, name, inParentheses, afterBar, afterComma] = NAME_THEN_DATE.exec(text) ?? [];
  return name !== undefined && readDate(inParentheses ?? afterBar ?? afterComma ?? "") ? name : text;
}

/** The address in full, or undefined where it is none of the web's. */
export function webAddress(text: string): string | undefined {
  const address = /^www\./iu.test(text) ? `https://${text}` : text;
  return /^https?:\/\//iu.test(address) && URL.canParse(address) ? address : undefined;
}
