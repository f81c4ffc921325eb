/** From judgements to clusters of ids that are one entity: a pure function of the judgements in force. */
import type { EntityId, Judgement } from "../model/graph.ts";

export interface Cluster {
  readonly survivor: EntityId;
  readonly members: readonly EntityId[];
}

/**
 * One judgement for a pair: the user's before a rule's, "different" before "same" where one hand said both, the first by code unit order
 * where two join in opposite directions.
 */
export function inForce(judgements: Iterable<Judgement>): Judgement[] {
  const byPair = new Map<string, Judgement>();
  for (const judgement of judgements) {
    const key = [judgement.left, judgement.right].sort().join("~");
    const other = byPair.get(key);
    if (other === undefined || rank(judgement) > rank(other) || (rank(judgement) === rank(other) && judgement.left < other.left)) {
      byPair.set(key, judgement);
    }
  }
  return [...byPair.values()];
}

function rank(judgement: Judgement): number {
  return (judgement.by === "user" ? 2 : 0) + (judgement.verdict === "different" ? 1 : 0);
}

/**
 * Clusters the ids that the judgements name; an id named by "different" judgements alone is a cluster by itself.
 * @param judgements in force, all of those that touch the ids: see `inForce`
 */
export function clusters(judgements: readonly Judgement[]): Cluster[] {
  const groups = new Map<EntityId, Set<EntityId>>();
  for (const { left, right } of judgements) {
    for (const id of [left, right]) if (!groups.has(id)) groups.set(id, new Set([id]));
  }
  const group = (id: EntityId): Set<EntityId> => groups.get(id) as Set<EntityId>;
  const kept = judgements.filter((judgement) => judgement.verdict === "different");
  const joins = judgements.filter((judgement) => judgement.verdict === "same").sort(byHandThenIds);
  const joined = new Set<EntityId>();
  for (const { left, right } of joins) {
    const [one, other] = [group(left), group(right)];
    if (one !== other) {
      const apart = kept.some((pair) => (one.has(pair.left) && other.has(pair.right)) || (one.has(pair.right) && other.has(pair.left)));
      if (apart) continue;
      const [small, large] = one.size < other.size ? [one, other] : [other, one];
      for (const id of small) {
        large.add(id);
        groups.set(id, large);
      }
    }
    joined.add(left);
  }
  return [...new Set(groups.values())].map((members) => {
    const sorted = [...members].sort();
    return { survivor: sorted.find((id) => !joined.has(id)) ?? (sorted[0] as EntityId), members: sorted };
  });
}

function byHandThenIds(one: Judgement, other: Judgement): number {
  if (one.by !== other.by) return one.by === "user" ? -1 : 1;
  const [a, b] = [`${one.left}~${one.right}`, `${other.left}~${other.right}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
