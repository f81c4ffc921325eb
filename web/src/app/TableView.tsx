/** The same view as tables: entities and relations shown, sortable, each row opening what the graph would. */
import { useMemo, useState } from "react";
import { Button, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { EntitySummary, OntologyAnswer } from "../../../src/model/api.ts";
import type { Look } from "../look/look.ts";
import { type Analysis, analysisOf } from "../state/analysis.ts";
import { NOTHING, resetScene, select } from "../state/state.ts";
import { type Index, indexOf, type ShownEdge, visibleOf } from "../state/visible.ts";
import { shortDay } from "../text/dates.ts";
import { count, relationText, STANDING_LABELS } from "../text/words.ts";
import { useApp, useReady, useSelected } from "./app-context.ts";
import { entitiesCsv, relationsCsv } from "./export.ts";
import { Icon, KindMark } from "./icons.tsx";
import { RelationMark } from "./RelationMark.tsx";
import { download } from "./tables.ts";

interface Column<R> {
  readonly name: string;
  readonly value: (row: R) => string | number;
  readonly cell?: (row: R) => React.ReactNode;
  readonly numeric?: boolean;
}

interface TableProps<R> {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly isChosen: (row: R) => boolean;
  readonly onChoose: (row: R) => void;
}

const PAGE_SIZE = 200;

/** The first column's cell is the button that opens the row. */
function SortedTable<R>({ caption, columns, rows, keyOf, isChosen, onChoose }: TableProps<R>) {
  const [sort, setSort] = useState<{ column: number; down: boolean } | undefined>();
  const [length, setLength] = useState(PAGE_SIZE);
  const sorted = useMemo(() => {
    const column = sort && columns[sort.column];
    if (!column) return rows;
    const sign = sort.down ? -1 : 1;
    return rows.toSorted((a, b) => {
      const [x, y] = [column.value(a), column.value(b)];
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en"));
    });
  }, [rows, columns, sort]);
  return (
    <>
      <table className="table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => {
              const active = sort?.column === index;
              return (
                <th
                  key={column.name}
                  scope="col"
                  className={column.numeric ? "is-numeric" : undefined}
                  aria-sort={active ? (sort.down ? "descending" : "ascending") : "none"}
                >
                  <button type="button" onClick={() => setSort({ column: index, down: active ? !sort.down : column.numeric === true })}>
                    {column.name}
                    <span aria-hidden="true">{active ? (sort.down ? " ↓" : " ↑") : ""}</span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, length).map((row) => (
            <tr key={keyOf(row)} className={isChosen(row) ? "is-chosen" : undefined}>
              {columns.map((column, index) => {
                const content = column.cell?.(row) ?? column.value(row);
                if (index > 0)
                  return (
                    <td key={column.name} className={column.numeric ? "is-numeric" : undefined}>
                      {content}
                    </td>
                  );
                return (
                  <th key={column.name} scope="row">
                    <button type="button" className="row-button" aria-pressed={isChosen(row)} onClick={() => onChoose(row)}>
                      {content}
                    </button>
                  </th>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > length && (
        <Button className="button" onPress={() => setLength(length + PAGE_SIZE)}>
          Show {Math.min(PAGE_SIZE, sorted.length - length)} more of {sorted.length - length}
        </Button>
      )}
    </>
  );
}

function columnsOfEntities(
  ontology: OntologyAnswer,
  look: Look,
  index: Index,
  analysis: Analysis | undefined,
): readonly Column<EntitySummary>[] {
  const kindLabels = new Map(ontology.kinds.map(({ kind, label }) => [kind, label]));
  return [
    {
      name: "Name",
      value: (node) => node.name,
      cell: (node) => (
        <>
          <KindMark kind={node.kind} color={look.kind(node.kind)} size={18} /> {node.name}
        </>
      ),
    },
    { name: "Kind", value: (node) => kindLabels.get(node.kind) ?? node.kind },
    { name: "Role", value: (node) => node.role ?? "" },
    { name: "Relations", value: (node) => node.degree, numeric: true },
    { name: "Mentions", value: (node) => node.mentions, numeric: true },
    { name: "Documents", value: (node) => node.documents, numeric: true },
    ...(analysis ? analysedColumns(index, analysis) : []),
  ];
}

/** What the analysis adds, once it is there. */
function analysedColumns(index: Index, { communities, betweenness, pagerank }: Analysis): readonly Column<EntitySummary>[] {
  const share = (values: ReadonlyMap<string, number>, name: string): Column<EntitySummary> => ({
    name,
    value: (node) => values.get(node.id) ?? 0,
    cell: (node) => (values.get(node.id) ?? 0).toFixed(3),
    numeric: true,
  });
  const leader = (node: EntitySummary) => {
    const id = communities.get(node.id);
    return id === undefined ? "" : (index.nodes.get(id)?.name ?? id);
  };
  return [{ name: "Community around", value: leader }, share(betweenness, "Betweenness"), share(pagerank, "PageRank")];
}

function columnsOfRelations(ontology: OntologyAnswer, index: Index): readonly Column<ShownEdge>[] {
  const name = (id: string) => index.nodes.get(id)?.name ?? id;
  return [
    {
      name: "Relation",
      value: ({ edge }) => `${name(edge.subject)} ${edge.relation} ${name(edge.object)}`,
      cell: ({ edge }) => (
        <>
          <RelationMark relation={edge.relation} /> {name(edge.subject)} <em>{relationText(ontology, edge.relation)}</em>{" "}
          {name(edge.object)}
        </>
      ),
    },
    {
      name: "First",
      value: ({ edge }) => edge.from ?? "",
      cell: ({ edge }) => (edge.from ? shortDay(edge.from) : <span className="quiet">undated</span>),
    },
    { name: "Last", value: ({ edge }) => edge.to ?? "", cell: ({ edge }) => (edge.to ? shortDay(edge.to) : "") },
    { name: "Reported", value: ({ standing }) => STANDING_LABELS[standing] },
    { name: "Reports", value: ({ reports }) => reports, numeric: true },
    { name: "Documents", value: ({ edge }) => edge.documents, numeric: true },
  ];
}

interface SaveProps {
  readonly name: string;
  readonly what: string;
  readonly table: () => string;
}

function Save({ name, what, table }: SaveProps) {
  return (
    <div className="table-tools">
      <Button className="button is-small" onPress={() => download(`entente-${name}.csv`, "text/csv", table())}>
        <Icon name="download" size={16} /> CSV of {what}
      </Button>
    </div>
  );
}

export default function TableView() {
  const { store } = useApp();
  const { data, look } = useReady();
  const scene = useSelected((state) => state.scene);
  const selection = useSelected((state) => state.selection);
  const { ontology, graph } = data;
  const visible = visibleOf(graph, scene);
  const index = indexOf(graph);
  useSelected((state) => state.analysed);
  const analysis = analysisOf(graph);

  const entities = useMemo(
    () =>
      graph.nodes
        .filter((node) => visible.nodes.has(node.id))
        .toSorted((a, b) => b.degree - a.degree || a.name.localeCompare(b.name, "en")),
    [graph, visible],
  );
  const relations = useMemo(() => [...visible.edges.values()], [visible]);
  const entityColumns = useMemo(() => columnsOfEntities(ontology, look, index, analysis), [ontology, look, index, analysis]);
  const relationColumns = useMemo(() => columnsOfRelations(ontology, index), [ontology, index]);

  if (visible.nodes.size === 0) {
    return (
      <div className="table-view is-message" role="status">
        <h2>Nothing matches the filters</h2>
        <Button className="button is-primary" onPress={() => store.update(resetScene)}>
          Show everything
        </Button>
      </div>
    );
  }
  return (
    <div className="table-view">
      <Tabs className="tabs" defaultSelectedKey={selection.type === "edge" ? "relations" : "entities"}>
        <TabList className="tab-list" aria-label="What the table lists">
          <Tab id="entities" className="tab">
            Entities <span className="filter-count">{entities.length}</span>
          </Tab>
          <Tab id="relations" className="tab">
            Relations <span className="filter-count">{relations.length}</span>
          </Tab>
        </TabList>
        <TabPanel id="entities" className="tab-panel">
          <Save name="entities" what={count(entities.length, "entity", "entities")} table={() => entitiesCsv(index, visible)} />
          <SortedTable
            caption="Entities shown"
            columns={entityColumns}
            rows={entities}
            keyOf={(node) => node.id}
            isChosen={(node) => selection.type === "entity" && selection.id === node.id}
            onChoose={(node) =>
              store.update(select(selection.type === "entity" && selection.id === node.id ? NOTHING : { type: "entity", id: node.id }))
            }
          />
        </TabPanel>
        <TabPanel id="relations" className="tab-panel">
          <Save name="relations" what={count(relations.length, "relation")} table={() => relationsCsv(ontology, index, visible)} />
          <SortedTable
            caption="Relations shown"
            columns={relationColumns}
            rows={relations}
            keyOf={({ edge }) => edge.id}
            isChosen={({ edge }) => selection.type === "edge" && selection.id === edge.id}
            onChoose={({ edge }) =>
              store.update(select(selection.type === "edge" && selection.id === edge.id ? NOTHING : { type: "edge", id: edge.id }))
            }
          />
        </TabPanel>
      </Tabs>
    </div>
  );
}
