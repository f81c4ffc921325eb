/** The bar on top: name, search, and what concerns the view as a whole. */
import {
  Button,
  Dialog,
  DialogTrigger,
  Heading,
  Menu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
  ToggleButton,
  ToggleButtonGroup,
} from "react-aria-components";
import { redo, setHelp, setTheme, setView, undo, type Update, type View } from "../state/state.ts";
import { useApp, useSelected } from "./app-context.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import { Filters } from "./Filters.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { Search } from "./Search.tsx";
import { openTool, type Tool, TOOLS } from "./tools.ts";
import { isDark } from "./theme.ts";

export function Header() {
  const { store } = useApp();
  const view = useSelected((state) => state.view);
  return (
    <header className="header">
      <h1 className="brand">
        <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <rect width="32" height="32" rx="7" fill="#1f2a44" />
          <path d="M10 21.500 22 10.500" stroke="#e8b04b" strokeWidth="2.600" />
          <circle cx="10" cy="21.500" r="4.500" fill="#fff" />
          <circle cx="22" cy="10.500" r="4.500" fill="#fff" />
        </svg>
        <span>Entente</span>
      </h1>
      <Search />
      <div className="header-tools">
        <FilterDrawer />
        <ToggleButtonGroup
          className="segments"
          aria-label="View"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={(keys) => {
            const [next] = keys;
            if (next) store.update(setView(next as View));
          }}
        >
          <ToggleButton id="graph" className="segment">
            <Icon name="graph" /> <span>Graph</span>
          </ToggleButton>
          <ToggleButton id="table" className="segment">
            <Icon name="table" /> <span>Table</span>
          </ToggleButton>
        </ToggleButtonGroup>
        <ToolsMenu />
        <History />
        <ExportMenu />
        <ThemeButton />
      </div>
    </header>
  );
}

function useHistory() {
  return { canUndo: useSelected((state) => state.past.length > 0), canRedo: useSelected((state) => state.future.length > 0) };
}

function History() {
  const { store } = useApp();
  const { canUndo, canRedo } = useHistory();
  return (
    <div className="pair is-wide-only">
      <Button className="icon-button" aria-label="Undo" isDisabled={!canUndo} onPress={() => store.update(undo)}>
        <Icon name="undo" />
      </Button>
      <Button className="icon-button" aria-label="Redo" isDisabled={!canRedo} onPress={() => store.update(redo)}>
        <Icon name="redo" />
      </Button>
    </div>
  );
}

/** What an analyst does with the graph as a whole; each opens its panel. */
function ToolsMenu() {
  return (
    <MenuTrigger>
      <Button className="button" aria-label="Tools">
        <Icon name="tools" /> <span>Tools</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <ToolsList />
      </Popover>
    </MenuTrigger>
  );
}

/** Where the bar has no room for undo and redo (layout.css says where). */
const phone = window.matchMedia("(max-width: 760px)");

function ToolsList() {
  const { store } = useApp();
  const { canUndo, canRedo } = useHistory();
  const run = (key: React.Key): Update => {
    if (key === "help") return setHelp(true);
    if (key === "undo") return undo;
    return key === "redo" ? redo : openTool(key as Tool);
  };
  return (
    <Menu
      className="menu"
      aria-label="Tools"
      disabledKeys={[...(canUndo ? [] : ["undo"]), ...(canRedo ? [] : ["redo"])]}
      onAction={(key) => store.update(run(key))}
    >
      {TOOLS.map(({ tool, title, about, icon }) => (
        <ToolItem key={tool} id={tool} title={title} about={about} icon={icon} />
      ))}
      <ToolItem id="help" title="Keys and mouse" about="what they do; also by ?" icon="keyboard" />
      {phone.matches && <ToolItem id="undo" title="Undo" about="the last step" icon="undo" />}
      {phone.matches && <ToolItem id="redo" title="Redo" about="what was taken back" icon="redo" />}
    </Menu>
  );
}

function ToolItem(item: { readonly id: string; readonly title: string; readonly about: string; readonly icon: IconName }) {
  return (
    <MenuItem id={item.id} className="menu-item has-icon" textValue={item.title}>
      <Icon name={item.icon} />
      <strong>{item.title}</strong>
      <span>{item.about}</span>
    </MenuItem>
  );
}

function ThemeButton() {
  const { store } = useApp();
  const dark = isDark(useSelected((state) => state.theme));
  return (
    <Button
      className="icon-button"
      aria-label={dark ? "Light colours" : "Dark colours"}
      onPress={() => store.update(setTheme(dark ? "light" : "dark"))}
    >
      <Icon name={dark ? "sun" : "moon"} />
    </Button>
  );
}

/** Where there is no room beside the graph, the legend opens over it. */
function FilterDrawer() {
  return (
    <DialogTrigger>
      <Button className="button is-narrow-only" aria-label="Filters">
        <Icon name="filter" /> <span>Filters</span>
      </Button>
      <ModalOverlay className="drawer-overlay" isDismissable>
        <Modal className="drawer">
          <Dialog className="drawer-body">
            {({ close }) => (
              <>
                <div className="drawer-head">
                  <Heading slot="title" level={2}>
                    Legend and filters
                  </Heading>
                  <Button className="icon-button" aria-label="Close" onPress={close}>
                    <Icon name="close" />
                  </Button>
                </div>
                <Filters />
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
