/** One box that finds entities, relations, documents and commands; Ctrl or Cmd with K reaches it from anywhere. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Button, ComboBox, Header, Input, Label, ListBox, ListBoxItem, ListBoxSection, Popover } from "react-aria-components";
import type { EntityKind } from "../../../src/model/graph.ts";
import { api } from "../api.ts";
import { type Command, sentenceSuggestions, suggest, type Suggestion } from "../state/search.ts";
import { redo, resetScene, select, setHelp, setTheme, setView, undo } from "../state/state.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";
import { Icon, KindMark } from "./icons.tsx";
import { RelationMark } from "./RelationMark.tsx";
import { copyLink } from "./link.ts";
import { isDark } from "./theme.ts";
import { openTool } from "./tools.ts";

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

export function Search() {
  const { store, stage } = useApp();
  const { data } = useReady();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const theme = useSelected((state) => state.theme);
  const sentences = useSentences(typed);
  /** Nothing is looked for before somebody looks. */
  const [asked, setAsked] = useState(false);
  const suggestions = useMemo(() => {
    if (!asked) return [];
    const own = suggest(data, typed);
    // Commands stay last.
    return [...own.filter(({ group }) => group !== "Commands"), ...sentences, ...own.filter(({ group }) => group === "Commands")];
  }, [asked, data, typed, sentences]);
  const groups = useMemo(() => Object.entries(Object.groupBy(suggestions, (suggestion) => suggestion.group)), [suggestions]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  const run = (command: Command) => {
    switch (command) {
      case "table":
      case "graph":
        return store.update(setView(command));
      case "reset":
        return store.update(resetScene);
      case "fit":
        return stage.renderer()?.fit();
      case "theme":
        return store.update(setTheme(isDark(theme) ? "light" : "dark"));
      case "undo":
        return store.update(undo);
      case "redo":
        return store.update(redo);
      case "help":
        return store.update(setHelp(true));
      case "link":
        return void copyLink(store, stage);
      default:
        return store.update(openTool(command));
    }
  };

  const choose = (key: React.Key | null) => {
    const chosen = suggestions.find((suggestion) => suggestion.key === key);
    if (!chosen) return;
    setTyped("");
    // On to what was found: the list would open again under a box that keeps the focus.
    if (chosen.leads.to === "command") {
      input.current?.blur();
      run(chosen.leads.command);
    } else {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".panel-body")?.focus());
      store.update(select(chosen.leads.selection));
      if (chosen.leads.selection.type === "entity") stage.renderer()?.reveal(chosen.leads.selection.id);
    }
  };

  return (
    <ComboBox
      className="search"
      items={groups}
      inputValue={typed}
      onInputChange={setTyped}
      onFocusChange={(focused) => focused && setAsked(true)}
      value={null}
      onChange={(key) => choose(key as React.Key | null)}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="sr-only">Find an entity, a relation or a document</Label>
      <div className="search-field">
        <Icon name="search" />
        <Input
          ref={input}
          className="search-input"
          placeholder="Find a person, state, agreement, relation, sentence …"
          spellCheck={false}
        />
        <kbd className="search-key" aria-hidden="true">
          {isApple ? "⌘K" : "Ctrl K"}
        </kbd>
        <Button className="sr-only">Suggestions</Button>
      </div>
      <Popover className="popover search-popover" offset={6}>
        <ListBox className="menu search-list" items={groups} renderEmptyState={() => <p className="menu-empty">Nothing is called that.</p>}>
          {([group, entries]) => (
            <ListBoxSection id={group} className="menu-section">
              <Header className="menu-heading">{group}</Header>
              {(entries ?? []).map((entry) => (
                <SuggestionItem key={entry.key} entry={entry} />
              ))}
            </ListBoxSection>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

const TYPING_REST_MS = 150;
const FEWEST_LETTERS = 3;

/** Sentences that hold the words, from the server, once the typing rests; none while it does not answer. */
function useSentences(typed: string): readonly Suggestion[] {
  const words = typed.trim();
  const [found, setFound] = useState<{ readonly words: string; readonly list: readonly Suggestion[] }>({ words: "", list: [] });
  useEffect(() => {
    if (words.length < FEWEST_LETTERS) return;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      api.sentences(words, asking.signal).then(
        (hits) => setFound({ words, list: sentenceSuggestions(hits) }),
        () => {},
      );
    }, TYPING_REST_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [words]);
  return words.length >= FEWEST_LETTERS && found.words === words ? found.list : NO_SENTENCES;
}

const NO_SENTENCES: readonly Suggestion[] = [];

function SuggestionItem({ entry }: { readonly entry: Suggestion }) {
  return (
    <ListBoxItem id={entry.key} textValue={entry.text} className="menu-item search-item">
      <Sign entry={entry} />
      <strong>{entry.text}</strong>
      <span>{entry.detail}</span>
    </ListBoxItem>
  );
}

function Sign({ entry }: { readonly entry: Suggestion }) {
  const { look } = useReady();
  if (entry.group === "Entities") return <KindMark kind={entry.sign as EntityKind} color={look.kind(entry.sign as EntityKind)} size={22} />;
  if (entry.group === "Relations") return <RelationMark relation={entry.sign ?? ""} />;
  return <Icon name={entry.group === "Documents" || entry.group === "Sentences" ? "document" : "focus"} />;
}
