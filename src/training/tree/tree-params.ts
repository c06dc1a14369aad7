// Turns scikit-learn's parameters of a tree into the numbers that its growth uses.

/** The parameters that both trees have, named and meant as in sklearn.tree. */
export interface TreeParams {
  readonly splitter: 'best' | 'random';
  readonly max_depth: number | null;
  /** Whole: rows; below 1: a fraction of them. */
  readonly min_samples_split: number;
  readonly min_samples_leaf: number;
  readonly min_weight_fraction_leaf: number;
  readonly max_features: number | 'sqrt' | 'log2' | null;
  readonly random_state: number;
  readonly max_leaf_nodes: number | null;
  readonly min_impurity_decrease: number;
  readonly ccp_alpha: number;
}

interface TreeLimits {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly minWeightLeaf: number;
  readonly maxFeatures: number;
}

export function treeLimits(params: TreeParams, rows: number, features: number, weight: number): TreeLimits {
  const leaf = params.min_samples_leaf;
  const minSamplesLeaf = Number.isInteger(leaf) ? leaf : Math.ceil(leaf * rows);
  const split = params.min_samples_split;
  const minSamplesSplit = Number.isInteger(split) && split > 1 ? split : Math.max(2, Math.ceil(split * rows));
  return {
    maxDepth: params.max_depth ?? Number.POSITIVE_INFINITY,
    minSamplesSplit: Math.max(minSamplesSplit, 2 * minSamplesLeaf),
    minSamplesLeaf,
    minWeightLeaf: params.min_weight_fraction_leaf * weight,
    maxFeatures: maxFeatures(params.max_features, features),
  };
}

function maxFeatures(wanted: TreeParams['max_features'], features: number): number {
  if (wanted === null) return features;
  if (wanted === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(features)));
  // 31 − clz32 is the logarithm of a whole number, rounded down
  if (wanted === 'log2') return Math.max(1, 31 - Math.clz32(features));
  return Number.isInteger(wanted) ? wanted : Math.max(1, Math.floor(wanted * features));
}
