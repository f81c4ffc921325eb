/** Which bytes are text, and in what encoding. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "../../src/read/decode.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16 = (text: string, endian: "le" | "be", mark: boolean) => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return endian === "le" ? bytes : bytes.swap16();
};
const STORY = "Presidents Erdoğan and Macron met in İzmir. “Good talks,” said Şahin.";

describe("decode", () => {
  it.each([
    ["UTF-8", Buffer.from(STORY)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${STORY}`)],
    ["UTF-16 LE with a mark", utf16(STORY, "le", true)],
    ["UTF-16 BE with a mark", utf16(STORY, "be", true)],
    ["UTF-16 LE without a mark", utf16(STORY, "le", false)],
    ["UTF-16 BE without a mark", utf16(STORY, "be", false)],
  ])("reads %s", (_, bytes) => {
    expect(decode(bytes, "story.txt")).toBe(STORY);
  });

  it("reads Windows-1254 where Turkish letters tell it", () => {
    expect(decode(latin1("Mevl\xfct \xc7avu\xfeo\xf0lu flew to \xddstanbul. It\x92s a \x93deal\x94."), "a.txt")).toBe(
      "Mevlüt Çavuşoğlu flew to İstanbul. It’s a “deal”.",
    );
  });

  it("reads Windows-1252 otherwise, Icelandic letters included", () => {
    expect(decode(latin1("Fran\xe7ois met Jos\xe9 in Z\xfcrich \x96 they agreed."), "a.txt")).toBe(
      "François met José in Zürich – they agreed.",
    );
    expect(decode(latin1("\xdeorger\xf0ur and Gu\xf0mundur J\xf3nsson met \xde\xf3rd\xeds Fri\xf0rik\xfadottir."), "a.txt")).toContain(
      "Þórdís",
    );
  });

  it("reads a text that is mainly in another alphabet by the detector", () => {
    const russian = "Президент России провел телефонный разговор с президентом Турции. ".repeat(5);
    const table = new TextDecoder("windows-1251").decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128));
    const bytes = Uint8Array.from(russian, (character) =>
      character.charCodeAt(0) < 128 ? character.charCodeAt(0) : 128 + table.indexOf(character),
    );
    expect(decode(bytes, "a.txt")).toBe(russian);
  });

  it.each([
    ["nothing", Buffer.alloc(0), "file-empty"],
    ["only white space", Buffer.from("\ufeff \r\n\t"), "file-empty"],
    ["zeros", Buffer.from("abc\0def"), "file-binary"],
    ["control characters", Buffer.from("ab\x01\x02\x03\x04cd"), "file-binary"],
    ["a PDF", Buffer.from("%PDF-1.7 ..."), "file-binary"],
    ["a PNG", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), "file-binary"],
    ["an office document", Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14]), "file-binary"],
    ["damaged UTF-8", Buffer.concat([Buffer.from("Erdoğan ve Şahin"), Buffer.from([0xff, 0x41])]), "file-encoding"],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), "file-encoding"],
    ["half a UTF-16 pair", Buffer.concat([utf16("Talks were held.", "le", true), Buffer.from([0x00, 0xd8])]), "file-encoding"],
    ["a web page", Buffer.from("<!DOCTYPE html><html><body>Talks</body></html>"), "file-format"],
    ["rich text", Buffer.from("{\\rtf1\\ansi Talks}"), "file-format"],
  ])("refuses %s in one line that names the file", (_, bytes, code) => {
    expect(() => decode(bytes, "news/a.txt")).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(/^news\/a\.txt: [^\n]+\.$/u) }),
    );
  });

  it("refuses what is over the limit and says both sizes", () => {
    expect(() => decode(Buffer.alloc(2_500_000, 0x61), "a.txt", 1_000_000)).toThrow("a.txt: 2.5 MB, over the limit of 1.0 MB");
    expect(decode(Buffer.alloc(1_000_000, 0x61), "a.txt", 1_000_000)).toHaveLength(1_000_000);
  });

  it("gives back any text that was written in UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        const story = `A ${text.replace(/[\0-\x08\x0e-\x1f]/gu, "")}`;
        expect(decode(Buffer.from(story), "a.txt")).toBe(story);
      }),
    );
  });

  it("answers any bytes with a text or with an error a user can act on", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          expect(decode(bytes, "a.txt")).toMatch(/\S/u);
        } catch (error) {
          expect(error).toMatchObject({ name: "KnownError", code: expect.stringMatching(/^file-/u) });
        }
      }),
    );
  });
});
