// Turns features into one column for each leaf of many trees (sklearn.ensemble.RandomTreesEmbedding).
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { leafTableOf } from '../tree/leaf-table.js';
import { rowBlocks } from '../tree/row-blocks.js';
import type { Tree } from '../tree/tree.js';
import { walkRows } from '../tree/walk-rows.js';

export interface RandomTreesEmbedding extends Fitted<'RandomTreesEmbedding'> {
  readonly estimators_: readonly Tree[];
  /** It knows the leaves of each tree by the numbers of their nodes. */
  readonly one_hot_encoder_: Part;
  readonly allow_nan: boolean;
}

export function transformRandomTreesEmbedding(embedding: RandomTreesEmbedding, frame: Frame, parts: Parts): Frame {
  const { estimators_: trees, allow_nan } = embedding;
  const missing = allow_nan && !frame.sparse ? 'allowed' : 'refused';
  const nodes = new Float64Array(frame.rows * trees.length);
  const layouts = trees.map((tree) => leafTableOf(tree).layout);
  for (const block of rowBlocks(frame, { step: 'random_trees_embedding', float32: true, missing })) {
    const leaves = new Int32Array(block.rows + 3);
    layouts.forEach((layout, t) => {
      walkRows(layout, block, leaves);
      for (let i = 0, at = block.from * trees.length + t; i < block.rows; i++, at += trees.length)
        nodes[at] = layout.leafNodes[leaves[i]!]!;
    });
  }
  return parts.transform(embedding.one_hot_encoder_, frameOfMatrix(frame.rows, trees.length, nodes));
}
