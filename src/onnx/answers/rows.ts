// Turns tensors of one shape into the same values in another.
import { DATA_TYPE } from '../../data/element-types.js';
import type { GraphBuilder } from '../convert/graph-builder.js';

/** [1, N] as [N]. */
export const flat = (graph: GraphBuilder, row: string): string =>
  graph.node('Reshape', [row, graph.int64s('shape', [1], [-1n])]);

/** [N] as [1, N]. */
export const asRow = (graph: GraphBuilder, values: string): string =>
  graph.node('Reshape', [values, graph.int64s('shape', [2], [1n, -1n])]);

/** One row [1, N] of a tensor [width, N]. */
export const rowAt = (graph: GraphBuilder, tensor: string, row: number): string =>
  graph.node('Gather', [tensor, graph.int64s('row', [1], [BigInt(row)])], { attributes: { axis: 0n } });

export const asDouble = (graph: GraphBuilder, values: string): string =>
  graph.node('Cast', [values], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } });
