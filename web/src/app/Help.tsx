/** What keys and mouse do: opened by "?" or from the tools. */
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { setHelp } from "../state/state.ts";
import { useApp } from "./app-context.ts";
import { Icon } from "./icons.tsx";

const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Anywhere",
    [
      ["Ctrl K", "find, or run a command"],
      ["Ctrl Z", "undo; with Shift redo"],
      ["Backspace", "back to what was open before"],
      ["Esc", "close what is open"],
      ["?", "this list"],
    ],
  ],
  [
    "In the graph",
    [
      ["← → ↑ ↓", "to the next entity that way"],
      ["Enter", "open it"],
      ["M", "take it together with others"],
      ["E", "expand: bring in neighbours"],
      ["C, U", "collapse its neighbours into it, unfold them"],
      ["I", "show only what is taken"],
      ["H", "hide what is taken"],
      ["P", "let go what was dragged"],
      ["L", "draw a line around entities"],
      ["+ − 0", "zoom in, out, show everything"],
    ],
  ],
  [
    "By mouse or finger",
    [
      ["Click", "open an entity, or the sentences behind a line"],
      ["Double click", "expand an entity"],
      ["Shift click", "take several together; Shift and drag draws a line around them"],
      ["Drag", "move an entity, which then stays; the ground moves all"],
      ["Drag over the bars", "choose a time; drag the window to move it"],
    ],
  ],
];

export default function Help() {
  const { store } = useApp();
  return (
    <ModalOverlay className="drawer-overlay is-centred" isDismissable isOpen onOpenChange={(open) => !open && store.update(setHelp(false))}>
      <Modal className="help">
        <Dialog className="help-body">
          <div className="drawer-head">
            <Heading slot="title" level={2}>
              Keys and mouse
            </Heading>
            <Button className="icon-button" aria-label="Close" onPress={() => store.update(setHelp(false))}>
              <Icon name="close" />
            </Button>
          </div>
          {KEYS.map(([where, keys]) => (
            <section key={where}>
              <h3>{where}</h3>
              <dl className="keys">
                {keys.map(([key, does]) => (
                  <div key={key}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
