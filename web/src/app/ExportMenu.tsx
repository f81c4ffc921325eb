/** Takes what is shown along: pictures, tables, and files for other programs. What writes them is loaded when asked for. */
import { useEffect, useState } from "react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { FormatsAnswer } from "../../../src/model/api.ts";
import { api, exportAddress } from "../api.ts";
import { dressed } from "../look/dressed.ts";
import { analysisOf } from "../state/analysis.ts";
import { exportParameters } from "../state/url.ts";
import { indexOf, visibleOf } from "../state/visible.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";
import { Icon } from "./icons.tsx";
import { copyLink } from "./link.ts";
import { download } from "./tables.ts";

/** Formats that most people come for, in front of the others. */
const FIRST = ["gexf", "graphml", "claims-csv"];

const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

export function ExportMenu() {
  const { store, stage } = useApp();
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const isDrawn = useSelected((state) => state.view === "graph" && state.drawable && state.comparison?.shown !== "sides");
  const [formats, setFormats] = useState<FormatsAnswer["items"]>([]);
  // Without the list the menu still has what needs no server.
  useEffect(
    () =>
      void api.formats().then(
        ({ items }) => setFormats([...items].sort((a, b) => rank(a.name) - rank(b.name))),
        () => undefined,
      ),
    [],
  );
  const filter = exportParameters(data.graph, scene, data.ontology);

  const act = async (key: React.Key) => {
    const state = store.get();
    const visible = visibleOf(data.graph, state.scene);
    const renderer = stage.renderer();
    switch (key) {
      case "link":
        return copyLink(store, stage);
      case "entities": {
        const { entitiesCsv } = await import("./export.ts");
        return download("entente-entities.csv", "text/csv", entitiesCsv(indexOf(data.graph), visible));
      }
      case "relations": {
        const { relationsCsv } = await import("./export.ts");
        return download("entente-relations.csv", "text/csv", relationsCsv(data.ontology, indexOf(data.graph), visible));
      }
      case "json": {
        const { shownJson } = await import("./export.ts");
        return download("entente.json", "application/json", shownJson(data, state.scene));
      }
      case "png":
      case "svg": {
        if (!renderer) return;
        const { picturePng, pictureSvg } = await import("./picture-file.ts");
        const worn = dressed(look, data.graph, analysisOf(data.graph), state);
        if (key === "svg") return download("entente-graph.svg", "image/svg+xml", pictureSvg(renderer, data, worn, state));
        return download("entente-graph.png", "image/png", await picturePng(renderer, data, worn, state));
      }
    }
  };
  const left = [
    filter.isWhole ? "" : "; some of what is hidden is in them",
    scene.window && scene.undated ? "; undated reports left out" : "",
  ];
  const note = left.join("");
  return (
    <MenuTrigger>
      <Button className="button" aria-label="Export">
        <Icon name="download" /> <span>Export</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label="Export" onAction={(key) => void act(key)}>
          <MenuSection>
            <Header className="menu-heading">Link and picture</Header>
            <MenuItem id="link" className="menu-item" textValue="Copy a link to this view">
              <strong>Copy link</strong>
              <span>filters, window, selection, camera, places</span>
            </MenuItem>
            <MenuItem id="png" className="menu-item" isDisabled={!isDrawn} textValue="PNG picture with legend">
              <strong>PNG</strong>
              <span>the picture, with legend and sources</span>
            </MenuItem>
            <MenuItem id="svg" className="menu-item" isDisabled={!isDrawn} textValue="SVG drawing with legend">
              <strong>SVG</strong>
              <span>the same as a drawing, to edit or print</span>
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <Header className="menu-heading">What is shown, as data</Header>
            <MenuItem id="entities" className="menu-item" textValue="CSV of the entities shown">
              <strong>CSV, entities</strong>
              <span>one row an entity</span>
            </MenuItem>
            <MenuItem id="relations" className="menu-item" textValue="CSV of the relations shown">
              <strong>CSV, relations</strong>
              <span>one row a relation</span>
            </MenuItem>
            <MenuItem id="json" className="menu-item" textValue="JSON of what is shown">
              <strong>JSON</strong>
              <span>entities, relations and their reports</span>
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <Header className="menu-heading">For other programs, with every sentence{note}</Header>
            {formats.map(({ name, extension, description }) => (
              <MenuItem
                key={name}
                id={name}
                className="menu-item"
                href={exportAddress(name, filter.parameters)}
                download={`entente.${extension}`}
                textValue={description}
              >
                <strong>.{extension}</strong>
                <span>{description}</span>
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
