// Turns a grown tree into the smallest of its subtrees whose cost complexity is minimal for an alpha (Breiman et al., 1984,
// chapter 3).
import { LEAF, type Tree } from '../../estimators/tree/tree.js';
import { TreeWriter } from './tree-writer.js';

export function pruneTree(tree: Tree, alpha: number): Tree {
  return alpha === 0 ? tree : copyUpTo(tree, leavesAfterPruning(tree, alpha));
}

/** Marks the nodes that are leaves of the subtree: the weakest link is cut as long as it is weaker than alpha. */
function leavesAfterPruning(tree: Tree, alpha: number): Uint8Array {
  const { node_count: count, children_left: left, children_right: right } = tree;
  const { parent, own, branch, leaves } = measureBranches(tree);
  const isLeaf = Uint8Array.from(left, (child) => (child === LEAF ? 1 : 0));
  const inside = isLeaf.map((leaf) => 1 - leaf);
  const present = new Uint8Array(count).fill(1);
  while (inside[0]) {
    let least = Number.MAX_VALUE;
    let weakest = 0;
    for (let i = 0; i < count; i++) {
      if (!inside[i]) continue;
      const link = (own[i]! - branch[i]!) / (leaves[i]! - 1);
      if (link < least) {
        least = link;
        weakest = i;
      }
    }
    if (alpha < least) break;
    for (const open = [weakest]; open.length > 0; ) {
      const node = open.pop()!;
      if (!present[node]) continue;
      present[node] = inside[node] = isLeaf[node] = 0;
      if (left[node] !== LEAF) open.push(left[node]!, right[node]!);
    }
    isLeaf[weakest] = present[weakest] = 1;
    const lost = leaves[weakest]! - 1;
    const risen = own[weakest]! - branch[weakest]!;
    leaves[weakest] = 0;
    branch[weakest] = own[weakest]!;
    for (let node = parent[weakest]!; node >= 0; node = parent[node]!) {
      leaves[node]! -= lost;
      branch[node]! += risen;
    }
  }
  return isLeaf;
}

/** Each node's parent, its own share of the impurity, its leaves' share, and how many leaves it has. */
function measureBranches(tree: Tree) {
  const { node_count: count, children_left: left, children_right: right, weighted_n_node_samples: weight } = tree;
  const parent = new Int32Array(count).fill(-1);
  const own = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    own[i] = (weight[i]! * tree.impurity[i]!) / weight[0]!;
    if (left[i] === LEAF) continue;
    parent[left[i]!] = i;
    parent[right[i]!] = i;
  }
  const branch = new Float64Array(count);
  const leaves = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    if (left[i] !== LEAF) continue;
    branch[i] = own[i]!;
    for (let node = parent[i]!; node >= 0; node = parent[node]!) {
      branch[node]! += own[i]!;
      leaves[node]!++;
    }
  }
  return { parent, own, branch, leaves };
}

function copyUpTo(tree: Tree, isLeaf: Uint8Array): Tree {
  const width = tree.value_width;
  const writer = new TreeWriter(width);
  const open = [{ from: 0, parent: -1, isLeft: false, depth: 0 }];
  let deepest = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { from, parent, isLeft, depth } = next;
    deepest = Math.max(deepest, depth);
    const node = writer.add({
      parent,
      isLeft,
      samples: tree.n_node_samples[from]!,
      weight: tree.weighted_n_node_samples[from]!,
      impurity: tree.impurity[from]!,
      split: isLeaf[from]
        ? null
        : {
            feature: tree.feature[from]!,
            threshold: tree.threshold[from]!,
            missingGoToLeft: tree.missing_go_to_left[from] === 1,
          },
    });
    writer.value.set(tree.value.subarray(from * width, (from + 1) * width), node * width);
    if (isLeaf[from]) continue;
    open.push({ from: tree.children_right[from]!, parent: node, isLeft: false, depth: depth + 1 });
    open.push({ from: tree.children_left[from]!, parent: node, isLeft: true, depth: depth + 1 });
  }
  return writer.finish(deepest);
}
