/** The document as it was read: text that never changes, and spans that point into it. */

/** SHA-256 (hex) of the document's normalised text and its own metadata: reading the same document again gives the same id. */
export type DocumentId = string & { readonly __brand: "DocumentId" };

/** Half-open range of UTF-16 code units into `SourceDocument.text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a stretch of the text is. Only `headline`, `paragraph` and `list-item` hold language to annotate. */
export const BLOCK_KINDS = ["headline", "dateline", "outlet", "paragraph", "list-item", "url", "boilerplate"] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** A stretch of text that is read on its own: no sentence crosses a block. */
export interface Block extends Span {
  readonly kind: BlockKind;
}

export interface SourceDocument {
  readonly id: DocumentId;
  /** Short human name: front matter `id`, else the file's name without its extension. */
  readonly name: string;
  /** The decoded text, byte order mark removed, otherwise unchanged: all offsets point here. */
  readonly text: string;
  /** In order, not overlapping. */
  readonly blocks: readonly Block[];
  /** Marks within blocks that are no language (Markdown emphasis, brackets and targets of links); in order, not overlapping. */
  readonly markup?: readonly Span[];
  readonly title: string;
  /** Publication date as the document itself gives it, YYYY-MM-DD; absent when it gives none. */
  readonly date?: string;
  /** The outlet as the document names it. */
  readonly source?: string;
  readonly url?: string;
}
