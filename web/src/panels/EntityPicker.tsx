/** A field that finds one entity of the loaded graph by its name. */
import { useMemo, useRef, useState } from "react";
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { EntityId } from "../../../src/model/graph.ts";
import { useReady } from "../app/app-context.ts";
import { Icon, KindMark } from "../app/icons.tsx";
import { suggestEntities } from "../state/search.ts";

interface PickerProps {
  readonly label: string;
  /** Entities that are not offered. */
  readonly without: ReadonlySet<string>;
  readonly onChoose: (id: EntityId) => void;
}

export function EntityPicker({ label, without, onChoose }: PickerProps) {
  const { data, look } = useReady();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const offered = useMemo(() => suggestEntities(data, typed, without), [data, typed, without]);
  return (
    <ComboBox
      className="picker"
      items={offered}
      inputValue={typed}
      onInputChange={setTyped}
      value={null}
      onChange={(key) => {
        if (key === null) return;
        setTyped("");
        // On to what was chosen: the list would open again under a field that keeps the focus.
        input.current?.closest<HTMLElement>(".panel-body")?.focus();
        onChoose(key as EntityId);
      }}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label className="field-label">{label}</Label>
      <div className="picker-field">
        <Input ref={input} className="field" placeholder="A name" spellCheck={false} />
        <Button className="picker-open" aria-label={`${label}: show names`}>
          <Icon name="down" size={14} />
        </Button>
      </div>
      <Popover className="popover picker-popover" offset={4}>
        <ListBox className="menu" items={offered} renderEmptyState={() => <p className="menu-empty">Nobody is called that.</p>}>
          {(node) => (
            <ListBoxItem id={node.id} textValue={node.name} className="menu-item search-item">
              <KindMark kind={node.kind} color={look.kind(node.kind)} size={20} />
              <strong>{node.name}</strong>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
