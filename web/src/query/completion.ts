/** What can stand where the cursor is in an openCypher query: labels, types, properties, names, keywords. Pure. */
import type { OntologyAnswer } from "../../../src/model/api.ts";
import { memoize } from "../state/store.ts";

export interface Option {
  readonly label: string;
  readonly kind: "label" | "type" | "property" | "name" | "keyword" | "function" | "variable";
  /** Where it says more than its label does. */
  readonly detail?: string;
}

/** What there is to complete with. */
export interface Schema {
  readonly labels: readonly Option[];
  readonly types: readonly Option[];
  /** Entities' names, the best connected first. */
  readonly names: readonly string[];
}

export interface Completion {
  /** Offset where what is typed of the word begins. */
  readonly from: number;
  readonly options: readonly Option[];
}

const NODE_PROPERTIES = ["name", "id", "kind", "aliases", "country", "role"];
const DOCUMENT_PROPERTIES = ["title", "date", "source", "url", "id"];
const SENTENCE_PROPERTIES = ["text"];
const RELATION_PROPERTIES = [
  "date",
  "evidence",
  "confidence",
  "polarity",
  "modality",
  "from",
  "to",
  "precision",
  "medium",
  "rule",
  "event",
  "document",
  "id",
];
const KEYWORDS = [
  ..."MATCH,OPTIONAL MATCH,WHERE,RETURN,RETURN DISTINCT,WITH,UNWIND,ORDER BY,LIMIT,SKIP,UNION,AS,AND,OR,NOT,IN".split(","),
  ..."CONTAINS,STARTS WITH,ENDS WITH,IS NULL,IS NOT NULL,CASE,WHEN,THEN,ELSE,END,DESC,ASC,EXISTS".split(","),
];
const FUNCTIONS = [
  ..."count,collect,type,labels,size,toLower,toUpper,coalesce,date,min,max,avg,sum,head,last,nodes,relationships".split(","),
  ..."length,shortestPath,allShortestPaths,properties,startNode,endNode,keys,substring,split,range,reverse".split(","),
];
const MOST_NAMES = 40;

/** A relation's name as a relationship type: "met-with" is MET_WITH. */
export function typeOf(relation: string): string {
  return relation.toUpperCase().replaceAll("-", "_");
}

export const schemaOf = memoize((ontology: OntologyAnswer, names: readonly string[]): Schema => {
  const label = (kind: string): Option => ({ label: kind.charAt(0).toUpperCase() + kind.slice(1), kind: "label" });
  return {
    labels: [...ontology.kinds.map(({ kind }) => label(kind)), label("document"), label("sentence")],
    types: [
      ...ontology.relations.map(({ name, label: detail }): Option => ({ label: typeOf(name), kind: "type", detail })),
      { label: "MENTIONED_IN", kind: "type" },
      { label: "HAS_SENTENCE", kind: "type" },
    ],
    names,
  };
});

/** What every character of the text is in: code, a string, a comment. */
function inString(text: string): "'" | '"' | undefined {
  let open: "'" | '"' | undefined;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (open) {
      if (letter === "\\") at++;
      else if (letter === open) open = undefined;
    } else if (letter === "'" || letter === '"') open = letter;
  }
  return open;
}

/** The bracket that is open at the end of the text, with where it stands. */
function openBracket(text: string): { readonly bracket: string; readonly at: number } | undefined {
  const open: { bracket: string; at: number }[] = [];
  const code = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, (string) => " ".repeat(string.length));
  for (let at = 0; at < code.length; at++) {
    const letter = code[at] as string;
    if ("([{".includes(letter)) open.push({ bracket: letter, at });
    else if (")]}".includes(letter)) open.pop();
  }
  return open.at(-1);
}

function propertiesOf(variable: string, text: string): readonly string[] {
  const name = variable.replace(/[^\w]/g, "");
  if (new RegExp(`\\[\\s*${name}\\s*[:*\\]{]`).test(text)) return RELATION_PROPERTIES;
  const label = new RegExp(`\\(\\s*${name}\\s*:\\s*(\\w+)`).exec(text)?.[1];
  return label === "Document" ? DOCUMENT_PROPERTIES : label === "Sentence" ? SENTENCE_PROPERTIES : NODE_PROPERTIES;
}

const property = (label: string): Option => ({ label, kind: "property" });

/**
 * What may come at the cursor.
 * @param at offset of the cursor
 * @param asked whether the user asked for suggestions; else an empty word gets none where nearly anything could stand
 */
export function complete(text: string, at: number, schema: Schema, asked = false): Completion | undefined {
  const before = text.slice(0, at);
  const quote = inString(before);
  if (quote) {
    const from = before.lastIndexOf(quote) + 1;
    if (!/\bname\s*(?:[:=]|IN\s*\[|CONTAINS|STARTS\s+WITH|ENDS\s+WITH)[^()]*$/i.test(before.slice(0, from - 1))) return undefined;
    const typed = before.slice(from).toLowerCase();
    const names = schema.names.filter((name) => name.toLowerCase().includes(typed)).slice(0, MOST_NAMES);
    return { from, options: names.map((label): Option => ({ label, kind: "name" })) };
  }
  const word = /\w*$/.exec(before)?.[0] ?? "";
  const from = at - word.length;
  const ahead = before.slice(0, from);
  const open = openBracket(ahead);
  if (/[:|]\s*!?$/.test(ahead) && open?.bracket === "[") return { from, options: schema.types };
  if (/[:|&]\s*!?$/.test(ahead) && open?.bracket === "(") return { from, options: schema.labels };
  const owner = /(\w+)\.$/.exec(ahead)?.[1];
  if (owner) return { from, options: propertiesOf(owner, text).map(property) };
  if (open?.bracket === "{" && /[{,]\s*$/.test(ahead)) {
    const holder = openBracket(ahead.slice(0, open.at));
    const variable = holder && /^[([]\s*(\w*)/.exec(ahead.slice(holder.at))?.[1];
    const names = holder?.bracket === "[" ? RELATION_PROPERTIES : propertiesOf(variable || "?", text);
    return { from, options: names.map(property) };
  }
  if (word === "" && !asked) return undefined;
  const variables = new Set([...text.matchAll(/[([]\s*([a-z]\w*)\s*[:)\]*{]/gi)].map((match) => match[1] as string));
  for (const [, name] of text.matchAll(/\bAS\s+(\w+)/gi)) if (name) variables.add(name);
  return {
    from,
    options: [
      ...[...variables].filter((label) => label !== word).map((label): Option => ({ label, kind: "variable" })),
      ...KEYWORDS.map((label): Option => ({ label, kind: "keyword" })),
      ...FUNCTIONS.map((label): Option => ({ label: `${label}(`, kind: "function" })),
    ],
  };
}
