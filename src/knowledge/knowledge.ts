/** Reads everything we know from its files, binds references, refuses what is wrong by file, line and field, and freezes it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { compiled } from "./compiled.ts";
import { readConfidence } from "./confidence.ts";
import { type Entry, invalid, readLists, readRows } from "./files.ts";
import { checkRuleIds, checkRules } from "./rules.ts";
import { LEXICON, ONTOLOGY, SECTIONS, type Section, type SectionValue } from "./schemas.ts";
import type {
  Family,
  Gender,
  KindStyle,
  Knowledge,
  NamedAgreement,
  OfficeHolder,
  Organization,
  Place,
  Relation,
  Role,
  Rule,
  State,
  StateSort,
  Title,
} from "./types.ts";

/** Our own files; the path holds from src/ and from dist/. */
const HOME = new URL("../../src/knowledge/", import.meta.url);

/** A checked entry and where it stands, for binding its references. */
interface Bound<T> {
  readonly value: T;
  readonly entry: Entry;
}

/** The files of a folder of knowledge, by name, in the order in which they count for the version. */
interface Files {
  readonly folder: string;
  readonly contents: ReadonlyMap<string, Buffer>;
}

/** One folder of knowledge as it was read: entries by section, rules unparsed. */
interface Folder {
  readonly sections: ReadonlyMap<Section, readonly Entry[]>;
  readonly rules: readonly Entry[];
}

/**
 * Everything we know: the project's own files, then those of each of the user's folders in order.
 *
 * A folder holds any of `ontology.yaml`, `lexicon/*.yaml`, `rules/*.yaml`. An entry whose id (a state's code, an organisation's id, a
 * relation's or place's name, a rule's id ...) is known already changes that entry: fields given replace the old, fields left out stay. A
 * rule is replaced whole.
 *
 * @param folders the user's folders: URLs or paths.
 * @throws {KnownError} "knowledge-invalid", naming file, line, field and what is allowed there.
 */
export function loadKnowledge(folders: readonly (URL | string)[] = []): Knowledge {
  const files = [
    readFiles(fileURLToPath(HOME), true),
    ...folders.map((folder) => readFiles(folder instanceof URL ? fileURLToPath(folder) : folder, false)),
  ];
  const version = versionOf(files);
  return (folders.length === 0 ? compiled(version) : undefined) ?? bind(files.map(readFolder), version);
}

function versionOf(files: readonly Files[]): string {
  const hash = createHash("sha256");
  for (const { contents } of files) {
    for (const [name, content] of contents) hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Checks entries and their references. @throws {KnownError} "knowledge-invalid" */
function bind(read: readonly Folder[], version: string): Knowledge {
  const kinds: Bound<KindStyle>[] = merge(read, "kinds");
  const families: Bound<Family>[] = merge(read, "families");
  const roles: Bound<Role>[] = merge(read, "roles");
  const relations: Bound<Relation>[] = merge(read, "relations");
  const states: Bound<State>[] = merge(read, "states");
  const sorts: Bound<StateSort>[] = merge(read, "state-sorts");
  const organizations: Bound<Organization>[] = merge(read, "organizations");
  const places: Bound<Place>[] = merge(read, "places");
  const agreements: Bound<NamedAgreement>[] = merge(read, "agreements");
  const offices: Bound<OfficeHolder>[] = merge(read, "offices");
  const titles: Bound<Title>[] = merge(read, "titles");
  const nouns = merge(read, "agreement-nouns");

  const known = {
    family: new Set(families.map(({ value }) => value.family)),
    role: new Set(roles.map(({ value }) => value.role)),
    state: new Set(states.map(({ value }) => value.code)),
    organization: new Set(organizations.map(({ value }) => value.id)),
  };
  const listed = (names: ReadonlySet<string>): string => `use one of ${[...names].join(", ")}`;
  const codes = "use a code of lexicon/states.yaml, like TUR";
  const ids = "use an id of lexicon/organizations.yaml, like united-nations";
  for (const one of relations) refer(one, "family", known.family, listed(known.family));
  for (const one of organizations) {
    refer(one, "role", known.role, listed(known.role));
    refer(one, "country", known.state, codes);
    refer(one, "partOf", known.organization, ids);
  }
  for (const one of sorts) {
    const unknown = one.value.states.find((code) => !known.state.has(code));
    if (unknown !== undefined) throw wrong(one, "states", `${unknown} is not known; ${codes}`);
  }
  for (const one of places) refer(one, "country", known.state, codes);
  for (const one of offices) {
    refer(one, "state", known.state, codes);
    refer(one, "organization", known.organization, ids);
    const { state, organization, office, from, to } = one.value;
    if ((state === undefined) === (organization === undefined)) throw wrong(one, "state", "give either a state or an organization");
    if ((organization === undefined) === (office === "chief"))
      throw wrong(one, "office", '"chief" is the office of organizations, the others are of states');
    if (to !== undefined && to < from.slice(0, to.length)) throw wrong(one, "to", `${to} is before ${from}`);
  }

  const byName = new Map(values(relations).map((relation) => [relation.name, relation]));
  return Object.freeze({
    version,
    kinds: values(kinds),
    families: values(families),
    roles: values(roles),
    relations: byName,
    states: new Map(values(states).map((state) => [state.code, state])),
    stateSorts: values(sorts),
    organizations: values(organizations),
    agreements: values(agreements),
    places: values(places),
    offices: values(offices),
    titles: values(titles),
    givenNames: givenNames(read),
    agreementNouns: new Set(nouns.map(({ value }) => value.noun)),
    rules: rulesOf(read, byName),
    confidence: readConfidence(fileURLToPath(new URL("weights/confidence.json", HOME))),
  });
}

function readFiles(folder: string, own: boolean): Files {
  const isYaml = (file: string): boolean => /\.ya?ml$/.test(file);
  const names = [...filesIn(folder, "lexicon"), ...filesIn(folder, "rules")].filter(isYaml);
  if (existsSync(join(folder, "ontology.yaml"))) names.unshift("ontology.yaml");
  // Word lists and weights are read by those who use them; they count for the version all the same.
  const others = own ? [...filesIn(folder, "lexicon"), ...filesIn(folder, "weights")] : [];
  names.push(...others.filter((file) => !isYaml(file) && !file.endsWith(".md")));
  return { folder, contents: new Map(names.map((name) => [name, readFileSync(join(folder, name))])) };
}

function readFolder({ folder, contents }: Files): Folder {
  const sections = new Map<Section, readonly Entry[]>();
  const rules: Entry[] = [];
  const open = (file: string): string => contents.get(file)?.toString("utf8") ?? "";
  const yamlFiles = (sub: string): string[] => [...contents.keys()].filter((file) => file.startsWith(`${sub}/`) && /\.ya?ml$/.test(file));
  if (contents.has("ontology.yaml")) {
    const file = join(folder, "ontology.yaml");
    for (const [section, entries] of readLists(file, open("ontology.yaml"), ONTOLOGY)) sections.set(section, entries);
  }
  for (const file of yamlFiles("lexicon")) {
    const section = LEXICON.find((name) => `lexicon/${name}.yaml` === file);
    if (section === undefined) {
      throw invalid(
        { file: join(folder, file) },
        undefined,
        `is not a known file; lexicon/ may hold ${LEXICON.map((name) => `${name}.yaml`).join(", ")}`,
      );
    }
    sections.set(section, readRows(join(folder, file), open(file)));
  }
  for (const file of yamlFiles("rules")) rules.push(...readRows(join(folder, file), open(file)));
  if (sections.size === 0 && rules.length === 0) {
    throw invalid({ file: folder }, undefined, "holds no knowledge: expected ontology.yaml, lexicon/*.yaml or rules/*.yaml in it");
  }
  return { sections, rules };
}

function filesIn(folder: string, sub: string): string[] {
  const path = join(folder, sub);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => `${sub}/${name}`);
}

/** A section's entries over all folders, later ones changing earlier ones of the same id, each checked against its schema. */
function merge<S extends Section>(folders: readonly Folder[], section: S): Bound<SectionValue<S>>[] {
  const { schema, id } = SECTIONS[section];
  const merged = new Map<string, Entry>();
  for (const folder of folders) {
    const seen = new Map<string, Entry>();
    for (const entry of folder.sections.get(section) ?? []) {
      const parts = id.map((field) => entry.value[field]).filter((part) => part !== undefined);
      const key = parts.map(String).join(" ");
      const twin = seen.get(key);
      if (twin !== undefined) throw invalid(entry, undefined, `"${key}" stands already in line ${twin.line()}`);
      seen.set(key, entry);
      const old = merged.get(key);
      merged.set(key, old === undefined ? entry : { ...entry, value: { ...old.value, ...entry.value } });
    }
  }
  return [...merged.values()].map((entry) => ({ value: check(entry, schema) as SectionValue<S>, entry }));
}

function check(entry: Entry, schema: z.ZodType): unknown {
  const result = schema.safeParse(entry.value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const field = unknown ?? issue?.path.map(String).join(".");
  const given = field === undefined ? undefined : entry.value[field.split(".")[0] ?? ""];
  const message = unknown === undefined ? (issue?.message ?? "is not valid") : "is not a field of this file";
  throw invalid(entry, field, given === undefined || unknown !== undefined ? message : `${JSON.stringify(given)}: ${message}`);
}

/** Refuses a reference that leads nowhere. */
function refer<T extends object>(one: Bound<T>, field: keyof T & string, known: ReadonlySet<string>, allowed: string): void {
  const value = one.value[field];
  if (value !== undefined && !known.has(String(value))) throw wrong(one, field, `"${String(value)}" is not known; ${allowed}`);
}

function wrong(one: Bound<object>, field: string, message: string): Error {
  return invalid(one.entry, field, message);
}

function values<T extends object>(bound: readonly Bound<T>[]): readonly T[] {
  return Object.freeze(bound.map(({ value }) => Object.freeze(value)));
}

function givenNames(folders: readonly Folder[]): ReadonlyMap<string, Gender | "either"> {
  const genders = new Map<string, Gender | "either">();
  for (const folder of folders) {
    const seen = new Set<string>();
    for (const { value, entry } of merge([folder], "given-names")) {
      for (const name of value.names) {
        if (seen.has(name)) throw invalid(entry, "names", `"${name}" stands already in this file`);
        seen.add(name);
        genders.set(name, value.gender);
      }
    }
  }
  return genders;
}

/** Rules of all folders; a later rule replaces an earlier one of the same id. */
function rulesOf(folders: readonly Folder[], relations: ReadonlyMap<string, Relation>): readonly Rule[] {
  const rules = new Map<string, Rule>();
  for (const folder of folders) {
    const own = folder.rules.flatMap((entry) => checkRules([entry.value], `${entry.file}, line ${entry.line()}`, relations));
    checkRuleIds(own);
    for (const rule of own) rules.set(rule.id, Object.freeze(rule));
  }
  return Object.freeze([...rules.values()]);
}
