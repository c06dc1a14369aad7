// Turns a SimpleImputer into Where(missing, statistic, value). A missing number is NaN, and a missing text is the empty string.

import { DATA_TYPE } from '../../../data/element-types.js';
import { MlctlError } from '../../../errors/error.js';
import type { SimpleImputer } from '../../../estimators/impute/simple-imputer.js';
import { type Feature, joined, type NumberFeature, namesOf, rowsOf, type TextFeature } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';

export function convertSimpleImputer(
  graph: GraphBuilder,
  step: SimpleImputer,
  features: readonly Feature[],
): Feature[] {
  refuseUnwritten(step);
  const filled = new Map<Feature, Feature>();
  const gaps = new Map<Feature, string>();
  const statistic = new Map(features.map((feature, i) => [feature, step.statistics_[i]!]));
  const numbers = features.filter((feature): feature is NumberFeature => feature.type === 'number');
  if (numbers.length > 0) {
    const values = graph.doubles(
      'statistics',
      [numbers.length, 1],
      numbers.map((feature) => Number(statistic.get(feature))),
    );
    const tensor = joined(graph, numbers);
    const missing = graph.node('IsNaN', [tensor], { name: 'simple_imputer/missing' });
    const result = graph.node('Where', [missing, values, tensor], { name: 'simple_imputer/fill' });
    rowsOf(result, namesOf(numbers)).forEach((feature, i) => {
      filled.set(numbers[i]!, feature);
    });
    if (step.indicator_) {
      const rows = graph.node('Cast', [missing], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } });
      rowsOf(rows, namesOf(numbers)).forEach((row, i) => {
        gaps.set(numbers[i]!, joined(graph, [row]));
      });
    }
  }
  for (const feature of features)
    if (feature.type === 'text') filled.set(feature, fillText(graph, feature, String(statistic.get(feature))));
  const kept = features.filter((feature) => step.keep_empty_features || !Number.isNaN(statistic.get(feature)));
  return [...kept.map((feature) => filled.get(feature)!), ...told(step, features, gaps)];
}

/** The gaps of some columns, behind the others. */
function told(
  { indicator_ }: SimpleImputer,
  features: readonly Feature[],
  gaps: ReadonlyMap<Feature, string>,
): Feature[] {
  return Array.from(indicator_?.features_ ?? [], (place) => {
    const feature = features[place]!;
    const tensor = gaps.get(feature);
    if (tensor !== undefined) return rowsOf(tensor, [`missingindicator_${feature.name}`])[0]!;
    throw unwritten('add_indicator over text');
  });
}

/** What Python's imputers can do, but no graph here says. */
function refuseUnwritten({ missing_values }: SimpleImputer): void {
  if (missing_values !== undefined && missing_values !== null && !Number.isNaN(missing_values))
    throw unwritten('missing_values other than nan');
}

const unwritten = (what: string): MlctlError =>
  new MlctlError('MODEL_UNSUPPORTED', `writing simple_imputer as ONNX: mlctl does not write ${what}`, {
    hint: 'run the model by its own file: mlctl predict, smoke and load take it as it is',
  });

/** Opset 17 has no Equal for strings; LabelEncoder tells the empty string from all others. */
function fillText(graph: GraphBuilder, { name, tensor }: TextFeature, statistic: string): TextFeature {
  const isEmpty = graph.node('LabelEncoder', [tensor], {
    name: 'simple_imputer/missing_text',
    domain: 'ai.onnx.ml',
    attributes: { keys_strings: [''], values_int64s: [1n], default_int64: 0n },
  });
  const missing = graph.node('Cast', [isEmpty], { attributes: { to: BigInt(DATA_TYPE.BOOL) } });
  const fill = graph.strings('statistics', [1], [statistic]);
  return {
    type: 'text',
    name,
    tensor: graph.node('Where', [missing, fill, tensor], { name: 'simple_imputer/fill_text' }),
  };
}
