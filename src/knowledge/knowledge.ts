/** Reads everything we know from its files, binds references, refuses what is wrong by file, line and field, and freezes it. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ENTITY_KINDS } from "../model/graph.ts";
import { type Entry, invalid, readLists, readRows } from "./files.ts";
import { checkRuleIds, checkRules } from "./rules.ts";
import { OFFICES, TITLE_RELATIONS } from "./types.ts";
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
  Title,
} from "./types.ts";

/** Our own files; the path holds from src/ and from dist/. */
const HOME = new URL("../../src/knowledge/", import.meta.url);

const PLOVER = [
  "AGREE",
  "CONSULT",
  "SUPPORT",
  "COOPERATE",
  "AID",
  "CONCEDE",
  "RETREAT",
  "REQUEST",
  "ACCUSE",
  "REJECT",
  "THREATEN",
  "PROTEST",
  "SANCTION",
  "MOBILIZE",
  "COERCE",
  "ASSAULT",
  "STRUCTURE",
] as const;
const ACTORS = ["person", "state", "organization"] as const;
const GENDERS = ["male", "female"] as const;

const text = z.string().min(1);
/** Names: a YAML list, or in a table cell a text with ";" between them. */
const list = z
  .union([z.array(text), z.string().transform((cell) => cell.split(";").flatMap((name) => name.trim() || []))])
  .default(() => [])
  .readonly();
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'must be a colour like "#1C55EC"');
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by "-"');
const stateCode = z.string().regex(/^[A-Z]{3}$/, "must be a code of three capitals, like TUR");
const year = z.coerce.number().int().min(1000).max(2100);
const day = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, "must be YYYY-MM-DD, YYYY-MM or YYYY"));
const kinds = z.union([
  z.literal("actor").transform(() => ACTORS),
  z.enum(ENTITY_KINDS).transform((kind) => [kind]),
  z.array(z.enum(ENTITY_KINDS)).min(1),
]);

const kindSchema = z.strictObject({ kind: z.enum(ENTITY_KINDS), label: text, color });
const familySchema = z.strictObject({ family: slug, label: text, color });
const roleSchema = z.strictObject({ role: text, label: text });
const relationSchema = z.strictObject({
  name: slug,
  label: text,
  inverse: text,
  family: text,
  symmetric: z.boolean().default(false),
  structure: z.boolean().default(false),
  subject: kinds,
  object: kinds,
  plover: z.enum(PLOVER),
  cameo: z
    .string('must be text: put it in quotation marks, like "057"')
    .regex(/^(?:\d{3,4})?$/, 'must be three or four digits, like "057"')
    .default(""),
});
const stateSchema = z.strictObject({
  code: stateCode,
  name: text,
  names: list,
  adjectives: list,
  people: list,
  capital: text,
  capitalNames: list,
  seats: list,
  ambiguous: list,
  from: year.optional(),
  to: year.optional(),
});
const organizationSchema = z.strictObject({
  id: slug,
  name: text,
  names: list,
  role: text,
  country: stateCode.optional(),
  seats: list,
  partOf: slug.optional(),
});
const placeSchema = z.strictObject({ name: text, names: list, country: stateCode.optional() });
const agreementSchema = z.strictObject({ name: text, names: list });
const officeSchema = z.strictObject({
  state: stateCode.optional(),
  organization: slug.optional(),
  office: z.enum(OFFICES),
  title: text,
  holder: text,
  names: list,
  gender: z.enum(GENDERS),
  from: day,
  to: day.optional(),
});
const titleSchema = z.strictObject({
  title: text,
  plural: text.optional(),
  relation: z.enum(TITLE_RELATIONS),
  gender: z.enum(GENDERS).optional(),
  office: z.enum(OFFICES).optional(),
});
const givenNamesSchema = z.strictObject({ gender: z.enum([...GENDERS, "either"]), names: list });
const agreementNounSchema = z.strictObject({ noun: text });

/** A checked entry and where it stands, for binding its references. */
interface Bound<T> {
  readonly value: T;
  readonly entry: Entry;
}

/** The files a folder of knowledge may hold below lexicon/. */
const LEXICONS = ["states", "organizations", "places", "agreements", "offices", "titles", "given-names", "agreement-nouns"] as const;
const ONTOLOGY = ["kinds", "roles", "families", "relations"] as const;
type Section = (typeof LEXICONS)[number] | (typeof ONTOLOGY)[number];

/** One folder of knowledge as it was read: entries by section, rules unparsed, bytes for the version. */
interface Folder {
  readonly sections: ReadonlyMap<Section, readonly Entry[]>;
  readonly rules: readonly Entry[];
  readonly bytes: readonly Buffer[];
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
  const read = [
    readFolder(fileURLToPath(HOME), true),
    ...folders.map((folder) => readFolder(folder instanceof URL ? fileURLToPath(folder) : folder, false)),
  ];
  const checked = <T>(section: Section, schema: z.ZodType<T>, id: (value: Record<string, unknown>) => string): Bound<T>[] =>
    merge(read, section, schema, id);

  const kindStyles: Bound<KindStyle>[] = checked("kinds", kindSchema, (one) => String(one.kind));
  const families: Bound<Family>[] = checked("families", familySchema, (one) => String(one.family));
  const roles: Bound<Role>[] = checked("roles", roleSchema, (one) => String(one.role));
  const relations: Bound<Relation>[] = checked("relations", relationSchema, (one) => String(one.name));
  const states: Bound<State>[] = checked("states", stateSchema, (one) => String(one.code)).map(withoutUndefined);
  const organizations: Bound<Organization>[] = checked("organizations", organizationSchema, (one) => String(one.id)).map(withoutUndefined);
  const places: Bound<Place>[] = checked("places", placeSchema, (one) => `${String(one.name)}|${String(one.country ?? "")}`).map(
    withoutUndefined,
  );
  const agreements: Bound<NamedAgreement>[] = checked("agreements", agreementSchema, (one) => String(one.name));
  const offices: Bound<OfficeHolder>[] = checked("offices", officeSchema, (one) =>
    [one.state, one.organization, one.office, one.holder, one.from].map(String).join("|"),
  ).map(withoutUndefined);
  const titles: Bound<Title>[] = checked("titles", titleSchema, (one) => String(one.title)).map(withoutUndefined);
  const nouns = checked("agreement-nouns", agreementNounSchema, (one) => String(one.noun));

  const known = {
    family: new Set(families.map(({ value }) => value.family)),
    role: new Set(roles.map(({ value }) => value.role)),
    state: new Set(states.map(({ value }) => value.code)),
    organization: new Set(organizations.map(({ value }) => value.id)),
  };
  const listed = (names: ReadonlySet<string>): string => `use one of ${[...names].join(", ")}`;
  const states3 = "use a code of lexicon/states.yaml, like TUR";
  const ids = "use an id of lexicon/organizations.yaml, like united-nations";
  for (const one of relations) refer(one, "family", known.family, listed(known.family));
  for (const one of organizations) {
    refer(one, "role", known.role, listed(known.role));
    refer(one, "country", known.state, states3);
    refer(one, "partOf", known.organization, ids);
  }
  for (const one of places) refer(one, "country", known.state, states3);
  for (const one of offices) {
    refer(one, "state", known.state, states3);
    refer(one, "organization", known.organization, ids);
    const { state, organization, office, from, to } = one.value;
    if ((state === undefined) === (organization === undefined)) throw wrong(one, "state", "give either a state or an organization");
    if ((organization === undefined) === (office === "chief"))
      throw wrong(one, "office", '"chief" is the office of organizations, the others are of states');
    if (to !== undefined && to < from.slice(0, to.length)) throw wrong(one, "to", `${to} is before ${from}`);
  }

  const byName = new Map(values(relations).map((relation) => [relation.name, relation]));
  const hash = createHash("sha256");
  for (const { bytes } of read) for (const part of bytes) hash.update(part);
  return Object.freeze({
    version: hash.digest("hex"),
    kinds: values(kindStyles),
    families: values(families),
    roles: values(roles),
    relations: byName,
    states: new Map(values(states).map((state) => [state.code, state])),
    organizations: values(organizations),
    agreements: values(agreements),
    places: values(places),
    offices: values(offices),
    titles: values(titles),
    givenNames: givenNames(read),
    agreementNouns: new Set(nouns.map(({ value }) => value.noun)),
    rules: rulesOf(read, byName),
  });
}

function readFolder(folder: string, own: boolean): Folder {
  const sections = new Map<Section, readonly Entry[]>();
  const rules: Entry[] = [];
  const bytes: Buffer[] = [];
  const load = (file: string): Buffer => {
    const content = readFileSync(join(folder, file));
    bytes.push(Buffer.from(`${file}\0${content.length}\0`), content);
    return content;
  };
  const open = (file: string): string => load(file).toString("utf8");
  if (existsSync(join(folder, "ontology.yaml"))) {
    const file = join(folder, "ontology.yaml");
    for (const [section, entries] of readLists(file, open("ontology.yaml"), ONTOLOGY)) sections.set(section, entries);
  }
  for (const file of yamlFiles(folder, "lexicon")) {
    const section = LEXICONS.find((name) => `lexicon/${name}.yaml` === file);
    if (section === undefined) {
      throw invalid(
        { file: join(folder, file) },
        undefined,
        `is not a known file; lexicon/ may hold ${LEXICONS.map((name) => `${name}.yaml`).join(", ")}`,
      );
    }
    sections.set(section, readRows(join(folder, file), open(file)));
  }
  for (const file of yamlFiles(folder, "rules")) rules.push(...readRows(join(folder, file), open(file)));
  if (sections.size === 0 && rules.length === 0) {
    throw invalid({ file: folder }, undefined, "holds no knowledge: expected ontology.yaml, lexicon/*.yaml or rules/*.yaml in it");
  }
  if (own) for (const file of filesIn(folder, "weights")) load(file);
  return { sections, rules, bytes };
}

function filesIn(folder: string, sub: string): string[] {
  const path = join(folder, sub);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => `${sub}/${name}`);
}

function yamlFiles(folder: string, sub: string): string[] {
  return filesIn(folder, sub).filter((file) => /\.ya?ml$/.test(file));
}

/** A section's entries over all folders, later ones changing earlier ones of the same id, each checked against its schema. */
function merge<T>(
  folders: readonly Folder[],
  section: Section,
  schema: z.ZodType<T>,
  id: (value: Record<string, unknown>) => string,
): Bound<T>[] {
  const merged = new Map<string, Entry>();
  for (const folder of folders) {
    const seen = new Map<string, Entry>();
    for (const entry of folder.sections.get(section) ?? []) {
      const key = id(entry.value);
      const twin = seen.get(key);
      if (twin !== undefined) throw invalid(entry, undefined, `"${key.replaceAll("|", " ").trim()}" stands already in line ${twin.line()}`);
      seen.set(key, entry);
      const old = merged.get(key);
      merged.set(key, old === undefined ? entry : { ...entry, value: { ...old.value, ...entry.value } });
    }
  }
  return [...merged.values()].map((entry) => ({ value: check(entry, schema), entry }));
}

function check<T>(entry: Entry, schema: z.ZodType<T>): T {
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

/** Absent stays absent: an optional field that was not given is no field at all. */
function withoutUndefined<T extends object>(one: Bound<T>): Bound<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  const value = Object.fromEntries(Object.entries(one.value).filter(([, content]) => content !== undefined));
  return { value: value as { [K in keyof T]: Exclude<T[K], undefined> }, entry: one.entry };
}

function values<T extends object>(bound: readonly Bound<T>[]): readonly T[] {
  return Object.freeze(bound.map(({ value }) => Object.freeze(value)));
}

function givenNames(folders: readonly Folder[]): ReadonlyMap<string, Gender | "either"> {
  const genders = new Map<string, Gender | "either">();
  for (const folder of folders) {
    const seen = new Set<string>();
    for (const entry of folder.sections.get("given-names") ?? []) {
      const { gender, names } = check(entry, givenNamesSchema);
      for (const name of names) {
        if (seen.has(name)) throw invalid(entry, "names", `"${name}" stands already in this file`);
        seen.add(name);
        genders.set(name, gender);
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
