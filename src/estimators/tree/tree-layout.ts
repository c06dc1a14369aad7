// Turns the nodes of a tree into the order and the form in which rows walk them fast: what a step reads stands side by side, and
// the two children of a node are neighbours, so that a step is one addition without a branch.

/** The parts of a node, in parallel arrays. A leaf has −1 as its left child. */
export interface TreeNodes {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  /** A row goes right if its value is greater, and left if it is equal or less. */
  readonly threshold: Float64Array;
  /** Rows whose value is missing go left at nodes with a 1. */
  readonly missingLeft: Uint8Array;
}

/** What rows walk, in memory that all threads see. */
export interface TreeSteps {
  /** Four words a place: where its left child is, its feature, and its threshold as a float64. A leaf leads to itself. */
  readonly words: Int32Array;
  /** The same memory: the threshold of the place at word w is at (w >> 1) + 1. */
  readonly thresholds: Float64Array;
  /** By place: 1 if rows whose value is missing go right. */
  readonly missingRight: Uint8Array;
  /** By place: the number of the leaf, counted from the left. */
  readonly leaf: Int32Array;
}

export interface TreeLayout extends TreeSteps {
  /** By number of the leaf: the number of its node. */
  readonly leafNodes: Int32Array;
  /** By place: the number of the node. */
  readonly nodes: Int32Array;
}

/** Every node has one parent, which stands in front of it: the readers have checked it. */
export function layOutTree({ left, right, feature, threshold, missingLeft }: TreeNodes): TreeLayout {
  const count = left.length;
  // the root is at place 0; place 1 stays empty, so that neighbours share a line of the cache
  const shared = new SharedArrayBuffer((count + 1) * 21);
  const words = new Int32Array(shared, 0, (count + 1) * 4);
  const thresholds = new Float64Array(shared, 0, (count + 1) * 2);
  const leaf = new Int32Array(shared, (count + 1) * 16, count + 1);
  const missingRight = new Uint8Array(shared, (count + 1) * 20, count + 1);
  const nodes = new Int32Array(count + 1);
  const leafNodes = new Int32Array((count + 1) >> 1);
  const waiting = new Int32Array(count + 1);
  let [depth, free, leaves] = [1, 2, 0];
  while (depth > 0) {
    depth--;
    const place = waiting[depth]!;
    const node = nodes[place]!;
    const word = place * 4;
    if (left[node] === -1) {
      words[word] = word;
      thresholds[place * 2 + 1] = Number.POSITIVE_INFINITY;
      leaf[place] = leaves;
      leafNodes[leaves] = node;
      leaves++;
      continue;
    }
    words[word] = free * 4;
    words[word + 1] = feature[node]!;
    thresholds[place * 2 + 1] = threshold[node]!;
    missingRight[place] = 1 - missingLeft[node]!;
    nodes[free] = left[node]!;
    nodes[free + 1] = right[node]!;
    waiting[depth] = free + 1;
    waiting[depth + 1] = free;
    depth += 2;
    free += 2;
  }
  return { words, thresholds, missingRight, leaf, leafNodes, nodes };
}
