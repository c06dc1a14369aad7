// Turns rows into a tree with a maximum number of leaves: of all nodes that could be split, the one that gains most is split
// next.
import type { Tree } from '../../estimators/tree/tree.js';
import { type Branch, type GrownNode, type Growth, growNode } from './grow-tree.js';
import { Heap } from './heap.js';
import { TreeWriter } from './tree-writer.js';

interface Frontier extends GrownNode {
  readonly branch: Branch;
  readonly improvement: number;
}

export function growBestFirst(growth: Growth, rows: number, maxLeafNodes: number): Tree {
  const writer = new TreeWriter(growth.search.criterion.width);
  const frontier = new Heap<Frontier>((a, b) => a.improvement < b.improvement);
  const grow = (branch: Branch): Frontier => {
    const grown = growNode(growth, writer, branch);
    return { ...grown, branch, improvement: grown.split?.improvement ?? 0 };
  };
  frontier.push(grow({ start: 0, end: rows, depth: 0, parent: -1, isLeft: true, impurity: null, constants: 0 }));
  let splits = maxLeafNodes - 1;
  let deepest = 0;
  for (let next = frontier.pop(); next; next = frontier.pop()) {
    const { node, split, branch } = next;
    deepest = Math.max(deepest, branch.depth);
    if (!split) continue;
    if (splits <= 0) {
      writer.makeLeaf(node);
      continue;
    }
    splits--;
    const { start, end } = branch;
    const below = { depth: branch.depth + 1, parent: node, constants: 0 };
    const left = grow({ ...below, start, end: split.pos, isLeft: true, impurity: split.leftImpurity });
    const right = grow({ ...below, start: split.pos, end, isLeft: false, impurity: split.rightImpurity });
    frontier.push(left);
    frontier.push(right);
  }
  return writer.finish(deepest);
}
