// Turns columns into what several transformers make of their own columns, side by side (sklearn.compose.ColumnTransformer).
import type { Parts } from '../evaluator.js';
import { type Frame, pick } from '../frame.js';
import type { ColumnTransformer } from '../types.js';

export function transformColumnTransformer(composed: ColumnTransformer, frame: Frame, parts: Parts): Frame {
  const columns = composed.transformers_.flatMap(({ name, transformer, columns }) => {
    if (transformer === 'drop' || columns.length === 0) return [];
    const taken = pick(frame, columns);
    const made = transformer === 'passthrough' ? taken : parts.transform(transformer, taken);
    if (!composed.verbose_feature_names_out) return made.columns;
    return made.columns.map((column) => ({ ...column, name: `${name}__${column.name}` }));
  });
  return { rows: frame.rows, columns };
}
