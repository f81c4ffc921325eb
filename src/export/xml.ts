/** Text to XML 1.0: what a writer puts between quotes or tags can never become markup. */

const SPECIAL: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
/** Everything outside the Char production of XML 1.0, section 2.2; with the `u` flag a lone surrogate is a code point of its own. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, "gu");

/** A character that may be forbidden or special; most text has none. */
const NOT_PLAIN = /[^ !#-%'-;=?-\uD7FF\uE000-\uFFFD]/;

/** Escapes for attributes and character data, and counts what it had to leave out. */
export class XmlText {
  removed = 0;

  /** `text` escaped for an attribute value in double quotes or for character data. */
  escape(text: string): string {
    if (!NOT_PLAIN.test(text)) return text;
    const legal = FORBIDDEN.test(text) ? text.replace(ALL_FORBIDDEN, () => (this.removed++, "")) : text;
    return legal.replace(/[&<>"\t\n\r]/g, (character) => SPECIAL[character] ?? character);
  }

  /** For the end of a file, which whoever got it as a stream has nothing else to learn it from: what was left out; nothing where all is in. */
  remark(): string {
    if (this.removed === 0) return "";
    return `<!-- ${this.removed} ${this.removed === 1 ? "character" : "characters"} that XML forbids left out -->\n`;
  }

  /** Attributes as ` name="value"`, in the order given; undefined values are left out. Names are trusted. */
  attributes(values: Readonly<Record<string, string | number | undefined>>): string {
    let out = "";
    for (const [name, value] of Object.entries(values)) if (value !== undefined) out += ` ${name}="${this.escape(String(value))}"`;
    return out;
  }
}
