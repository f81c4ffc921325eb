/** The house rules that a machine can check: who imports whom, no circles, no printing in the core, a map that is true. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = join(ROOT, "src");

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name) && !/\bnode_modules\b|\bdist\b/u.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s[^;"'`]*?from\s*["']([^"']+)["']|\bimport\s*\(\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']/gu;
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/[^\n]*/gu, "");

/** Paths, as they stand in the file, that a source imports. Imports of types alone are gone when it runs. */
const importsOf = (file: string, withTypes = true): string[] =>
  [...withoutComments(readFileSync(file, "utf8")).matchAll(IMPORT)]
    .filter((match) => withTypes || !/(?:import|export)\s+type\b/u.test(match[0]))
    .map((match) => match[1] ?? match[2] ?? match[3] ?? "");
const localImports = (file: string, withTypes = true): string[] =>
  importsOf(file, withTypes)
    .filter((path) => path.startsWith("."))
    .map((path) => resolve(dirname(file), path.replace(/\?.*$/u, "")));

const files = sources(SRC);
/** First folder below src/, or the file's own name for those that lie in src/ itself. */
const folderOf = (file: string) => relative(SRC, file).split(sep)[0] ?? "";
const name = (file: string) => relative(ROOT, file);

const map = new Map(
  [...readFileSync(join(SRC, "README.md"), "utf8").matchAll(/^\| `([\w-]+)` \|[^|]*\|[^|]*\| ([^|]*) \|$/gmu)].map(
    ([, folder = "", may = ""]) => [folder, may === "nothing" ? [] : may.split(",").map((word) => word.trim())],
  ),
);

describe("the map in src/README.md", () => {
  it("has a row for every folder, and every row a folder", () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const withCode = folders.map((folder) => folder.name).filter((folder) => files.some((file) => folderOf(file) === folder));
    expect([...map.keys()].sort()).toEqual(withCode.sort());
  });

  it.each([...map].filter(([, may]) => !may.includes("anything")))("says what %s may import", (folder, may) => {
    const broken = files
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) => localImports(file).map((target) => ({ file: name(file), target: folderOf(target) })))
      .filter(({ target }) => target !== folder && !may.includes(target));
    expect(broken).toEqual([]);
  });
});

describe("imports", () => {
  it("name files that exist, with their ending", () => {
    const missing = files.flatMap((file) =>
      localImports(file)
        .filter((target) => !existsSync(target))
        .map((target) => `${name(file)} -> ${name(target)}`),
    );
    expect(missing).toEqual([]);
  });

  it("form no circle between files when they run", () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]) => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].map(name).join(" -> "));
      if (done.has(file) || trail.includes(file)) return;
      for (const target of localImports(file, false)) if (/\.tsx?$/u.test(target) && existsSync(target)) visit(target, [...trail, file]);
      done.add(file);
    };
    for (const file of [...files, ...sources(join(ROOT, "web"))]) visit(file, []);
    expect(circles).toEqual([]);
  });

  it("of the viewer reach no further than src/model, and nothing in src reaches out", () => {
    const far = sources(join(ROOT, "web")).flatMap((file) =>
      localImports(file)
        .filter((target) => !target.startsWith(join(ROOT, "web") + sep) && !target.startsWith(join(SRC, "model") + sep))
        .map((target) => `${name(file)} -> ${name(target)}`),
    );
    const out = files.flatMap((file) =>
      localImports(file)
        .filter((target) => !target.startsWith(SRC + sep))
        .map((target) => `${name(file)} -> ${name(target)}`),
    );
    expect([...far, ...out]).toEqual([]);
  });

  it("of the data types name no package", () => {
    expect(
      files.filter((file) => folderOf(file) === "model").flatMap((file) => importsOf(file).filter((path) => !path.startsWith("."))),
    ).toEqual([]);
  });
});

describe("the core", () => {
  const core = files.filter((file) => !/^src\/(?:cli|evaluation|nlp\/training)\//u.test(name(file).replaceAll(sep, "/")));

  it("never prints", () => {
    const printing = core.filter((file) => /\bconsole\.|\bprocess\.std(?:out|err)\b/u.test(withoutComments(readFileSync(file, "utf8"))));
    expect(printing.map(name)).toEqual([]);
  });

  it("takes neither clock nor chance nor network into a document's graph", () => {
    const stages = core.filter((file) => ["read", "nlp", "extract", "resolve", "knowledge", "model"].includes(folderOf(file)));
    const impure = stages.filter((file) =>
      /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bfetch\(|\brandomUUID\b|["']node:(?:http|https|net)["']/u.test(
        withoutComments(readFileSync(file, "utf8")),
      ),
    );
    expect(stages.length).toBeGreaterThan(10);
    expect(impure.map(name)).toEqual([]);
  });

  it("opens every file with a sentence on its job", () => {
    const silent = files.filter((file) => !/^(?:#![^\n]*\n)?\/\*\*? ?[\s*]*\S/u.test(readFileSync(file, "utf8")));
    expect(silent.map(name)).toEqual([]);
  });
});
