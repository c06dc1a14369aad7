// Turns features into one column for each leaf of many trees (sklearn.ensemble.RandomTreesEmbedding).
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { applyTrees } from '../tree/apply-trees.js';
import type { Tree } from '../tree/tree.js';

export interface RandomTreesEmbedding extends Fitted<'RandomTreesEmbedding'> {
  readonly estimators_: readonly Tree[];
  /** It knows the leaves of each tree by the numbers of their nodes. */
  readonly one_hot_encoder_: Part;
  readonly allow_nan: boolean;
}

export function transformRandomTreesEmbedding(embedding: RandomTreesEmbedding, frame: Frame, parts: Parts): Frame {
  const { estimators_: trees, allow_nan } = embedding;
  const missing = allow_nan && !frame.sparse ? 'allowed' : 'refused';
  const nodes = applyTrees(trees, frame, { step: 'random_trees_embedding', float32: true, missing });
  return parts.transform(embedding.one_hot_encoder_, frameOfMatrix(frame.rows, trees.length, nodes));
}
