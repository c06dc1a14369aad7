// Turns a node's rows into a node of the tree: it is split if it may be, else it is a leaf. Also grows whole trees, depth first.
import type { Tree } from '../../estimators/tree/tree.js';
import { grouped } from '../../text/numbers.js';
import type { Work } from '../../work.js';
import { type FindSplit, MANY_ROWS, type Split, type SplitSearch } from './split.js';
import { TreeWriter } from './tree-writer.js';

export interface Growth {
  readonly search: SplitSearch;
  readonly find: FindSplit;
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minImpurityDecrease: number;
}

/** A range of rows that will be a node. */
export interface Branch {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly parent: number;
  readonly isLeft: boolean;
  /** Null for the root, whose impurity is computed here. */
  readonly impurity: number | null;
  readonly constants: number;
}

export interface GrownNode {
  readonly node: number;
  readonly impurity: number;
  /** Null for a leaf. */
  readonly split: Split | null;
}

export function* growNode(growth: Growth, writer: TreeWriter, branch: Branch): Work<GrownNode> {
  const { search, minImpurityDecrease } = growth;
  const { criterion } = search;
  const { start, end, depth } = branch;
  criterion.begin(start, end);
  const weight = criterion.nodeWeight;
  const impurity = branch.impurity ?? criterion.nodeImpurity();
  const samples = end - start;
  const closed =
    depth >= growth.maxDepth ||
    samples < growth.minSamplesSplit ||
    samples < 2 * search.minSamplesLeaf ||
    weight < 2 * search.minWeightLeaf ||
    impurity <= Number.EPSILON;
  let split = closed ? null : yield* growth.find(search, start, end, impurity, branch.constants);
  if (split && (split.pos >= end || split.improvement + Number.EPSILON < minImpurityDecrease)) split = null;
  const node = writer.add({ parent: branch.parent, isLeft: branch.isLeft, samples, weight, impurity, split });
  criterion.writeValue(writer.value, node * criterion.width);
  return { node, impurity, split };
}

/** The left side of a node comes before its right side. */
export function* growDepthFirst(growth: Growth, rows: number): Work<Tree> {
  const writer = new TreeWriter(growth.search.criterion.width);
  const open: Branch[] = [{ start: 0, end: rows, depth: 0, parent: -1, isLeft: false, impurity: null, constants: 0 }];
  let deepest = 0;
  /** Rows of the nodes grown since it last said so. */
  let grown = 0;
  for (let branch = open.pop(); branch; branch = open.pop()) {
    const { start, end } = branch;
    deepest = Math.max(deepest, branch.depth);
    const { node, split } = yield* growNode(growth, writer, branch);
    grown += end - start;
    if (grown > MANY_ROWS) {
      grown = 0;
      yield `${grouped(writer.count)} nodes`;
    }
    if (!split) continue;
    const { pos, constants } = split;
    const below = { depth: branch.depth + 1, parent: node, constants };
    open.push({ ...below, start: pos, end, isLeft: false, impurity: split.rightImpurity });
    open.push({ ...below, start, end: pos, isLeft: true, impurity: split.leftImpurity });
  }
  return writer.finish(deepest);
}
