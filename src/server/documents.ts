/** `POST /api/documents`: takes a document as JSON, as an uploaded file or as the request's body, and answers with what was found in it. */
import { basename } from "node:path";
import express, { type Request, type RequestHandler, type Response } from "express";
import multer from "multer";
import { z } from "zod";
import type { Intake, Submission, Taken } from "../ingest/intake.ts";
import type { IngestAnswer, JobAnswer } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { View } from "../store/store.ts";
import { type Jobs, patience, within } from "./jobs.ts";
import { checked, readQuery } from "./parameters.ts";

/** Bytes of a document's text. */
export const DOCUMENT_LIMIT = 2_000_000;
/** Bytes of JSON, in which a character may take more than it does in the text. */
const JSON_LIMIT = 2 * DOCUMENT_LIMIT;
const FIELD_LIMIT = 2000;
const RAW = ["text/plain", "text/markdown", "application/octet-stream"];

const line = z
  .string()
  .trim()
  .min(1)
  .max(FIELD_LIMIT)
  .regex(/^[^\p{Cc}]*$/u, "must be one line");
const metadata = {
  title: line.optional().describe("In place of the title that the text gives."),
  date: z.iso.date("must be a day, YYYY-MM-DD").optional().describe('The day it was published; it decides what "Monday" means.'),
  source: line.optional().describe("The outlet."),
  url: z
    .url({ protocol: /^https?$/u, error: "must be an address that begins with http:// or https://" })
    .max(FIELD_LIMIT)
    .optional()
    .describe("Where it can be read."),
  name: line.optional().describe("What it is called here; without it, the name of the file."),
};

/** What may be said of a document that comes as a file or as the body. */
export const metadataParameters = z.strictObject(metadata);
/** A document as JSON. */
const submission = z.strictObject({
  text: z.string().min(1).describe("The article, as it stands in a .txt or .md file."),
  ...metadata,
});

const form = z.strictObject({
  // JSON Schema has no word for a file's bytes.
  file: z.unknown().describe("The file: .txt or .md, in UTF-8, UTF-16 or a Windows code page."),
  ...metadata,
});

/** The forms that a document may be sent in; as the body it stands alone, and the rest is in the query. */
export const SUBMISSION_MEDIA: Readonly<Record<string, z.ZodType | undefined>> = {
  "application/json": submission,
  "multipart/form-data": form,
  ...Object.fromEntries(RAW.map((type) => [type, undefined])),
};
const MEDIA = Object.keys(SUBMISSION_MEDIA);

/** Reads the body, whatever its form, within bounds. To be followed by `takeDocument`. */
export const readBody: readonly RequestHandler[] = [
  (request, _response, next) => {
    if (request.is(MEDIA) !== false) return next();
    const type = request.headers["content-type"];
    const what = type === undefined ? "The request has no Content-Type" : `The request is ${type}`;
    next(new KnownError("body-format", `${what}: send the document as ${MEDIA.join(", ")}.`));
  },
  express.json({ limit: JSON_LIMIT }),
  express.raw({ type: RAW, limit: DOCUMENT_LIMIT }),
  (request, response, next) => {
    upload(request, response, (error: unknown) => next(error === undefined ? undefined : inPlainWords(error)));
  },
];

const upload = multer({
  storage: multer.memoryStorage(),
  limits: { files: 1, fileSize: DOCUMENT_LIMIT, fields: 10, fieldSize: FIELD_LIMIT, fieldNameSize: 100, parts: 11, headerPairs: 100 },
  defParamCharset: "utf8",
}).single("file");

function inPlainWords(error: unknown): unknown {
  if (!(error instanceof multer.MulterError)) {
    // What is not even a form.
    return error instanceof Error && !("status" in error)
      ? new KnownError("bad-parameter", `The form cannot be read: ${error.message}.`)
      : error;
  }
  if (error.code === "LIMIT_FILE_SIZE") return tooLarge("The file");
  return new KnownError("bad-parameter", `The form cannot be read (${error.message}): send one file, as "file", and fields as described.`);
}

function tooLarge(what: string): KnownError {
  return new KnownError("body-too-large", `${what} is over ${DOCUMENT_LIMIT} bytes: split it into articles.`);
}

/**
 * Answers 201 for a document that is new, 200 for one that was there already: sending one twice does no harm. Where the sender does not
 * wait for it, 202, and says where to ask.
 * @throws {KnownError} for what is not a document: see `read`
 */
export async function takeDocument(
  view: View,
  intake: Intake,
  jobs: Jobs,
  request: Request,
  response: Response,
): Promise<IngestAnswer | JobAnswer> {
  const taking = intake.add(sent(request));
  const seconds = patience(request.get("Prefer"));
  const taken = seconds === undefined ? await taking : await within(seconds, taking);
  if (taken === undefined) {
    const job = jobs.follow(taking);
    response.status(202).location(`/api/jobs/${job.id}`).set("Preference-Applied", "respond-async");
    return job;
  }
  const { status, id } = taken;
  const document = view.document(id);
  if (document === undefined) throw new Error(`Document ${id} was committed and is not there.`);
  response.status(status === "created" ? 201 : 200).location(`/api/documents/${id}`);
  return found(view, status, document);
}

function found(view: View, status: Taken["status"], answer: NonNullable<ReturnType<View["document"]>>): IngestAnswer {
  const { text: _text, blocks: _blocks, mentions, evidence, ...document } = answer;
  const named = [...new Set(mentions.map((mention) => mention.entity))];
  return { status, document, entities: named.flatMap((id) => view.entity(id) ?? []), claims: evidence };
}

function sent(request: Request): Submission {
  if (request.is("application/json") !== false) {
    const { text, name, ...given } = checked(submission, request.body);
    if (Buffer.byteLength(text) > DOCUMENT_LIMIT) throw tooLarge("The text");
    return { bytes: Buffer.from(text), name: name ?? given.title ?? "document", given: withoutGaps(given) };
  }
  if (request.is("multipart/form-data") !== false) {
    if (request.file === undefined)
      throw new KnownError("bad-parameter", 'Field "file" is missing: send the document as a file of that name.', { parameter: "file" });
    const { name, ...given } = checked(metadataParameters, { ...(request.body as object) });
    return { bytes: request.file.buffer, name: name ?? fileName(request.file.originalname), given: withoutGaps(given) };
  }
  const { name, ...given } = readQuery(metadataParameters, new URL(request.originalUrl, "http://localhost").search);
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return { bytes, name: name ?? given.title ?? "document", given: withoutGaps(given) };
}

/** A file's name is whatever its sender wrote. */
function fileName(given: string): string {
  const name = basename(given.replaceAll("\\", "/"))
    .replaceAll(/\p{Cc}/gu, "")
    .replace(/\.(?:txt|md|markdown|text)$/iu, "")
    .slice(0, 200);
  return name === "" ? "document" : name;
}

type Given = Submission["given"];

function withoutGaps(given: { [Key in keyof Given]: Given[Key] | undefined }): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
