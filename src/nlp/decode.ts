/** From scores to structures: the best dependency tree of a sentence and the best sequence of names. */

/**
 * The highest-scoring tree with exactly one root (Chu and Liu 1965, Edmonds 1967). `scores` holds one row of `stride` per word, column 0
 * for the root, column j + 1 for word j as head. Writes head indices to heads[at ...], -1 for the root. Words that all pick a head
 * without a cycle and with one root, which is most sentences, cost one pass.
 */
export function bestTree(scores: Float32Array, stride: number, n: number, heads: Int32Array, at: number): void {
  for (let i = 0; i < n; i++) {
    let best = -1;
    let top = Number.NEGATIVE_INFINITY;
    for (let j = 0; j <= n; j++) {
      const s = scores[i * stride + j] as number;
      if (j !== i + 1 && s > top) {
        top = s;
        best = j - 1;
      }
    }
    heads[at + i] = best;
  }
  if (isTree(heads, at, n)) return;
  const m = n + 1;
  const weights = new Float64Array(m * m).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= n; j++) if (j !== i + 1) weights[(i + 1) * m + j] = scores[i * stride + j] as number;
  }
  let tree = arborescence(weights, m);
  const roots: number[] = [];
  for (let v = 1; v < m; v++) if (tree[v] === 0) roots.push(v);
  if (roots.length > 1) {
    let bestTotal = Number.NEGATIVE_INFINITY;
    for (const root of roots) {
      const single = weights.slice();
      for (let v = 1; v < m; v++) if (v !== root) single[v * m] = -1e12;
      const candidate = arborescence(single, m);
      let total = 0;
      for (let v = 1; v < m; v++) total += single[v * m + (candidate[v] as number)] as number;
      if (total > bestTotal) {
        bestTotal = total;
        tree = candidate;
      }
    }
  }
  for (let i = 0; i < n; i++) heads[at + i] = (tree[i + 1] as number) - 1;
}

/** Whether heads[at, at + n) is one tree with one root. */
export function isTree(heads: Int32Array, at: number, n: number): boolean {
  let roots = 0;
  for (let i = 0; i < n; i++) {
    let v = i;
    let steps = 0;
    while (v >= 0 && steps <= n) {
      v = heads[at + v] as number;
      steps++;
    }
    if (v >= 0) return false;
    if ((heads[at + i] as number) < 0) roots++;
  }
  return roots === 1;
}

/** Maximum arborescence from node 0; weights[v * m + u] is the score of u as parent of v. Returns each node's parent. */
function arborescence(weights: Float64Array, m: number): Int32Array {
  const parent = new Int32Array(m).fill(-1);
  for (let v = 1; v < m; v++) {
    let top = Number.NEGATIVE_INFINITY;
    for (let u = 0; u < m; u++) {
      const w = weights[v * m + u] as number;
      if (u !== v && w > top) {
        top = w;
        parent[v] = u;
      }
    }
  }
  const cycle = findCycle(parent, m);
  if (cycle.length === 0) return parent;
  const inside = new Uint8Array(m);
  for (const v of cycle) inside[v] = 1;
  const names: number[] = [];
  const index = new Int32Array(m).fill(-1);
  for (let v = 0; v < m; v++) {
    if (inside[v]) continue;
    index[v] = names.length;
    names.push(v);
  }
  const k = names.length + 1;
  const joint = k - 1;
  const smaller = new Float64Array(k * k).fill(Number.NEGATIVE_INFINITY);
  const entry = new Int32Array(m);
  const exit = new Int32Array(m);
  for (const u of names) {
    const at = index[u] as number;
    for (const v of names) smaller[(index[v] as number) * k + at] = weights[v * m + u] as number;
    let into = Number.NEGATIVE_INFINITY;
    let out = Number.NEGATIVE_INFINITY;
    for (const v of cycle) {
      const gain = (weights[v * m + u] as number) - (weights[v * m + (parent[v] as number)] as number);
      if (gain > into) {
        into = gain;
        entry[u] = v;
      }
      const w = weights[u * m + v] as number;
      if (w > out) {
        out = w;
        exit[u] = v;
      }
    }
    smaller[joint * k + at] = into;
    smaller[at * k + joint] = out;
  }
  const solved = arborescence(smaller, k);
  for (const v of names) {
    if (v === 0) continue;
    const u = solved[index[v] as number] as number;
    parent[v] = u === joint ? (exit[v] as number) : (names[u] as number);
  }
  const source = names[solved[joint] as number] as number;
  parent[entry[source] as number] = source;
  return parent;
}

function findCycle(parent: Int32Array, m: number): number[] {
  const seen = new Int32Array(m);
  for (let start = 1; start < m; start++) {
    let v = start;
    while (v > 0 && seen[v] === 0) {
      seen[v] = start;
      v = parent[v] as number;
    }
    if (v > 0 && seen[v] === start) {
      const cycle = [v];
      for (let u = parent[v] as number; u !== v; u = parent[u] as number) cycle.push(u);
      return cycle;
    }
  }
  return [];
}

/** By how much the best of scores[at, at + count) leads the second. */
export function leadOf(scores: Float32Array, at: number, count: number): number {
  let first = Number.NEGATIVE_INFINITY;
  let second = first;
  for (let y = 0; y < count; y++) {
    const score = scores[at + y] as number;
    if (score > first) {
      second = first;
      first = score;
    } else if (score > second) second = score;
  }
  return first - second;
}

/** Whether name label y may stand after label x: 0 is outside, 2k + 1 begins and 2k + 2 continues a name of class k. */
export function mayFollow(x: number, y: number): boolean {
  return y === 0 || y % 2 === 1 || x === y || x === y - 1;
}

/**
 * Best sequence of name labels (Viterbi) over n rows of `scores`, the first row at `at`; a name continues only its own class.
 * `transitions` holds a row per label with the score of each label after it, `back` takes n * labels entries, `totals` 2 * labels,
 * `labels` the result.
 */
export function bestNames(
  scores: Float32Array,
  at: number,
  stride: number,
  n: number,
  count: number,
  transitions: Float32Array,
  back: Uint8Array,
  totals: Float64Array,
  labels: Uint8Array,
): void {
  for (let i = 0; i < n; i++) {
    const from = (i & 1) * count;
    const to = ((i + 1) & 1) * count;
    for (let y = 0; y < count; y++) {
      const score = scores[at + i * stride + y] as number;
      const inside = y > 0 && y % 2 === 0;
      let before = i === 0 && !inside ? 0 : Number.NEGATIVE_INFINITY;
      let previous = inside ? y - 1 : 0;
      if (i > 0) {
        for (let x = inside ? y - 1 : 0; x < (inside ? y + 1 : count); x++) {
          const sum = (totals[from + x] as number) + (transitions[x * count + y] as number);
          if (sum > before) {
            before = sum;
            previous = x;
          }
        }
      }
      totals[to + y] = before + score;
      back[i * count + y] = previous;
    }
  }
  const last = (n & 1) * count;
  let y = 0;
  for (let k = 1; k < count; k++) if ((totals[last + k] as number) > (totals[last + y] as number)) y = k;
  for (let i = n - 1; i >= 0; i--) {
    labels[i] = y;
    y = back[i * count + y] as number;
  }
}
