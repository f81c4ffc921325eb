/** Every error a user can meet: code, HTTP status and title in one table; `KnownError` carries the place, the value and the next step. */

export const ERRORS = {
  "file-not-found": { status: 404, title: "File not found" },
  "file-unreadable": { status: 422, title: "File cannot be read" },
  "file-unwritable": { status: 500, title: "File cannot be written" },
  "file-empty": { status: 422, title: "File is empty" },
  "file-binary": { status: 422, title: "File is not text" },
  "file-too-large": { status: 413, title: "File is over the size limit" },
  "file-encoding": { status: 422, title: "Text encoding not recognised" },
  "file-format": { status: 415, title: "File format not supported" },
  "bad-parameter": { status: 400, title: "Parameter not valid" },
  "unknown-route": { status: 404, title: "No such address" },
  "unknown-entity": { status: 404, title: "No such entity" },
  "unknown-document": { status: 404, title: "No such document" },
  "unknown-relation": { status: 404, title: "No such relation" },
  "unknown-job": { status: 404, title: "No such job" },
  "unknown-format": { status: 404, title: "No such export format" },
  "body-too-large": { status: 413, title: "Request is too large" },
  "body-format": { status: 415, title: "Request is in no form that is read here" },
  "token-required": { status: 401, title: "Token required" },
  "writes-closed": { status: 403, title: "Nothing can be written here" },
  "origin-not-allowed": { status: 403, title: "Other site's page not allowed" },
  "host-not-allowed": { status: 421, title: "Host not served here" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "too-busy": { status: 503, title: "Too much is waiting" },
  "over-budget": { status: 503, title: "Took longer than it may" },
  "viewer-not-built": { status: 404, title: "Viewer is not built" },
  "method-not-allowed": { status: 405, title: "Method not allowed" },
  "store-locked": { status: 503, title: "Database is locked" },
  "store-damaged": { status: 500, title: "Database is damaged" },
  "store-newer": { status: 500, title: "Database was made by a newer version" },
  "store-missing": { status: 404, title: "Database not found" },
  "store-foreign": { status: 500, title: "Database belongs to another program" },
  "store-unwritable": { status: 507, title: "Database cannot be opened or written" },
  "port-in-use": { status: 500, title: "Port is in use" },
  "knowledge-invalid": { status: 500, title: "Knowledge file not valid" },
  internal: { status: 500, title: "Internal error" },
} as const;
export type ErrorCode = keyof typeof ERRORS;

/** A `KnownError` as it passes between threads and processes. */
export interface KnownParts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** An error that a user can act on. `message` is one line that names the place, the value and the next step. */
export class KnownError extends Error {
  readonly code: ErrorCode;
  /** Extra members for problem+json (for example `parameter`). */
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, detail: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "KnownError";
    this.code = code;
    this.detail = detail;
  }

  get parts(): KnownParts {
    return { code: this.code, message: this.message, detail: this.detail };
  }

  static of({ code, message, detail }: KnownParts): KnownError {
    return new KnownError(code, message, detail);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
