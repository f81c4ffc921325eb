/** One document from a submission to the store: read, drawn, linked, committed. */
import type { Knowledge } from "../knowledge/types.ts";
import type { DocumentId } from "../model/text.ts";
import { loadReader, type TokenReader } from "../nlp/reader.ts";
import { decode } from "../read/decode.ts";
import { type Given, readText } from "../read/read.ts";
import { makeResolver, type Resolver } from "../resolve/resolver.ts";
import { openStore } from "../store/sqlite.ts";
import { draw } from "./process.ts";

/** A document as it was sent. */
export interface Submission {
  readonly bytes: Uint8Array;
  /** What the document is called where it bears no `id` of its own. */
  readonly name: string;
  /** What the sender knows of it better than its text says. */
  readonly given: Given;
}

export interface Taken {
  /** `updated`: it was there, drawn with other knowledge. `unchanged`: it was there as it would be now. */
  readonly status: "created" | "updated" | "unchanged";
  readonly id: DocumentId;
}

export interface Taker {
  /** Loads what the first document would have to wait for. */
  prepare(): void;
  /** @throws {KnownError} what `read` and `Writer.commit` throw */
  take(submission: Submission): Taken;
  close(): void;
}

/** Opens the database for itself; reader and resolver are made when the first document needs them. */
export function makeTaker(file: string, knowledge: Knowledge): Taker {
  const symmetric = [...knowledge.relations.values()].filter((relation) => relation.symmetric).map((relation) => relation.name);
  const store = openStore(file, { symmetric });
  let reader: TokenReader | undefined;
  let resolver: Resolver | undefined;
  /** The store's, when the resolver had learnt all that is in it. */
  let learnt: { readonly state: string; readonly revision: number } | undefined;
  const now = () => store.steadily(() => ({ state: store.state(), revision: store.revision() }));
  const preparedReader = (): TokenReader => (reader ??= loadReader());
  const preparedResolver = (): Resolver => {
    // Another process, or another part of this one, may have written meanwhile.
    if (resolver !== undefined && learnt?.state === store.state()) return resolver;
    // Before what is new is read: what comes in between is learnt twice, and nothing is passed over.
    const before = learnt;
    learnt = now();
    const { entities } = (before && store.additions(before.revision)) ?? {};
    if (resolver === undefined || entities === undefined) return (resolver = makeResolver(knowledge, store.entities()));
    const details = store.details();
    resolver.learn(entities.flatMap((key) => details.entities(key, key)));
    return resolver;
  };
  return {
    prepare() {
      preparedReader();
      preparedResolver();
    },
    take({ bytes, name, given }) {
      const source = readText(decode(bytes, name), name, given);
      const before = store.knowledgeOf(source.id);
      if (before === knowledge.version) return { status: "unchanged", id: source.id };
      const { graph } = draw(source, knowledge, preparedReader());
      const links = preparedResolver().link(graph);
      const known = learnt;
      // Where the commit fails, the resolver has learnt what is not there.
      learnt = undefined;
      store.commit(source, graph, links, { knowledge: knowledge.version });
      const then = now();
      // What another committed meanwhile is still to be learnt.
      learnt = known && then.revision > known.revision + 1 ? { ...known, state: "" } : then;
      return { status: before === undefined ? "created" : "updated", id: source.id };
    },
    close: () => store.close(),
  };
}
