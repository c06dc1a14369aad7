// Turns what Python saved of one tree of a histogram boosting (TreePredictor) into its value, of any version's layout.
import type { HistTree, KnownCategories } from '../../estimators/ensemble/hist-tree.js';
import { Attributes } from '../attributes.js';
import { checkNodes } from '../tree/check-nodes.js';
import type { Value } from '../value.js';

const CLASS = 'sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor';
const LEAF = -1;

/** The fields are read by their names: their places and sizes differ between versions. `width`: of the data. */
export function readHistTree(value: Value, width: number, categories: KnownCategories | null): HistTree {
  const attributes = new Attributes(value);
  if (`${attributes.object.module}.${attributes.kind}` !== CLASS) return value.fail('a TreePredictor');
  const nodes = attributes.get('nodes');
  const isLeaf = nodes.field('is_leaf')?.vector() ?? nodes.fail('records with the field is_leaf');
  const count = isLeaf.length;
  const field = (name: string) => nodes.field(name)?.vector(count) ?? nodes.fail(`records with the field ${name}`);
  const child = (name: string) => field(name).map((at, node) => (isLeaf[node] === 0 ? at : LEAF));
  const inner = (values: Float64Array) => values.map((one, node) => (isLeaf[node] === 0 ? one : 0));
  const found = {
    left: child('left'),
    right: child('right'),
    feature: inner(field('feature_idx')),
    threshold: inner(field('num_threshold')),
  };
  checkNodes(nodes, found, width);
  const sets = attributes.maybe('raw_left_cat_bitsets')?.matrix(8);
  const set = setsOf(nodes, isLeaf, found.feature, sets?.rows ?? 0, categories);
  return {
    nodes: {
      left: Int32Array.from(found.left),
      right: Int32Array.from(found.right),
      feature: Int32Array.from(found.feature),
      threshold: found.threshold,
      missingLeft: Uint8Array.from(field('missing_go_to_left'), (goes) => (goes === 0 ? 0 : 1)),
    },
    value: field('value'),
    set,
    raw_left_cat_bitsets: Uint32Array.from(sets?.values ?? []),
  };
}

/** Null if no node splits by category. */
function setsOf(
  nodes: Value,
  isLeaf: Float64Array,
  feature: Float64Array,
  sets: number,
  categories: KnownCategories | null,
): Int32Array | null {
  const isCategorical = nodes.field('is_categorical')?.vector(isLeaf.length);
  if (!isCategorical?.some((is, node) => is !== 0 && isLeaf[node] === 0)) return null;
  if (categories === null) return nodes.fail('splits by number', 'a split by category, but no column has categories');
  const places = nodes.field('bitset_idx')?.vector(isLeaf.length) ?? nodes.fail('records with the field bitset_idx');
  return Int32Array.from(places, (place, node) => {
    if (isCategorical[node] === 0 || isLeaf[node] !== 0) return -1;
    if (!(place < sets)) nodes.fail(`sets of categories below ${sets}`, `the set ${place} of node ${node}`);
    if (categories.knownSet[feature[node]!]! < 0)
      nodes.fail('splits by category of columns that have categories', `the feature ${feature[node]} of node ${node}`);
    return place;
  });
}
