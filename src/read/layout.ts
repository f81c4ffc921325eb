/** Text -> blocks: which stretches are headline, paragraph, list item, date line, outlet, address or furniture, and what the lines say of the document. */
import type { Block, BlockKind, Span } from "../model/text.ts";
import type { WireDateline } from "./dateline.ts";
import { type DateReading, findDates, readDate } from "./dates.ts";
import { headLine, type HeadLine, outletName, tellsTime } from "./masthead.ts";

/** A line without the white space at its ends. */
export interface Line extends Span {
  readonly text: string;
}

/** A date that a document prints: beside the outlet's name, on a line of its own, or below the text. */
export interface PrintedDate {
  readonly from: "outlet" | "line" | "end";
  readonly date: DateReading;
}

/** What the lines of a document say about it; dates in the order of the text. */
export interface Layout {
  readonly blocks: readonly Block[];
  readonly title?: string;
  readonly source?: string;
  readonly url?: string;
  /** Where it stands on a line of its own. */
  readonly wire?: WireDateline;
  readonly dates: readonly PrintedDate[];
}

/** "Done at Geneva on 5 December 2021." */
const DONE_AT =
  /^(?:done|signed|issued|adopted|given) (?:at|in) [\p{L}\p{M}.'’, -]{2,40}?,? (?:on |this )?(?<day>[^,]{6,20},? \d{4})\.?$/iu;
/** Longest line, in characters, that is looked at as anything but plain text. */
const SHORT_LINE = 240;
/** Lines like headlines that may follow the first: a kicker, a standfirst, the headline below a label. */
const MOST_HEADS = 4;
const RULE = /^(?:[-*_=~–—•·]\s*)+$/u;
const ADDRESS = /^<?((?:https?:\/\/|www\.)[^\s<>]+)>?$/iu;
const SOURCE_LABEL = /^(?:kaynak\s*\/\s*source|kaynak|sources?|via|originally published (?:by|in|at))\s*:\s*(.*)$/iu;
const DATE_LABEL = /^(?:(?:first |last )?(?:published|updated|posted|modified|date|tarih)(?: on| at)?\s*:?\s+)?(.+)$/iu;
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/u;
const BOLD = /^(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)$/u;
const ITEM = /^(?:[-*+•‣▪◦]|\(?\d{1,2}[.)]|[a-h]\))\s+(?=\S)/u;
const QUOTE = /^>+\s*/u;
const TABLE_OR_IMAGE = /^(?:\|.*\||!\[.*|<!--.*|<\/?[a-z][^>]*>)$/iu;
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
  const dates: PrintedDate[] = [];
  let [title, source, url] = [undefined, undefined, undefined] as (string | undefined)[];
  let wire: WireDateline | undefined;
  let group: Line[] = [];
  let isTop = true;
  /** Paragraphs after the headline: some that read like another headline, then those of the story. */
  let [heads, story] = [0, 0];
  let fence = "";

  const push = (kind: BlockKind, line: Span) => blocks.push({ kind, start: line.start, end: line.end });
  const flush = () => {
    for (const unit of unitsOf(group)) {
      push(unit.kind, unit);
      const isHead = unit.kind === "paragraph" && isTop && isTitle(unit.text);
      if (isHead && title === undefined && known === undefined) title = unit.text;
      else if (sameTitle(unit.text, known)) continue;
      else if (isHead && heads < MOST_HEADS) heads++;
      else {
        isTop = false;
        story++;
      }
    }
    group = [];
  };
  const nextText = (index: number) => lines.slice(index + 1, index + 3).find((line) => line.text !== "")?.text ?? "";
  const takeHead = (line: Line, head: HeadLine) => {
    const startOfTitle = head.titleAt === undefined ? line.end : line.start + head.titleAt;
    push(head.kind, { start: line.start, end: startOfTitle });
    source ??= head.outlet;
    wire ??= head.wire;
    if (head.date) dates.push({ from: head.kind === "outlet" ? "outlet" : "line", date: head.date });
    if (startOfTitle === line.end) return;
    push("headline", { start: startOfTitle, end: line.end });
    title ??= line.text.slice(startOfTitle - line.start);
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
      else if (label !== "" && label.length <= 60) {
        source ??= outletName(label);
        const [day] = isTop ? findDates(label) : [];
        if (day) dates.push({ from: "outlet", date: day.date });
      }
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
      const isOfDocument = isTop || labelled !== text || (story <= 1 && (tellsTime(text) || tellsTime(nextText(index))));
      if (isOfDocument) dates.push({ from: "line", date });
      return;
    }
    const mayBeHead = isTop || (blocks.at(-1)?.kind === "dateline" && story <= 1 && tellsTime(text));
    const head = mayBeHead ? headLine(text, (title ?? known) !== undefined || group.length > 0) : undefined;
    if (head) {
      flush();
      takeHead(line, head);
    } else group.push(line);
  });
  flush();
  if (story > 0) dates.push(...closingDate(lines));

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

/** The day below a statement or a communiqué: "New York, 13 January 2021", "Done at Geneva on 5 December 2021". */
function closingDate(lines: readonly Line[]): PrintedDate[] {
  const [before, last] = lines.filter(({ text }) => text !== "").slice(-2);
  const dayOf = ({ text }: Line) => {
    const head = text.length > SHORT_LINE ? undefined : headLine(text, true);
    return head?.date ?? head?.wire?.date ?? readDate(DONE_AT.exec(text)?.groups?.["day"] ?? "");
  };
  // Above a sentence it heads a part.
  const day = last && (dayOf(last) ?? (before && isTitle(last.text) ? dayOf(before) : undefined));
  return day === undefined ? [] : [{ from: "end", date: day }];
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

/** The address in full, or undefined where it is none of the web's. */
export function webAddress(text: string): string | undefined {
  const address = /^www\./iu.test(text) ? `https://${text}` : text;
  return /^https?:\/\//iu.test(address) && URL.canParse(address) ? address : undefined;
}
