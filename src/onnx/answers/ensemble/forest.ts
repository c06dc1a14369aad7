// Turns decision trees and forests of them into the mean of what the rows' leaves hold.
import type { ForestClassifier, ForestRegressor } from '../../../estimators/ensemble/forest.js';
import { stepName } from '../../../estimators/step-name.js';
import type { TreeClasses } from '../../../estimators/tree/class-outputs.js';
import type { TreeClassifier } from '../../../estimators/tree/decision-tree-classifier.js';
import type { TreeRegressor } from '../../../estimators/tree/decision-tree-regressor.js';
import type { Tree } from '../../../estimators/tree/tree.js';
import { type Feature, joined, numbersOnly } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import { splitTreeOf } from '../../convert/tree/split-leaves.js';
import type { AnswerRow, GraphPrediction } from '../answer-converter.js';
import { greatestLabel } from '../labels.js';
import { treeSums } from './tree-sums.js';

/** [width, N] */
function meanOfTrees(
  graph: GraphBuilder,
  features: readonly Feature[],
  trees: readonly Tree[],
  { name, missing }: { readonly name: string; readonly missing: boolean },
): string {
  const sums = treeSums(
    graph,
    joined(graph, numbersOnly(features, name)),
    trees.map((tree) => ({ tree: splitTreeOf(tree), width: tree.value_width, values: tree.value })),
    { name, way: { single: true, refuses: missing ? 'infinite' : 'not finite' } },
  );
  if (trees.length === 1) return sums;
  return graph.node('Div', [sums, graph.doubles('trees', [], [trees.length])]);
}

/** `sums` [targets × the most classes of one, N] */
function labels(
  graph: GraphBuilder,
  { classes_, outputs_ }: TreeClasses,
  sums: string,
  width: number,
): GraphPrediction {
  if (!outputs_) return greatestLabel(graph, classes_, sums);
  const most = width / outputs_.length;
  const outputs = outputs_.map((classes, k) => {
    const own = Array.from({ length: classes.values.length }, (_, c) => BigInt(k * most + c));
    const rows = graph.node('Gather', [sums, graph.int64s('classes', [own.length], own)], { attributes: { axis: 0n } });
    return greatestLabel(graph, classes, rows);
  });
  return { role: 'outputs', outputs };
}

const treesOf = (model: TreeClassifier<string> | TreeRegressor<string> | ForestRegressor<string>) =>
  'tree_' in model ? [model.tree_] : model.estimators_;

const takesMissing = ({ allow_nan }: { readonly allow_nan?: boolean }): boolean => allow_nan !== false;

type ClassModel = (TreeClassifier<string> | ForestClassifier<string>) & TreeClasses;

function chances(graph: GraphBuilder, model: ClassModel, features: readonly Feature[]): string {
  return meanOfTrees(graph, features, treesOf(model), { name: stepName(model.kind), missing: takesMissing(model) });
}

export const TREE_CLASSIFIER: AnswerRow<ClassModel> = {
  predict: (graph, model, features) =>
    labels(graph, model, chances(graph, model, features), treesOf(model)[0]!.value_width),
  predict_proba: (graph, model, features) => ({
    tensor: chances(graph, model, features),
    width: treesOf(model)[0]!.value_width,
  }),
};

export const TREE_REGRESSOR: AnswerRow<TreeRegressor<string> | ForestRegressor<string>> = {
  predict: (graph, model, features) => {
    const trees = treesOf(model);
    const options = { name: stepName(model.kind), missing: takesMissing(model) };
    const width = trees[0]!.value_width;
    return {
      role: 'regressor',
      tensor: meanOfTrees(graph, features, trees, options),
      width: width > 1 ? width : null,
    };
  },
};
