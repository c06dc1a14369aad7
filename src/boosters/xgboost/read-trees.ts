// Turns the trees of a model file into a forest with float32 leaves.

import { buildForest } from '../forest/build-forest.js';
import { concatenated } from '../forest/concatenated.js';
import { CATEGORY, NUMBER, type RawTree } from '../forest/forest.js';
import { checkOutputs } from '../refuse.js';
import type { Fields } from './fields.js';
import type { Trees } from './model.js';

/** XGBoost keeps categories below 2^24, where float32 is exact. */
const MOST_CATEGORIES = 2 ** 24;
/** A set takes as many bits as its largest category says, in words of 32. */
const MOST_WORDS = 2 ** 23;

/** `model`: `gradient_booster.model`. */
export function readTrees(model: Fields, outputs: number, features: number, weights: Float64Array | null): Trees {
  const { refuse } = model;
  const parameters = model.object('gbtree_model_param');
  const found = inOrder(model.objects('trees'));
  const count = parameters.count('num_trees');
  if (found.length !== count)
    throw refuse.malformed(`${model.path} has ${found.length} trees, but num_trees is ${count}`);
  const groups = model.integers('tree_info', count);
  for (const [i, group] of groups.entries())
    if (group < 0 || group >= outputs) throw refuse.malformed(`tree ${i} is of output ${group} of ${outputs}`);
  if (weights !== null && weights.length !== count)
    throw refuse.malformed(`weight_drop has ${weights.length} weights for ${count} trees`);
  const leafWidth = Math.max(1, found[0]?.object('tree_param').count('size_leaf_vector', 1) ?? 1);
  if (leafWidth !== 1 && leafWidth !== outputs)
    throw refuse.malformed(`the leaves have ${leafWidth} values for ${outputs} outputs`);
  checkOutputs(outputs, count * leafWidth, refuse);
  const leafValues: Float64Array[] = [];
  let words = 0;
  const trees = found.map((tree) => {
    const { raw, values } = readTree(tree, leafWidth);
    words += raw.bits?.length ?? 0;
    if (words > MOST_WORDS) throw refuse.beyond(`its sets of categories take more than ${MOST_WORDS} words`);
    leafValues.push(values);
    return raw;
  });
  return {
    // A value of -0.5 is not a category, so the bound is just below zero.
    forest: buildForest(trees, { features, aboveCategory: -Number.MIN_VALUE }, refuse),
    groups,
    leafValues: concatenated(leafValues),
    leafWidth,
    rounds: readRounds(model, count, parameters.count('num_parallel_tree', 1) * (leafWidth > 1 ? 1 : outputs)),
    weights,
  };
}

/** XGBoost puts each tree at its id. */
function inOrder(trees: readonly Fields[]): Fields[] {
  const placed = new Array<Fields | undefined>(trees.length);
  for (const [i, tree] of trees.entries()) {
    const id = tree.count('id', i);
    if (id >= trees.length || placed[id] !== undefined)
      throw tree.refuse.malformed(`${tree.path}.id is ${id}, expected each of 0 to ${trees.length - 1} once`);
    placed[id] = tree;
  }
  return placed as Fields[];
}

function readTree(tree: Fields, leafWidth: number): { raw: RawTree; values: Float64Array } {
  const { refuse } = tree;
  const parameters = tree.object('tree_param');
  const width = Math.max(1, parameters.count('size_leaf_vector', 1));
  if (width !== leafWidth)
    throw refuse.malformed(`${tree.path} has ${width} values a leaf, the first tree ${leafWidth}`);
  const left = tree.integers('left_children');
  const nodes = left.length;
  if (nodes === 0 || nodes !== parameters.count('num_nodes'))
    throw refuse.malformed(`${tree.path} has ${nodes} nodes, but num_nodes is ${parameters.count('num_nodes')}`);
  const right = tree.integers('right_children', nodes);
  const conditions = tree.numbers('split_conditions', nodes);
  const goesLeft = tree.integers('default_left', nodes);
  const sets = tree.has('split_type') ? readCategories(tree, nodes) : null;
  const raw = {
    first: new Int32Array(nodes),
    second: new Int32Array(nodes),
    feature: tree.integers('split_indices', nodes),
    threshold: new Float64Array(nodes),
    kind: new Uint8Array(nodes),
    missing: new Uint8Array(nodes),
    ...sets,
  };
  const leafOf = numberLeaves(left);
  const child = (node: number): number => (node >= 0 && node < nodes && left[node] === -1 ? ~leafOf[node]! : node);
  for (let node = 0; node < nodes; node++) {
    const [first, second] = [left[node]!, right[node]!];
    if (first === -1) continue;
    if (first < 0 || second !== first + 1 || second >= nodes)
      throw refuse.malformed(
        `${tree.path}: node ${node} of ${nodes} has the children ${first} and ${second}, expected two neighbors`,
      );
    const isCategory = sets !== null && sets.isCategory[node] === 1;
    // A category of the set goes right, a number below the condition goes left.
    raw.first[node] = child(isCategory ? second : first);
    raw.second[node] = child(isCategory ? first : second);
    raw.missing[node] = (goesLeft[node] !== 0) === isCategory ? 1 : 0;
    raw.kind[node] = isCategory ? CATEGORY : NUMBER;
    raw.threshold[node] = isCategory ? 0 : justBelow(conditions[node]!);
  }
  const leaves = leafOf[nodes]!;
  const root = left[0] === -1 ? ~0 : 0;
  return { raw: { ...raw, root, leaves }, values: readLeaves(tree, leafOf, left, right, conditions, leafWidth) };
}

/** By node the number of its leaf; the last entry is the number of leaves. */
function numberLeaves(left: Int32Array): Int32Array {
  const leafOf = new Int32Array(left.length + 1);
  let leaves = 0;
  for (let node = 0; node < left.length; node++) if (left[node] === -1) leafOf[node] = leaves++;
  leafOf[left.length] = leaves;
  return leafOf;
}

function readLeaves(
  tree: Fields,
  leafOf: Int32Array,
  left: Int32Array,
  right: Int32Array,
  conditions: ArrayLike<number>,
  width: number,
): Float64Array {
  const nodes = left.length;
  const values = new Float64Array(leafOf[nodes]! * width);
  // Since 3.2 the vectors of leaves stand by themselves, and the right child of a leaf says which is its own.
  const apart = width > 1 && tree.has('leaf_weights') ? tree.numbers('leaf_weights') : null;
  const vectors = apart ?? (width > 1 ? tree.numbers('base_weights', nodes * width) : conditions);
  for (let node = 0; node < nodes; node++) {
    if (left[node] !== -1) continue;
    const from = (apart === null ? node : right[node]!) * width;
    if (from < 0 || from + width > vectors.length)
      throw tree.refuse.malformed(`${tree.path}: leaf ${node} has its values at ${from} of ${vectors.length}`);
    for (let i = 0; i < width; i++) values[leafOf[node]! * width + i] = Math.fround(vectors[from + i]!);
  }
  return values;
}

/** XGBoost asks `value < condition` of float32 numbers, a forest `value <= threshold`. */
function justBelow(condition: number): number {
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  float[0] = condition;
  if (Number.isNaN(float[0]) || float[0] === Number.NEGATIVE_INFINITY) return float[0];
  if (float[0] === 0) return -(2 ** -149);
  bits[0] = bits[0]! + (float[0] > 0 ? -1 : 1);
  return float[0];
}

interface Categories {
  readonly isCategory: Uint8Array;
  readonly sets: Int32Array;
  readonly bits: Uint32Array;
}

/** Null if no node of the tree decides by categories. */
function readCategories(tree: Fields, nodes: number): Categories | null {
  const isCategory = Uint8Array.from(tree.integers('split_type', nodes));
  const byNode = tree.integers('categories_nodes');
  if (!isCategory.includes(1)) return null;
  const starts = tree.integers('categories_segments', byNode.length);
  const sizes = tree.integers('categories_sizes', byNode.length);
  const categories = tree.integers('categories');
  const sets = new Int32Array(nodes * 2).fill(-1);
  const words: number[] = [];
  for (const [i, node] of byNode.entries()) {
    const [start, size] = [starts[i]!, sizes[i]!];
    if (node < 0 || node >= nodes || start < 0 || size <= 0 || start + size > categories.length)
      throw tree.refuse.malformed(
        `${tree.path}: the categories of node ${node} are ${start} to ${start + size} of ${categories.length}`,
      );
    const own = categories.subarray(start, start + size);
    const most = own.reduce((a, b) => Math.max(a, b), 0);
    if (own.some((category) => category < 0) || most >= MOST_CATEGORIES)
      throw tree.refuse.malformed(
        `${tree.path}: node ${node} has a category that is not between 0 and ${MOST_CATEGORIES - 1}`,
      );
    sets[node * 2] = words.length;
    for (let word = 0; word <= most >>> 5; word++) words.push(0);
    for (const category of own) words[sets[node * 2]! + (category >>> 5)]! |= 1 << (category & 31);
    sets[node * 2 + 1] = words.length;
    if (words.length > MOST_WORDS) throw tree.refuse.beyond(`${tree.path} has too many categories`);
  }
  return { isCategory, sets, bits: Uint32Array.from(words) };
}

function readRounds(model: Fields, trees: number, each: number): Int32Array {
  if (!model.has('iteration_indptr')) {
    if (each === 0 || trees % each !== 0) throw model.refuse.malformed(`${trees} trees are not rounds of ${each}`);
    return Int32Array.from({ length: trees / each + 1 }, (_, round) => round * each);
  }
  const rounds = model.integers('iteration_indptr');
  const rising = rounds.every((end, i) => (i === 0 ? end === 0 : end >= rounds[i - 1]!));
  if (!rising || rounds.at(-1) !== trees)
    throw model.refuse.malformed(`${model.path}.iteration_indptr does not rise from 0 to ${trees}`);
  return rounds;
}
