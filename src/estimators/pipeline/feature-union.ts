// Turns columns into what several transformers make of all of them, side by side (sklearn.pipeline.FeatureUnion).
import type { Parts } from '../evaluator.js';
import { type Frame, type FrameColumn, numericColumns } from '../frame.js';
import type { FeatureUnion } from '../types.js';

export function transformFeatureUnion(union: FeatureUnion, frame: Frame, parts: Parts): Frame {
  const columns = union.transformer_list.flatMap(({ name, transformer, weight }): FrameColumn[] => {
    if (transformer === 'drop') return [];
    const made = transformer === 'passthrough' ? frame : parts.transform(transformer, frame);
    const weighted =
      weight === 1
        ? made.columns
        : numericColumns(made, name).map((column) => ({ ...column, values: column.values.map((x) => x * weight) }));
    return weighted.map((column) => ({ ...column, name: `${name}__${column.name}` }));
  });
  return { rows: frame.rows, columns };
}
