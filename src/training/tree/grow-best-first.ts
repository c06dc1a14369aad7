// Turns rows into a tree with a maximum number of leaves: of all nodes that could be split, the one that gains most is split
// next.
import type { Tree } from '../../estimators/tree/tree.js';
import { grouped } from '../../text/numbers.js';
import type { Work } from '../../work.js';
import { type Branch, type GrownNode, type Growth, growNode } from './grow-tree.js';
import { Heap } from './heap.js';
import { MANY_ROWS } from './split.js';
import { TreeWriter } from './tree-writer.js';

interface Frontier extends GrownNode {
  readonly branch: Branch;
  readonly improvement: number;
}

export function* growBestFirst(growth: Growth, rows: number, maxLeafNodes: number): Work<Tree> {
  const writer = new TreeWriter(growth.search.criterion.width);
  const frontier = new Heap<Frontier>((a, b) => a.improvement < b.improvement);
  let grownRows = 0;
  function* grow(branch: Branch): Work<Frontier> {
    const grown = yield* growNode(growth, writer, branch);
    grownRows += branch.end - branch.start;
    if (grownRows > MANY_ROWS) {
      grownRows = 0;
      yield `${grouped(writer.count)} nodes`;
    }
    return { ...grown, branch, improvement: grown.split?.improvement ?? 0 };
  }
  frontier.push(yield* grow({ start: 0, end: rows, depth: 0, parent: -1, isLeft: true, impurity: null, constants: 0 }));
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
    const left = yield* grow({ ...below, start, end: split.pos, isLeft: true, impurity: split.leftImpurity });
    const right = yield* grow({ ...below, start: split.pos, end, isLeft: false, impurity: split.rightImpurity });
    frontier.push(left);
    frontier.push(right);
  }
  return writer.finish(deepest);
}
