// Turns the trees that Python saved inside an ensemble into ours. Their classes are those of the ensemble.
import type { Tree } from '../../estimators/tree/tree.js';
import { Attributes } from '../attributes.js';
import { readTree, type TreeTargets } from '../tree/read-tree.js';
import type { Value } from '../value.js';

const MODULE = 'sklearn.tree._classes';

/** `value` is a decision tree or an extra tree. */
export function treeAttributes(value: Value): Attributes {
  const attributes = new Attributes(value);
  const { module, name } = attributes.object;
  if (module !== MODULE || !/^(Decision|Extra)Tree(Classifier|Regressor)$/.test(name)) value.fail('a tree');
  return attributes;
}

/** All estimators of a list, at least one. */
export function readTrees(value: Value, width: number, targets: TreeTargets): Tree[] {
  const trees = value.items().map((item) => readTree(treeAttributes(item), width, targets));
  return trees.length > 0 ? trees : value.fail('at least one tree');
}
