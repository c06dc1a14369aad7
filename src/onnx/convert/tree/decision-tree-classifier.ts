// Turns a DecisionTreeClassifier into the leaf of each row, then the leaf's label and its fractions of classes from float64
// tables.
import type { Label } from '../../../estimators/fitted.js';
import { greatest } from '../../../estimators/greatest.js';
import type { DecisionTreeClassifier } from '../../../estimators/tree/decision-tree-classifier.js';
import type { Work } from '../../../work.js';
import { type Feature, joined, numbersOnly } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';
import { labelOutput } from '../label-output.js';
import { gatherLeafValues, leafPlaces, leavesOf } from './tree-leaves.js';

const STEP = 'decision_tree_classifier';

export function* convertDecisionTreeClassifier(
  graph: GraphBuilder,
  model: DecisionTreeClassifier,
  features: readonly Feature[],
): Work<void> {
  const { tree_: tree, classes_: classes } = model;
  const { value, value_width: width } = tree;
  const leaves = leavesOf(tree);
  const place = leafPlaces(graph, joined(graph, numbersOnly(features, STEP)), tree, STEP);
  yield;
  for (const [k, label] of Array.from<Label, string>(classes.values, String).entries()) {
    const chances = Float64Array.from(leaves, (leaf) => value[leaf * width + k]!);
    gatherLeafValues(graph, graph.doubles('chances', [leaves.length], chances), place, `probability_${label}`);
    yield;
  }
  const codes = BigInt64Array.from(leaves, (leaf) => BigInt(greatest(value, leaf * width, width)));
  const code = gatherLeafValues(graph, graph.int64s('codes', [leaves.length], codes), place);
  labelOutput(graph, classes, code, 'a leaf');
}
