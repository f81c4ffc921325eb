/** `GET /api/events/stream`: tells clients, as server-sent events, of every document that comes into the graph, whoever put it there. */
import { randomUUID } from "node:crypto";
import type { Request, Response } from "express";
import type { GraphState, LiveEvents } from "../model/api.ts";
import { KnownError } from "../model/errors.ts";
import type { Arrival, View } from "../store/store.ts";

export interface Feed {
  /** Keeps the response open and sends events until either side closes it. @throws {KnownError} too-busy, bad-parameter */
  connect(request: Request, response: Response): void;
  /** Looks at once whether there is news; it looks by itself twice a second while anybody listens. */
  look(): void;
  state(): GraphState;
  /** Ends all streams: clients come back by themselves. */
  close(): void;
}

const MOST_CLIENTS = 200;
const MOST_OF_ONE_ADDRESS = 20;
const LOOK_EVERY = 500;
const GRAPH_EVERY = 1000;
/** Proxies give up connections that are silent for a minute. */
const HEARTBEAT_EVERY = 20_000;
/** Milliseconds after which a client that lost its connection is to come back. */
const RETRY = 2000;
/** Missed documents that are told one by one; who missed more reads the graph anew. */
const MOST_MISSED = 200;
/** Documents told of at one look. */
const MOST_AT_ONCE = 500;
/** Bytes that may wait for a client that does not read. */
const MOST_UNREAD = 1_000_000;

/**
 * News is what the store holds beyond the newest document told of, so it is complete whichever process wrote it, and an event's id is
 * that document's key: after a restart too, a client gets what it missed.
 */
export function openFeed(store: View): Feed {
  const begun = randomUUID().slice(0, 8);
  const clients = new Set<{ readonly response: Response; readonly address: string | undefined }>();
  let told = { state: "", key: 0, id: "" };
  let graphTold = 0;
  let graphDue = false;
  let timers: NodeJS.Timeout[] = [];

  const state = (): GraphState => ({ version: `${begun}-${store.state()}`, ...store.size() });
  const newest = (): { key: number; id: string } => {
    const key = store.lastArrival();
    return { key, id: store.arrivals(key, 1)[0]?.id ?? "" };
  };
  const sendAll = (text: string): void => {
    for (const { response } of clients) {
      if (response.writableLength > MOST_UNREAD) response.destroy();
      else response.write(text);
    }
  };
  const look = (): void => {
    if (clients.size === 0) return;
    const now = store.state();
    if (now !== told.state) {
      const news = store.arrivals(told.key, MOST_AT_ONCE).filter(({ key, id }) => key > told.key || id !== told.id);
      for (const arrival of news) sendAll(documentEvent(arrival));
      const { key, id } = news.at(-1) ?? newest();
      told = { state: news.length === MOST_AT_ONCE ? told.state : now, key, id };
      graphDue = true;
    }
    if (graphDue && performance.now() - graphTold >= GRAPH_EVERY) {
      graphDue = false;
      graphTold = performance.now();
      sendAll(event("graph", state(), told.key));
    }
  };
  const start = (): void => {
    told = { state: store.state(), ...newest() };
    timers = [setInterval(look, LOOK_EVERY), setInterval(() => sendAll(": still here\n\n"), HEARTBEAT_EVERY)];
  };
  const stop = (): void => timers.splice(0).forEach((timer) => clearInterval(timer));

  return {
    state,
    look,
    connect(request, response) {
      const address = request.socket.remoteAddress;
      const sameAddress = [...clients].filter((client) => client.address === address).length;
      if (clients.size >= MOST_CLIENTS || sameAddress >= MOST_OF_ONE_ADDRESS) {
        throw new KnownError("too-busy", `${clients.size} clients listen already: close a stream, or come back later.`);
      }
      const last = lastEventId(request);
      if (clients.size === 0) start();
      look();
      response.writeHead(200, {
        "Content-Type": "text/event-stream",
        // Compressed, events would wait in a buffer; some proxies hold answers back too.
        "Cache-Control": "no-store, no-transform",
        "X-Accel-Buffering": "no",
      });
      response.write(`retry: ${RETRY}\n\n`);
      if (last !== undefined && last < told.key && told.key - last <= MOST_MISSED) {
        for (const arrival of store.arrivals(last + 1, MOST_MISSED)) response.write(documentEvent(arrival));
      }
      response.write(event("ready", state(), told.key));
      const client = { response, address };
      clients.add(client);
      response.once("close", () => {
        clients.delete(client);
        if (clients.size === 0) stop();
      });
    },
    close() {
      stop();
      for (const { response } of clients) response.end();
    },
  };
}

function lastEventId(request: Request): number | undefined {
  const given = request.headers["last-event-id"];
  // Ids of another server, or of none: the client has to read the graph anyway.
  return typeof given === "string" && /^\d{1,15}$/u.test(given) ? Number(given) : undefined;
}

function documentEvent({ key, id, name, title, date, source, url, sentences, claims, entities }: Arrival): string {
  const data: LiveEvents["document"] = {
    id,
    name,
    title,
    ...(date === undefined ? {} : { date }),
    ...(source === undefined ? {} : { source }),
    ...(url === undefined ? {} : { url }),
    counts: { sentences, claims, entities },
  };
  return event("document", data, key);
}

function event<Kind extends keyof LiveEvents>(kind: Kind, data: LiveEvents[Kind], id: number): string {
  return `event: ${kind}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
