// Turns XGBoost and LightGBM into one sum of leaves for each output, and their link.
import type { BoosterSums } from '../../../boosters/booster-sums.js';
import { ZERO } from '../../../boosters/forest/find-leaves.js';
import { CATEGORY, type Forest, NUMBER, ZERO_IS_MISSING } from '../../../boosters/forest/forest.js';
import type { BoosterModel } from '../../../estimators/boosters/booster-model.js';
import type { AnyLabels } from '../../../estimators/fitted.js';
import { type Feature, joined, numbersOnly } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphPrediction } from '../answer-converter.js';
import { treeSums, type ValuedTree } from '../ensemble/tree-sums.js';
import { above, greatestLabel } from '../labels.js';
import { labelsAbove } from '../labels-above.js';
import { noExactForm } from '../no-exact-form.js';
import { asDouble } from '../rows.js';
import { logistic, pairsOf, softmax } from '../scores.js';
import { divided } from '../sums.js';

function sumsOf({ kind, booster }: BoosterModel<string>): BoosterSums {
  if (booster.sums) return booster.sums;
  throw noExactForm(
    kind,
    `this ${booster.library} model is more than sums of trees (categories, linear leaves, its link)`,
  );
}

/** [outputs, N]: the answers of the library. */
function scores(graph: GraphBuilder, model: BoosterModel<string>, features: readonly Feature[]): string {
  const sums = sumsOf(model);
  const { trees, start, single, divisor, link } = sums;
  const name = model.kind;
  const given = joined(graph, numbersOnly(features, name));
  const matrix = single ? given : withoutTiny(graph, given);
  const rows = trees.map((own, k) => {
    if (own.length === 0) throw noExactForm(name, 'an output has no trees');
    const valued = own.map((tree) => valuedTree(sums, tree, name));
    return treeSums(graph, matrix, valued, { name, way: { single, refuses: 'nothing' }, start: [start[k]!], single });
  });
  const raw = rows.length === 1 ? rows[0]! : graph.node('Concat', rows, { attributes: { axis: 0n } });
  const mean = divisor === 1 ? raw : divided(graph, raw, divisor);
  switch (link.kind) {
    case 'identity':
      return mean;
    case 'sigmoid':
      return logistic(
        graph,
        link.slope === 1 ? mean : graph.node('Mul', [mean, graph.doubles('slope', [], [link.slope])]),
      );
    case 'softmax':
      return softmax(graph, mean);
    case 'exp':
      return graph.node('Exp', [mean]);
    case 'step':
      return asDouble(graph, graph.node('Greater', [mean, graph.doubles('zero', [], [0])]));
  }
}

/** LightGBM takes what is almost zero as zero. */
function withoutTiny(graph: GraphBuilder, matrix: string): string {
  const tiny = graph.node('LessOrEqual', [graph.node('Abs', [matrix]), graph.doubles('tiny', [], [ZERO])]);
  return graph.node('Where', [tiny, graph.doubles('zero', [], [0]), matrix]);
}

/** The nodes that rows can reach, from the root on; a leaf has −1 as children. */
function valuedTree({ forest, values }: BoosterSums, tree: number, name: string): ValuedTree {
  const left: number[] = [];
  const right: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const missingLeft: number[] = [];
  const held: number[] = [];
  const add = (node: number): number => {
    const place = left.length;
    const isLeaf = node < 0;
    if (!isLeaf) refuseOdd(forest, node, name);
    left.push(-1);
    right.push(-1);
    feature.push(isLeaf ? -2 : forest.feature[node]!);
    threshold.push(isLeaf ? 0 : forest.threshold[node]!);
    missingLeft.push(isLeaf ? 0 : 1 - forest.missing[node]!);
    held.push(isLeaf ? values[~node]! : 0);
    return place;
  };
  const open: [node: number, place: number][] = [];
  const root = forest.roots[tree]!;
  open.push([root, add(root)]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, place] = next;
    if (node < 0) continue;
    const [first, second] = [forest.children[node * 2]!, forest.children[node * 2 + 1]!];
    left[place] = add(first);
    right[place] = add(second);
    open.push([first, left[place]!], [second, right[place]!]);
  }
  return { tree: { left, right, feature, threshold, missingLeft }, width: 1, values: held };
}

function refuseOdd({ kind }: Forest, node: number, name: string): void {
  const found = kind[node];
  if (found === NUMBER) return;
  const why = { [CATEGORY]: 'it splits by categories', [ZERO_IS_MISSING]: 'it takes zero as missing' };
  throw noExactForm(name, why[found as keyof typeof why] ?? 'it splits in an unknown way');
}

const labelsUpTo = (count: number): AnyLabels => ({
  type: 'long',
  values: Array.from({ length: count }, (_, k) => BigInt(k)),
});

export const BOOSTER: AnswerRow<BoosterModel<string>> = {
  predict: (graph, model, features): GraphPrediction => {
    const { labels, trees } = sumsOf(model);
    const tensor = scores(graph, model, features);
    const count = trees.length;
    switch (labels) {
      case null:
        return { role: 'regressor', tensor, width: count === 1 ? null : count };
      case 'each':
        return labelsAbove(graph, 0.5, tensor, count);
      case 'greatest':
        return greatestLabel(graph, model.classes_ ?? labelsUpTo(count), tensor);
      case 'half':
        return { role: 'classifier', classes: model.classes_ ?? labelsUpTo(2), codes: above(graph, tensor, 0.5) };
    }
  },
  predict_proba: (graph, model, features) => {
    const tensor = scores(graph, model, features);
    const count = sumsOf(model).trees.length;
    return count === 1 ? pairsOf(graph, tensor) : { tensor, width: count };
  },
};
