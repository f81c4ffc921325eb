/** Server-sent events by `fetch`, which can send a token where EventSource cannot. */

const FIELD = /^(\w+): ?(.*)$/u;
/** Milliseconds before a lost connection is made again, unless the server says otherwise. */
const RETRY = 3000;

export interface ServerSentEvent {
  readonly event: string;
  /** What its JSON says. */
  readonly data: unknown;
}

/**
 * @param connect asks for the stream; its rejection ends the events
 * @param signal ends the events, and `connect`'s request too
 */
export async function* readEvents(
  connect: (headers: Record<string, string>) => Promise<Response>,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  let [last, retry] = ["", RETRY];
  while (!signal.aborted) {
    try {
      const response = await connect({ Accept: "text/event-stream", ...(last === "" ? {} : { "Last-Event-ID": last }) });
      for await (const fields of blocks(response)) {
        if (fields.id !== undefined) last = fields.id;
        if (fields.retry !== undefined) retry = Number(fields.retry);
        if (fields.data !== undefined) yield { event: fields.event ?? "message", data: JSON.parse(fields.data) as unknown };
      }
    } catch (error) {
      if (signal.aborted) return;
      // A refusal is an answer; a broken connection (which fetch tells as a TypeError) is to be made again.
      if (!(error instanceof TypeError) || last === "") throw error;
    }
    await pause(retry, signal);
  }
}

/** The fields of one event after the other. */
async function* blocks(response: Response): AsyncGenerator<Readonly<Record<string, string | undefined>>> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields: Record<string, string | undefined> = {};
      for (const line of text.slice(0, end).split("\n")) {
        const [, name, content] = FIELD.exec(line) ?? [];
        if (name !== undefined) fields[name] = content;
      }
      text = text.slice(end + 2);
      yield fields;
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });
}
