/** Fills a database with a large made-up graph in seconds: straight into its tables, with what the viewer asks for and no texts. */
import Database from "better-sqlite3";
import { openStore } from "../../src/store/sqlite.ts";
import { loadKnowledge } from "../../src/knowledge/knowledge.ts";
import { drawRank, madeEntity, randomNumbers, RELATIONS } from "./graph.ts";

export interface LargeGraph {
  readonly nodes: number;
  /** Claims drawn; a few say the same of the same two and make one edge. */
  readonly edges: number;
}

const COMMUNITIES = 40;
const CLAIMS_PER_DOCUMENT = 10;

/** Hubs by a power law, three claims of five within a community, 15 years, every fifth claim undated. The same for the same size. */
export function fillLarge(file: string, { nodes, edges }: LargeGraph): void {
  // As a server declares them: it would otherwise sort the claims anew, which rest on no texts here.
  const symmetric = new Set([...loadKnowledge().relations.values()].filter((relation) => relation.symmetric).map(({ name }) => name));
  openStore(file, { symmetric }).close();
  const database = new Database(file);
  database.pragma("foreign_keys = OFF");
  database.pragma("synchronous = OFF");
  const random = randomNumbers(42);
  const documents = Math.ceil(edges / CLAIMS_PER_DOCUMENT);
  database.transaction(() => {
    const node = database.prepare("INSERT INTO node (key, id, survivor, mentions, documents) VALUES (?, ?, ?, 1, 1)");
    const entity = database.prepare(
      "INSERT INTO entity (key, kind, name, aliases, degree, mentions, documents) VALUES (?, ?, ?, '[]', 0, 1, 1)",
    );
    for (let rank = 0; rank < nodes; rank++) {
      const { id, kind, name } = madeEntity(rank);
      node.run(rank + 1, id, rank + 1);
      entity.run(rank + 1, kind, name);
    }
    const document = database.prepare(
      "INSERT INTO document (key, id, name, title, date, source, knowledge, sentences, claims, blocks, text) VALUES (?, ?, ?, ?, ?, ?, '', 0, 10, '[]', '')",
    );
    for (let key = 1; key <= documents; key++)
      document.run(key, `d${key}`, `made-${key}`, `Report ${key}`, `20${10 + (key % 15)}-06-15`, `Outlet ${key % 50}`);
    const edge = database.prepare(
      `INSERT INTO edge (subject, relation, object, reports, events, documents, date_from, date_to, affirmed, happened, confidence)
       VALUES (?, ?, ?, 1, 1, 1, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET reports = reports + 1, events = events + 1, documents = documents + 1 RETURNING key`,
    );
    const claim = database.prepare(
      `INSERT INTO claim (id, document, subject, relation, object, edge, polarity, modality, date_start, date_end, date_precision, date_basis,
         topic, confidence, event) VALUES (?, ?, 1, ?, 1, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?)`,
    );
    const two = (value: number) => String(value).padStart(2, "0");
    for (let at = 0; at < edges; at++) {
      const subject = at < nodes ? at : drawRank(random, nodes);
      let object = drawRank(random, nodes);
      if (random() < 0.6) object += (((subject - object) % COMMUNITIES) + COMMUNITIES) % COMMUNITIES;
      if (object >= nodes || object === subject) object = subject === 0 ? 1 : subject - 1;
      const relation = RELATIONS[Math.floor(random() * random() * RELATIONS.length)] as string;
      const [polarity, modality] = [random() < 0.95 ? "affirmed" : "negated", random() < 0.85 ? "happened" : "planned"];
      const day =
        random() < 0.8
          ? `20${10 + Math.floor(random() * 15)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`
          : null;
      const confidence = Math.round(50 + random() * 50) / 100;
      const [one, other] = symmetric.has(relation) && object < subject ? [object, subject] : [subject, object];
      const affirmed = Number(polarity === "affirmed");
      const { key } = edge.get(one + 1, relation, other + 1, day, day, affirmed, Number(modality === "happened"), confidence) as {
        key: number;
      };
      const dated = day === null ? [null, null, null, null] : [day, day, "day", "explicit"];
      claim.run(`c${at}`, 1 + Math.floor(at / CLAIMS_PER_DOCUMENT), relation, key, polarity, modality, ...dated, confidence, `e${at}`);
    }
  })();
  database.close();
}
