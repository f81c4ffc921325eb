/** What each section of the knowledge files may hold, field by field, and the fields that make an entry's id. */
import { z } from "zod";
import { ENTITY_KINDS } from "../model/graph.ts";
import { OFFICES, TITLE_RELATIONS } from "./types.ts";

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

const kind = z.strictObject({ kind: z.enum(ENTITY_KINDS), label: text, color });
const family = z.strictObject({ family: slug, label: text, color });
const role = z.strictObject({ role: text, label: text });
const relation = z.strictObject({
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
const state = z.strictObject({
  code: stateCode,
  name: text,
  names: list,
  adjectives: list,
  people: list,
  capital: text,
  capitalNames: list,
  seats: list,
  ambiguous: list,
  from: year.exactOptional(),
  to: year.exactOptional(),
});
const organization = z.strictObject({
  id: slug,
  name: text,
  names: list,
  role: text,
  country: stateCode.exactOptional(),
  seats: list,
  partOf: slug.exactOptional(),
});
const stateSort = z.strictObject({ sort: text, use: z.enum(["noun", "region"]), states: list.pipe(z.array(stateCode).min(1)) });
const place = z.strictObject({ name: text, names: list, country: stateCode.exactOptional() });
const agreement = z.strictObject({ name: text, names: list });
const officeHolder = z.strictObject({
  state: stateCode.exactOptional(),
  organization: slug.exactOptional(),
  office: z.enum(OFFICES),
  title: text,
  holder: text,
  names: list,
  gender: z.enum(GENDERS),
  from: day,
  to: day.exactOptional(),
});
const title = z.strictObject({
  title: text,
  plural: text.exactOptional(),
  relation: z.enum(TITLE_RELATIONS),
  gender: z.enum(GENDERS).exactOptional(),
  office: z.enum([...OFFICES, "faction"]).exactOptional(),
});
const givenNames = z.strictObject({ gender: z.enum([...GENDERS, "either"]), names: list });
const agreementNoun = z.strictObject({ noun: text });

/** Sections by name: those of `ontology.yaml` are its keys, those of the lexicon are files. */
export const SECTIONS = {
  kinds: { schema: kind, id: ["kind"] },
  roles: { schema: role, id: ["role"] },
  families: { schema: family, id: ["family"] },
  relations: { schema: relation, id: ["name"] },
  states: { schema: state, id: ["code"] },
  "state-sorts": { schema: stateSort, id: ["sort", "use"] },
  organizations: { schema: organization, id: ["id"] },
  places: { schema: place, id: ["name", "country"] },
  agreements: { schema: agreement, id: ["name"] },
  offices: { schema: officeHolder, id: ["state", "organization", "office", "holder", "from"] },
  titles: { schema: title, id: ["title"] },
  "given-names": { schema: givenNames, id: ["gender", "names"] },
  "agreement-nouns": { schema: agreementNoun, id: ["noun"] },
} as const;
export type Section = keyof typeof SECTIONS;
export type SectionValue<S extends Section> = z.output<(typeof SECTIONS)[S]["schema"]>;

export const ONTOLOGY = ["kinds", "roles", "families", "relations"] as const satisfies readonly Section[];
export const LEXICON = [
  "states",
  "state-sorts",
  "organizations",
  "places",
  "agreements",
  "offices",
  "titles",
  "given-names",
  "agreement-nouns",
] as const satisfies readonly Section[];
