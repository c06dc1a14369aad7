// The cases of random_trees.py: data sets with parameters, and the trees that scikit-learn grew from them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Frame } from '../../../src/estimators/frame.js';
import type { Tree } from '../../../src/estimators/tree/tree.js';
import { type ClassWeight, classWeights } from '../../../src/training/class-weights.js';
import { fitClassTree, fitNumberTree } from '../../../src/training/tree/fit-tree.js';
import { finish } from '../../../src/work.js';
import { ROOT } from '../../support/paths.js';

export interface TreeCase {
  readonly params: Record<string, unknown>;
  readonly regression: boolean;
  readonly rows: number;
  readonly width: number;
  readonly X: string;
  readonly y: string;
  readonly asked: string;
  readonly answers: string;
  readonly importances: string;
  readonly tree: Record<string, number | string>;
}

/** `only` as in random_trees.py. */
export function treeCases(python: string, count: number, first: number, only = ''): TreeCase[] {
  const program = join(ROOT, 'test', 'training', 'tree', 'random_trees.py');
  const done = spawnSync(python, [program, `${count}`, `${first}`, only], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, PYTHONWARNINGS: 'ignore' },
  });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TreeCase);
}

export function float64s(packed: string): Float64Array {
  return new Float64Array(new Uint8Array(Buffer.from(packed, 'base64')).buffer);
}

function int32s(packed: string): Int32Array {
  return new Int32Array(new Uint8Array(Buffer.from(packed, 'base64')).buffer);
}

/** Column by column. */
export function columnsOf(packed: string, rows: number): Float64Array[] {
  const all = float64s(packed);
  return Array.from({ length: all.length / rows }, (_, j) => all.subarray(j * rows, (j + 1) * rows));
}

export const frameOfColumns = (columns: readonly Float64Array[]): Frame => ({
  rows: columns[0]!.length,
  columns: columns.map((values, j) => ({ kind: 'number', name: `x${j}`, values })),
});

/** How a tree takes its rows. */
export const TREE_RULES = { step: 'tree', float32: true, missing: 'allowed' } as const;

/** The parameters that both kinds of tree have, as scikit-learn leaves them. */
export const TREE_DEFAULTS = {
  splitter: 'best',
  max_depth: null,
  min_samples_split: 2,
  min_samples_leaf: 1,
  min_weight_fraction_leaf: 0,
  max_features: null,
  max_leaf_nodes: null,
  min_impurity_decrease: 0,
  ccp_alpha: 0,
} as const;

/** The same tree by our own fit. */
export function fitCase({ params, regression, rows, X, y, width }: TreeCase): Tree {
  const columns = columnsOf(X, rows).map((column) => Float32Array.from(column));
  const { class_weight: classWeight = null, ...own } = params;
  const all = { ...TREE_DEFAULTS, ...own } as never;
  if (regression) return finish(fitNumberTree({ columns, weights: null }, float64s(y), all));
  const codes = int32s(y);
  const pairs = typeof classWeight === 'object' && classWeight ? Object.entries(classWeight) : classWeight;
  const values = Array.from({ length: width }, (_, k) => BigInt(k));
  const target = { role: 'classifier', classes: { type: 'long', values }, codes } as const;
  const each = classWeights(pairs as ClassWeight, target, 'decision_tree_classifier');
  const weights = each && Float64Array.from(codes, (k) => each[k]!);
  return finish(fitClassTree({ columns, weights }, { classes: width, codes }, all));
}

const FIELDS = {
  children_left: int32s,
  children_right: int32s,
  feature: int32s,
  n_node_samples: int32s,
  threshold: float64s,
  value: float64s,
  weighted_n_node_samples: float64s,
  impurity: float64s,
  missing_go_to_left: (packed: string) => new Uint8Array(Buffer.from(packed, 'base64')),
};

/** scikit-learn's own arrays. */
export function readTree(wanted: TreeCase['tree']) {
  const field = <Name extends keyof typeof FIELDS>(name: Name) =>
    FIELDS[name](wanted[name] as string) as ReturnType<(typeof FIELDS)[Name]>;
  return {
    children_left: field('children_left'),
    children_right: field('children_right'),
    feature: field('feature'),
    threshold: field('threshold'),
    impurity: field('impurity'),
    weighted_n_node_samples: field('weighted_n_node_samples'),
  };
}

/** The fields in which a tree differs from scikit-learn's in any bit. */
export function differences(tree: Tree, wanted: TreeCase['tree']): string[] {
  const wrong: string[] = [];
  for (const name of ['node_count', 'max_depth'] as const) if (tree[name] !== wanted[name]) wrong.push(name);
  for (const [name, read] of Object.entries(FIELDS)) {
    const ours = tree[name as keyof typeof FIELDS];
    const theirs = read(wanted[name] as string);
    if (Buffer.compare(Buffer.from(ours.buffer, ours.byteOffset, ours.byteLength), Buffer.from(theirs.buffer)) !== 0)
      wrong.push(name);
  }
  return wrong;
}
