/** Marks of Markdown and HTML inside a line: what a reader of the text skips. */
import type { Block, Span } from "../model/text.ts";

/** Each pattern's groups are marks; what stands between them is text. Lengths are bounded, so that every pattern takes linear time. */
const MARKS: readonly RegExp[] = [
  /(!\[[^[\]\n]{0,300}\]\([^()\s]{1,500}\))/dgu,
  /(\[)[^[\]\n]{1,300}(\]\([^()\s]{1,500}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?(?: "[^"\n]{0,200}")?\))/dgu,
  /(\[\^?\d{1,3}\])/dgu,
  /(\*\*)(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])(\*\*)/dgu,
  /(?<![\p{L}\p{N}_])(__)(?=[^\s_])[^_\n]{1,300}(?<=[^\s_])(__)(?![\p{L}\p{N}_])/dgu,
  /(?<![\p{L}\p{N}*])(\*)(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])(\*)(?![\p{L}\p{N}*])/dgu,
  /(?<![\p{L}\p{N}_])(_)(?=[^\s_])[^_\n]{1,300}(?<=[^\s_])(_)(?![\p{L}\p{N}_])/dgu,
  /(<\/?(?:a|b|i|u|em|strong|span|sup|sub|br|p|small|mark)(?:\s[^<>\n]{0,300})?\/?>)/dgiu,
];

/** The marks in those blocks that hold language, in order. */
export function inlineMarkup(text: string, blocks: readonly Block[]): Span[] {
  return blocks.flatMap((block) => {
    if (block.kind !== "headline" && block.kind !== "paragraph" && block.kind !== "list-item") return [];
    const piece = text.slice(block.start, block.end);
    if (!/[*_[<]/u.test(piece)) return [];
    const spans = MARKS.flatMap((pattern) => [...piece.matchAll(pattern)].flatMap(({ indices }) => indices?.slice(1) ?? []));
    let end = 0;
    return spans
      .filter((range) => range !== undefined)
      .sort((a, b) => a[0] - b[0] || b[1] - a[1])
      .flatMap(([from, to]) => {
        // A mark inside another (an address with underscores) is part of it.
        if (from < end) return [];
        end = to;
        return [{ start: block.start + from, end: block.start + to }];
      });
  });
}
