/** Queries to begin with. Tests run every one of them. */

export interface Example {
  readonly title: string;
  readonly statement: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: "Who signed what, and when",
    statement: "MATCH (a)-[r:SIGNED]->(b:Agreement)\nRETURN a, r, b\nORDER BY r.date",
  },
  {
    title: "Who mediated between whom",
    statement: "MATCH (m)-[r:MEDIATED_BETWEEN|BROKERED]->(x)\nRETURN m, r, x",
  },
  {
    title: "Who accuses or condemns, by number of reports",
    statement:
      "MATCH (a)-[r:ACCUSED|CONDEMNED|WARNED]->(b)\nRETURN a.name AS who, b.name AS whom, count(*) AS reports\nORDER BY reports DESC LIMIT 20",
  },
  {
    title: "Meetings of heads of state, with the sentence",
    statement:
      "MATCH (p:Person)-[:LEADS]->(s:State), (p)-[r:MET_WITH|SPOKE_WITH]-(q:Person)\nRETURN DISTINCT p.name, q.name, r.date, r.evidence\nORDER BY r.date DESC LIMIT 25",
  },
  {
    title: "Planned, called for or alleged, not done",
    statement: "MATCH (a)-[r]->(b)\nWHERE r.modality <> 'happened'\nRETURN a, r, b LIMIT 50",
  },
  {
    title: "What every document says, counted",
    statement:
      "MATCH (e)-[:MENTIONED_IN]->(d:Document)\nRETURN d.title AS title, d.date AS date, count(e) AS entities\nORDER BY date DESC LIMIT 25",
  },
];
