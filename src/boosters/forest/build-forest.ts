// Turns trees as files describe them into one forest, and refuses what is not a tree: a walk then ends within its depth.
import type { Refuse } from '../refuse.js';
import { CATEGORY, type Forest, NUMBER, type RawTree } from './forest.js';

/** LightGBM grows chains of leaves if it may, but nobody trains one this long. */
const MOST_LEVELS = 65_536;

interface ForestFacts {
  readonly features: number;
  readonly aboveCategory: number;
  /** The trees number their leaves together; left out: each from 0 on. */
  readonly leavesAreShared?: true;
}

const total = (trees: readonly RawTree[], count: (tree: RawTree) => number): number =>
  trees.reduce((sum, tree) => sum + count(tree), 0);

export function buildForest(trees: readonly RawTree[], facts: ForestFacts, refuse: Refuse): Forest {
  const nodes = total(trees, ({ first }) => first.length);
  const forest = {
    roots: new Int32Array(trees.length),
    plain: new Uint8Array(trees.length),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    children: new Int32Array(nodes * 2),
    missing: new Uint8Array(nodes),
    kind: new Uint8Array(nodes),
    limit: new Float64Array(nodes),
    sets: new Int32Array(trees.some(({ sets }) => sets !== undefined) ? nodes * 2 : 0),
    bits: new Uint32Array(total(trees, ({ bits }) => bits?.length ?? 0)),
    aboveCategory: facts.aboveCategory,
    depth: 0,
  };
  const planted = { nodes: 0, bits: 0, leaves: 0 };
  trees.forEach((tree, index) => {
    plant(tree, index, forest, planted, facts, refuse);
    if (facts.leavesAreShared !== true) planted.leaves += tree.leaves;
  });
  return forest;
}

type Growing = { -readonly [Key in keyof Forest]: Forest[Key] };

/** Copies one tree level by level: only nodes that the root leads to, each of them once. */
function plant(
  tree: RawTree,
  index: number,
  forest: Growing,
  planted: { nodes: number; bits: number; leaves: number },
  { features }: ForestFacts,
  refuse: Refuse,
): void {
  const inTree = `tree ${index}`;
  const leaf = (child: number, from: string): number => {
    if (~child >= tree.leaves) throw refuse.malformed(`${inTree}: ${from} leads to leaf ${~child} of ${tree.leaves}`);
    return ~(planted.leaves + ~child);
  };
  if (tree.root < 0) {
    forest.roots[index] = leaf(tree.root, 'the root');
    forest.plain[index] = 1;
    return;
  }
  const count = tree.first.length;
  const base = planted.nodes;
  const order = new Int32Array(count);
  const placed = new Int32Array(count).fill(-1);
  let next = 1;
  let levelEnd = 1;
  let depth = 1;
  let plain = 1;
  placed[0] = 0;
  forest.roots[index] = base;
  for (let at = 0; at < next; at++) {
    if (at === levelEnd) {
      levelEnd = next;
      depth += 1;
      if (depth > MOST_LEVELS) throw refuse.beyond(`${inTree} has more than ${MOST_LEVELS} levels`);
    }
    const node = order[at]!;
    const from = `node ${node}`;
    for (let side = 0; side < 2; side++) {
      const child = side === 0 ? tree.first[node]! : tree.second[node]!;
      if (child < 0) {
        forest.children[(base + at) * 2 + side] = leaf(child, from);
        continue;
      }
      if (child >= count) throw refuse.malformed(`${inTree}: ${from} has the child ${child} of ${count} nodes`);
      if (placed[child] !== -1)
        throw refuse.malformed(`${inTree}: two ways lead to node ${child}, so it is not a tree`);
      placed[child] = next;
      order[next] = child;
      forest.children[(base + at) * 2 + side] = base + next;
      next += 1;
    }
    const feature = tree.feature[node]!;
    if (feature < 0 || feature >= features)
      throw refuse.malformed(`${inTree}: ${from} asks for feature ${feature} of ${features}`);
    if (!decide(tree, node, forest, base + at, planted.bits, refuse, inTree)) plain = 0;
  }
  forest.bits.set(tree.bits ?? [], planted.bits);
  forest.plain[index] = plain;
  forest.depth = Math.max(forest.depth, depth);
  planted.nodes += next;
  planted.bits += tree.bits?.length ?? 0;
}

/** Copies how a node decides; true if it is a plain comparison. */
function decide(
  tree: RawTree,
  node: number,
  forest: Growing,
  to: number,
  bitBase: number,
  refuse: Refuse,
  inTree: string,
): boolean {
  const kind = tree.kind[node]!;
  const threshold = tree.threshold[node]!;
  forest.feature[to] = tree.feature[node]!;
  forest.missing[to] = tree.missing[node]!;
  forest.kind[to] = kind;
  forest.limit[to] = threshold;
  forest.threshold[to] = kind === NUMBER ? threshold : Number.NaN;
  if (kind !== CATEGORY) {
    if (Number.isNaN(threshold)) throw refuse.malformed(`${inTree}: the threshold of node ${node} is not a number`);
    return kind === NUMBER;
  }
  const start = tree.sets?.[node * 2] ?? -1;
  const end = tree.sets?.[node * 2 + 1] ?? -1;
  if (start < 0 || end < start || end > (tree.bits?.length ?? 0))
    throw refuse.malformed(`${inTree}: node ${node} has no set of categories`);
  forest.sets[to * 2] = bitBase + start;
  forest.sets[to * 2 + 1] = bitBase + end;
  return false;
}
