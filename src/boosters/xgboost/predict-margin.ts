// Turns rows of float32 features into margins, adding in the order in which XGBoost adds, in float32.
import { findLeaves, type Rows } from '../forest/find-leaves.js';
import { leavesUnder } from '../forest/leaves-under.js';
import type { Linear, Trees, XgboostModel } from './model.js';

const { fround } = Math;

interface MarginOptions {
  /** How many rounds count; all if left out. */
  readonly rounds?: number;
  /** XGBoost's `inplace_predict`, which the scikit-learn wrappers use. */
  readonly inPlace: boolean;
}

/** Writes `rows.count` rows of `model.outputs` margins. */
export function predictMargin(model: XgboostModel, rows: Rows, margins: Float64Array, options: MarginOptions): void {
  const { outputs, baseScore } = model;
  for (let i = 0; i < rows.count * outputs; i++) margins[i] = baseScore[i % outputs]!;
  if (model.linear !== null) addLinear(model.linear, baseScore[0]!, outputs, rows, margins);
  if (model.trees !== null) addTrees(model.trees, model, rows, margins, options);
}

function addTrees(trees: Trees, model: XgboostModel, rows: Rows, margins: Float64Array, options: MarginOptions): void {
  const end = trees.rounds[options.rounds ?? trees.rounds.length - 1]!;
  const leaves = new Int32Array(rows.count);
  const add = trees.weights === null ? addLeaf : options.inPlace ? addDroppedInPlace : addDropped;
  for (let tree = 0; tree < end; tree++) {
    findLeaves(trees.forest, tree, rows, leaves);
    if (trees.leafWidth > 1) addVectors(trees, leaves, rows.count, margins, trees.weights?.[tree] ?? 1);
    else add(trees, tree, leaves, rows.count, model, margins);
  }
}

/** By leaf, what `predictMargin` adds for it: a tree of dart counts as much as the dropping left of it. */
export function leafAddends(trees: Trees, { baseScore }: XgboostModel, inPlace: boolean): Float64Array {
  const { leafValues, weights, groups, forest } = trees;
  if (weights === null) return leafValues;
  const made = Float64Array.from(leafValues);
  for (let tree = 0; tree < forest.roots.length; tree++) {
    const base = baseScore[groups[tree]!]!;
    for (const leaf of leavesUnder(forest, forest.roots[tree]!)) {
      const alone = inPlace ? fround(fround(base + leafValues[leaf]!) - base) : leafValues[leaf]!;
      made[leaf] = fround(alone * weights[tree]!);
    }
  }
  return made;
}

type Add = (
  trees: Trees,
  tree: number,
  leaves: Int32Array,
  count: number,
  model: XgboostModel,
  margins: Float64Array,
) => void;

const addLeaf: Add = (trees, tree, leaves, count, { outputs }, margins) => {
  const { leafValues } = trees;
  for (let row = 0, at = trees.groups[tree]!; row < count; row++, at += outputs)
    margins[at] = fround(margins[at]! + leafValues[leaves[row]!]!);
};

/** A tree of dart counts as much as the dropping left of it. */
const addDropped: Add = (trees, tree, leaves, count, { outputs }, margins) => {
  const weight = trees.weights![tree]!;
  for (let row = 0, at = trees.groups[tree]!; row < count; row++, at += outputs)
    margins[at] = fround(margins[at]! + fround(trees.leafValues[leaves[row]!]! * weight));
};

/** In place, each tree is added to the base score, which is then taken away again; float32 feels that. */
const addDroppedInPlace: Add = (trees, tree, leaves, count, { outputs, baseScore }, margins) => {
  const weight = trees.weights![tree]!;
  const base = baseScore[trees.groups[tree]!]!;
  for (let row = 0, at = trees.groups[tree]!; row < count; row++, at += outputs) {
    const alone = fround(fround(base + trees.leafValues[leaves[row]!]!) - base);
    margins[at] = fround(margins[at]! + fround(alone * weight));
  }
};

function addVectors(trees: Trees, leaves: Int32Array, count: number, margins: Float64Array, weight: number): void {
  const { leafValues, leafWidth } = trees;
  for (let row = 0; row < count; row++)
    for (let i = 0; i < leafWidth; i++) {
      const at = row * leafWidth + i;
      margins[at] = fround(margins[at]! + fround(leafValues[leaves[row]! * leafWidth + i]! * weight));
    }
}

/** Bias and base score first (of the first output, for all outputs), then the features that are there, in their order. */
function addLinear({ weights }: Linear, base: number, outputs: number, rows: Rows, margins: Float64Array): void {
  const { values, width, count } = rows;
  for (let row = 0; row < count; row++)
    for (let output = 0; output < outputs; output++) {
      let sum = fround(weights[width * outputs + output]! + base);
      for (let i = 0; i < width; i++) {
        const value = values[row * width + i]!;
        if (!Number.isNaN(value)) sum = fround(sum + fround(value * weights[i * outputs + output]!));
      }
      margins[row * outputs + output] = sum;
    }
}
