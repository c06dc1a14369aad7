// Turns many trees into the sums of what each row's leaves hold, added in the order of the trees, so that every bit is that of
// Python: the leaves' numbers are found by one operator, and CumSum adds their values one after the other.
import { DATA_TYPE } from '../../../data/element-types.js';
import { MlctlError } from '../../../errors/error.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import { MOST_LEAVES, type NodeWay, type SplitTree, splitLeaves } from '../../convert/tree/split-leaves.js';

/** A tree, and what each of its nodes holds: `width` numbers a node. */
export interface ValuedTree {
  readonly tree: SplitTree;
  readonly width: number;
  /** Row-major, nodes × `width`; only the leaves are read. */
  readonly values: ArrayLike<number>;
  /** What the values are multiplied by. */
  readonly scale?: number;
}

interface SumOptions {
  readonly name: string;
  readonly way: NodeWay;
  readonly start?: ArrayLike<number>;
  /** Sums are rounded to float32 after each tree. */
  readonly single?: boolean;
}

/** [width, N] of float64. `start`: what the first tree is added to, one number of the `width`. */
export function treeSums(
  graph: GraphBuilder,
  matrix: string,
  trees: readonly ValuedTree[],
  { name, way, start, single = false }: SumOptions,
): string {
  const splits = trees.map(({ tree }) => tree);
  const places = splitLeaves(graph, matrix, splits, name, way);
  const gathered = gatherValues(graph, places, trees, { name, way, single, ...(start ? { start } : {}) });
  const turned = graph.node('Transpose', [gathered], { attributes: { perm: [1n, 2n, 0n] } });
  const rows = single ? castTo(graph, turned, DATA_TYPE.FLOAT) : turned;
  const summed = trees.length === 1 ? rows : graph.node('CumSum', [rows, graph.int64s('axis', [], [0n])]);
  const last = graph.int64s('last', [], [BigInt(trees.length - 1)]);
  const sums = graph.node('Gather', [summed, last], { attributes: { axis: 0n } });
  return single ? castTo(graph, sums, DATA_TYPE.DOUBLE) : sums;
}

const castTo = (graph: GraphBuilder, tensor: string, type: number): string =>
  graph.node('Cast', [tensor], { attributes: { to: BigInt(type) } });

/** [N, trees, width]: the values of each row's leaves, from one table of all leaves. */
function gatherValues(
  graph: GraphBuilder,
  places: string,
  trees: readonly ValuedTree[],
  { name, start, single }: SumOptions,
): string {
  const round = single ? Math.fround : (x: number) => x;
  const offsets: bigint[] = [];
  const table: number[] = [];
  const { width } = trees[0]!;
  for (const { tree, values, scale = 1 } of trees) {
    offsets.push(BigInt(table.length / width));
    for (let node = 0; node < tree.left.length; node++)
      if (tree.left[node]! < 0)
        for (let k = 0; k < width; k++) {
          const value = scale * values[node * width + k]!;
          // the start and the first tree's value are added to one number, as Python adds them
          table.push(offsets.length === 1 && start !== undefined ? round(start[k]! + value) : value);
        }
  }
  const leaves = table.length / width;
  if (leaves >= MOST_LEAVES)
    throw new MlctlError('MODEL_UNSUPPORTED', `writing ${name} as ONNX: its trees have ${leaves} leaves together`, {
      hint: `fewer than ${MOST_LEAVES} can be told apart: train fewer or smaller trees`,
    });
  const numbers = graph.node('Add', [places, graph.int64s('offsets', [1, trees.length], offsets)]);
  return graph.node('Gather', [graph.doubles('leaves', [leaves, width], table), numbers], {
    name: `${name}: an input value is missing or infinite`,
    attributes: { axis: 0n },
  });
}
