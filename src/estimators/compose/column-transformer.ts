// Turns columns into what several transformers make of their own columns, side by side (sklearn.compose.ColumnTransformer).
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, pick } from '../frame.js';

/**
 * sklearn.compose.ColumnTransformer: each transformer takes its columns by position, and the made columns are put side by side,
 * in order. The last entry, named `remainder`, is for the columns that no transformer takes.
 */
export interface ColumnTransformer extends Fitted<'ColumnTransformer'> {
  readonly transformers_: readonly {
    readonly name: string;
    readonly transformer: Part | 'passthrough' | 'drop';
    readonly columns: readonly number[];
  }[];
  /** True: a made column is named `<transformer>__<column>`. */
  readonly verbose_feature_names_out: boolean;
}

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
