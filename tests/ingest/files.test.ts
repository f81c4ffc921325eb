/** Which files a path stands for, on a real file system. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFiles, loadFile } from "../../src/ingest/files.ts";

let root: string;
const put = (path: string, text = "They met.") => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};
const found = (...paths: string[]) => {
  const { files, passedOver, errors } = findFiles(paths.map((path) => join(root, path)));
  return {
    files: files.map((file) => file.slice(root.length + 1)),
    passedOver: Object.fromEntries(passedOver),
    errors: errors.map((error) => error.code),
  };
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "entente-"));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("findFiles", () => {
  it("walks folders by name, takes text and Markdown, counts the rest", () => {
    for (const path of [
      "b.txt",
      "a.md",
      "B.TXT",
      "sub/c.txt",
      "sub/d.pdf",
      "e.jpg",
      "noextension",
      ".hidden.txt",
      ".git/x.txt",
      "README.md",
      "node_modules/x.md",
    ]) {
      put(path);
    }
    expect(found("")).toEqual({
      files: ["B.TXT", "a.md", "b.txt", "sub/c.txt"],
      passedOver: { "": 1, ".jpg": 1, ".pdf": 1 },
      errors: [],
    });
  });

  it("takes a file that is named whatever its extension, once, in the order given", () => {
    put("z.news");
    put("a.txt");
    expect(found("z.news", "a.txt", "z.news", "").files).toEqual(["z.news", "a.txt"]);
  });

  it("takes a README only when nothing else is asked for", () => {
    put("README.md");
    put("a.txt");
    expect(found("README.md", "a.txt")).toEqual({ files: ["a.txt"], passedOver: { "README.md": 1 }, errors: [] });
    expect(found("README.md").files).toEqual(["README.md"]);
  });

  it("follows links to files, not to folders", () => {
    put("real/a.txt");
    put("other.txt");
    symlinkSync(join(root, "other.txt"), join(root, "real/link.txt"));
    symlinkSync(join(root, "real"), join(root, "real/loop"));
    symlinkSync(join(root, "gone"), join(root, "real/broken.txt"));
    execFileSync("mkfifo", [join(root, "real/pipe.txt")]);
    expect(found("real").files).toEqual(["real/a.txt", "real/link.txt"]);
  });

  it("reports what is not there and goes on", () => {
    put("a.txt");
    expect(found("missing.txt", "a.txt", "a.txt/b.txt")).toEqual({
      files: ["a.txt"],
      passedOver: {},
      errors: ["file-not-found", "file-not-found"],
    });
  });
});

describe("loadFile", () => {
  it("gives the bytes", () => {
    put("a.txt", "Şahin");
    expect(Buffer.from(loadFile(join(root, "a.txt"))).toString()).toBe("Şahin");
  });

  it("looks at the size first", () => {
    put("big.txt", "");
    truncateSync(join(root, "big.txt"), 50_000_000_000);
    expect(() => loadFile(join(root, "big.txt"))).toThrow(expect.objectContaining({ code: "file-too-large" }));
  });

  it("names the file and the reason when it cannot be read", () => {
    expect(() => loadFile(root)).toThrow(expect.objectContaining({ code: "file-format", message: expect.stringContaining(root) }));
    expect(() => loadFile(join(root, "none.txt"))).toThrow(expect.objectContaining({ code: "file-not-found" }));
  });
});
