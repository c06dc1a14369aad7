// Turns the lines of one LightGBM tree into arrays.
import { CATEGORY, NUMBER, type RawTree, ZERO_IS_MISSING } from '../forest/forest.js';
import type { Refuse } from '../refuse.js';
import type { Lines } from './read-lines.js';
import { TreeNumbers } from './tree-numbers.js';

/** A leaf of a tree that is not linear has no constant. */
interface LinearLeaves {
  readonly constants: Float64Array;
  readonly counts: Int32Array;
  readonly features: Int32Array;
  readonly coefficients: Float64Array;
}

export interface ReadTree {
  readonly raw: RawTree;
  readonly leafValues: Float64Array;
  readonly linear: LinearLeaves | null;
}

/** The bits of decision_type. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING = { none: 0, zero: 1, nan: 2 };

export function readTree(lines: Lines, tree: string, features: number, refuse: Refuse): ReadTree {
  const numbers = new TreeNumbers(lines, tree, refuse);
  const leaves = numbers.count('num_leaves');
  if (leaves === 0) throw refuse.malformed(`${tree} has no leaves`);
  const leafValues = numbers.numbers('leaf_value', leaves);
  const nodes = leaves - 1;
  const raw =
    nodes === 0 ? { ...empty(), root: ~0, leaves } : { ...readNodes(numbers, nodes, tree, refuse), root: 0, leaves };
  const linear = numbers.count('is_linear', 0) === 0 ? null : readLinear(numbers, leaves, tree, features, refuse);
  return { raw, leafValues, linear };
}

const empty = (): Omit<RawTree, 'root' | 'leaves'> => ({
  first: new Int32Array(0),
  second: new Int32Array(0),
  feature: new Int32Array(0),
  threshold: new Float64Array(0),
  kind: new Uint8Array(0),
  missing: new Uint8Array(0),
});

function readNodes(
  numbers: TreeNumbers,
  nodes: number,
  tree: string,
  refuse: Refuse,
): Omit<RawTree, 'root' | 'leaves'> {
  const decisions = numbers.has('decision_type') ? numbers.integers('decision_type', nodes) : new Int32Array(nodes);
  const threshold = numbers.numbers('threshold', nodes);
  const kind = new Uint8Array(nodes);
  const missing = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const decision = decisions[node]!;
    const treatment = (decision >> 2) & 3;
    if (decision < 0 || decision > 15 || treatment > MISSING.nan)
      throw refuse.malformed(`${tree}: decision_type of node ${node} is ${decision}, which LightGBM does not write`);
    const goesLeft = (decision & DEFAULT_LEFT) !== 0;
    if ((decision & CATEGORICAL) !== 0) {
      kind[node] = CATEGORY;
      missing[node] = 1;
    } else {
      kind[node] = treatment === MISSING.zero ? ZERO_IS_MISSING : NUMBER;
      // Without treatment a missing value is taken for zero.
      const left = treatment === MISSING.none ? 0 <= threshold[node]! : goesLeft;
      missing[node] = left ? 0 : 1;
    }
  }
  return {
    first: numbers.integers('left_child', nodes),
    second: numbers.integers('right_child', nodes),
    feature: numbers.integers('split_feature', nodes),
    threshold,
    kind,
    missing,
    ...readSets(numbers, kind, threshold, tree, refuse),
  };
}

/** The threshold of a category node is the number of its set. */
function readSets(numbers: TreeNumbers, kind: Uint8Array, threshold: Float64Array, tree: string, refuse: Refuse) {
  const count = numbers.count('num_cat');
  if (count === 0) {
    if (kind.includes(CATEGORY)) throw refuse.malformed(`${tree} decides by categories, but num_cat is 0`);
    return {};
  }
  if (count > kind.length) throw refuse.malformed(`${tree} has ${count} sets of categories for ${kind.length} nodes`);
  const bounds = numbers.integers('cat_boundaries', count + 1);
  if (bounds[0] !== 0 || bounds.some((end, i) => i > 0 && end < bounds[i - 1]!))
    throw refuse.malformed(`${tree}: cat_boundaries does not rise from 0`);
  const sets = new Int32Array(kind.length * 2).fill(-1);
  for (let node = 0; node < kind.length; node++) {
    if (kind[node] !== CATEGORY) continue;
    const set = threshold[node]!;
    if (!Number.isInteger(set) || set < 0 || set >= count)
      throw refuse.malformed(`${tree}: node ${node} has the set ${set} of ${count}`);
    sets[node * 2] = bounds[set]!;
    sets[node * 2 + 1] = bounds[set + 1]!;
  }
  return { sets, bits: numbers.unsigned('cat_threshold', bounds[count]!) };
}

function readLinear(
  numbers: TreeNumbers,
  leaves: number,
  tree: string,
  features: number,
  refuse: Refuse,
): LinearLeaves {
  const constants = numbers.has('leaf_const') ? numbers.numbers('leaf_const', leaves) : new Float64Array(leaves);
  const counts = numbers.has('num_features') ? numbers.integers('num_features', leaves) : new Int32Array(leaves);
  if (counts.some((count) => count < 0)) throw refuse.malformed(`${tree}: num_features has a count below zero`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const used = total === 0 ? new Int32Array(0) : numbers.integers('leaf_features', total);
  const outside = used.find((feature) => feature < 0 || feature >= features);
  if (outside !== undefined) throw refuse.malformed(`${tree}: a leaf asks for feature ${outside} of ${features}`);
  return {
    constants,
    counts,
    features: used,
    coefficients: total === 0 ? new Float64Array(0) : numbers.numbers('leaf_coeff', total),
  };
}
