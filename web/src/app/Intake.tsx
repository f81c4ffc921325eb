/** Documents dropped on the page, or chosen, go to the server; each tells what became of it. */
import { useEffect, useRef, useState } from "react";
import { Button, FileTrigger } from "react-aria-components";
import { api } from "../api.ts";
import { count } from "../text/words.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";

type Fate =
  | { readonly status: "waiting" | "reading" }
  | { readonly status: "read"; readonly text: string }
  | { readonly status: "failed"; readonly text: string };

interface Sent {
  readonly key: string;
  readonly name: string;
  readonly fate: Fate;
}

const TYPES = [".txt", ".md", ".markdown", ".text"];

/** Takes files one after the other; `done` is called when the last is through and any was read. */
export function useIntake(done: () => void) {
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const queue = useRef<{ key: string; file: File }[]>([]);
  const busy = useRef(false);
  const counter = useRef(0);

  const work = async () => {
    if (busy.current) return;
    busy.current = true;
    let any = false;
    for (let next = queue.current.shift(); next; next = queue.current.shift()) {
      const { key, file } = next;
      const tell = (fate: Fate) => setSent((all) => all.map((each) => (each.key === key ? { ...each, fate } : each)));
      tell({ status: "reading" });
      try {
        const { status, claims, entities } = await api.addDocument(file);
        const found = `${count(entities.length, "entity", "entities")}, ${count(claims.length, "claim")}`;
        tell({ status: "read", text: status === "unchanged" ? "was here already" : found });
        any = true;
      } catch (error) {
        tell({ status: "failed", text: error instanceof Error ? error.message : String(error) });
      }
    }
    busy.current = false;
    if (any) done();
  };
  const take = (files: Iterable<File>) => {
    const more = [...files].map((file) => ({ key: String(counter.current++), file }));
    if (more.length === 0) return;
    queue.current.push(...more);
    setSent((all) => [...all, ...more.map(({ key, file }): Sent => ({ key, name: file.name, fate: { status: "waiting" } }))]);
    void work();
  };
  return { sent, take, clear: () => setSent([]) };
}

export function IntakeList({ sent }: { readonly sent: readonly Sent[] }) {
  const through = sent.filter(({ fate }) => fate.status === "read" || fate.status === "failed").length;
  return (
    <div className="intake-list">
      <p role="status">{through < sent.length ? `Reading: ${through} of ${sent.length}` : `${count(sent.length, "document")} through`}</p>
      <progress value={through} max={sent.length} aria-label="Documents read" />
      <ul className="plain-list">
        {sent.map(({ key, name, fate }) => (
          <li key={key} className={fate.status === "failed" ? "is-failed" : undefined}>
            <Icon name="document" size={16} />
            <span className="intake-name">{name}</span>
            <span className="quiet">{"text" in fate ? fate.text : fate.status === "reading" ? "reading …" : "waiting"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A button that opens the system's own dialog. */
export function ChooseFiles({
  onFiles,
  primary = false,
}: {
  readonly onFiles: (files: Iterable<File>) => void;
  readonly primary?: boolean;
}) {
  return (
    <FileTrigger acceptedFileTypes={TYPES} allowsMultiple onSelect={(files) => files && onFiles(files)}>
      <Button className={`button${primary ? " is-primary" : ""}`}>
        <Icon name="upload" /> Choose files …
      </Button>
    </FileTrigger>
  );
}

/** Files dropped anywhere on the page, while this is there. @returns whether files are held over it */
export function useFileDrop(onFiles: (files: Iterable<File>) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", onOver);
    addEventListener("dragleave", onLeave);
    addEventListener("drop", onDrop);
    return () => {
      removeEventListener("dragover", onOver);
      removeEventListener("dragleave", onLeave);
      removeEventListener("drop", onDrop);
    };
  }, []);
  return over;
}

/** Over the workspace: shows where a held file would go, and what became of those dropped. */
export function DropTarget() {
  const { refresh } = useApp();
  const { sent, take, clear } = useIntake(refresh);
  const over = useFileDrop(take);
  return (
    <>
      {over && (
        <div className="drop-over" aria-hidden="true">
          <p>Drop to read {TYPES.slice(0, 2).join(" and ")} files into the graph</p>
        </div>
      )}
      {sent.length > 0 && (
        <section className="intake" aria-label="Documents sent">
          <Button className="icon-button" aria-label="Close" onPress={clear}>
            <Icon name="close" />
          </Button>
          <IntakeList sent={sent} />
        </section>
      )}
    </>
  );
}
