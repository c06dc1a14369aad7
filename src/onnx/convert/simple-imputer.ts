// SimpleImputer → Where(missing, statistic, value). A missing number is NaN, a missing text the empty string.
import type { SimpleImputer } from '../../estimators/types.js';
import { DATA_TYPE } from '../element-types.js';
import { type Feature, joined, type NumberFeature, rowsOf, type TextFeature, take } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

export function convertSimpleImputer(
  graph: GraphBuilder,
  step: SimpleImputer,
  features: readonly Feature[],
): Feature[] {
  const { taken, rest } = take(features, step.columns, step.kind);
  const filled = new Map<string, Feature>();
  const statistic = new Map(step.columns.map((column, i) => [column, step.statistics[i]!]));
  const numbers = taken.filter((feature): feature is NumberFeature => feature.type === 'number');
  if (numbers.length > 0) {
    const names = numbers.map((feature) => feature.name);
    const values = graph.doubles(
      'statistics',
      [names.length, 1],
      names.map((name) => Number(statistic.get(name))),
    );
    const tensor = joined(graph, numbers);
    const missing = graph.node('IsNaN', [tensor], { name: 'simple_imputer/missing' });
    const result = graph.node('Where', [missing, values, tensor], { name: 'simple_imputer/fill' });
    for (const feature of rowsOf(result, names)) filled.set(feature.name, feature);
  }
  for (const feature of taken) {
    if (feature.type === 'text')
      filled.set(feature.name, fillText(graph, feature, String(statistic.get(feature.name))));
  }
  return [...step.columns.map((column) => filled.get(column)!), ...rest];
}

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
