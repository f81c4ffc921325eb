/** One box that finds entities, relations, documents and commands; Ctrl or Cmd with K reaches it from anywhere. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Button, ComboBox, Header, Input, Label, ListBox, ListBoxItem, ListBoxSection, Popover } from "react-aria-components";
import type { EntityKind } from "../../../src/model/graph.ts";
import { type Command, suggest, type Suggestion } from "../state/search.ts";
import { resetScene, select, setTheme, setView } from "../state/state.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";
import { Icon, KindMark } from "./icons.tsx";
import { RelationMark } from "./RelationMark.tsx";
import { isDark } from "./theme.ts";

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

export function Search() {
  const { store, stage } = useApp();
  const { data } = useReady();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const theme = useSelected((state) => state.theme);
  const suggestions = useMemo(() => suggest(data, typed), [data, typed]);
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
    if (command === "table" || command === "graph") store.update(setView(command));
    else if (command === "reset") store.update(resetScene);
    else if (command === "fit") stage.renderer()?.fit();
    else store.update(setTheme(isDark(theme) ? "light" : "dark"));
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
      value={null}
      onChange={(key) => choose(key as React.Key | null)}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="sr-only">Find an entity, a relation or a document</Label>
      <div className="search-field">
        <Icon name="search" />
        <Input ref={input} className="search-input" placeholder="Find a person, state, agreement, relation …" spellCheck={false} />
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
  return <Icon name={entry.group === "Documents" ? "document" : "focus"} />;
}
