// Turns columns into what several transformers make of their own columns, side by side (sklearn.compose.ColumnTransformer).
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, pick } from '../frame.js';
import { stackFrames } from '../frames/stack-frames.js';
import { weighted } from '../frames/weighted.js';

/**
 * sklearn.compose.ColumnTransformer: each transformer takes its columns by position, and the made columns are put side by side,
 * in order. The last entry, named `remainder`, is for the columns that no transformer takes.
 */
export interface ColumnTransformer extends Fitted<'ColumnTransformer'> {
  readonly transformers_: readonly {
    readonly name: string;
    readonly transformer: Part | 'passthrough' | 'drop';
    readonly columns: readonly number[];
    /** `transformer_weights`: a factor for the made numbers; 1 if not given. */
    readonly weight?: number;
  }[];
  /** True: a made column is named `<transformer>__<column>`. */
  readonly verbose_feature_names_out: boolean;
  /** Whether so much is zero that the result is a sparse matrix (by `sparse_threshold`, at training). */
  readonly sparse_output_?: boolean;
}

export function transformColumnTransformer(composed: ColumnTransformer, frame: Frame, parts: Parts): Frame {
  const made = composed.transformers_.flatMap(({ name, transformer, columns, weight }) => {
    if (transformer === 'drop' || columns.length === 0) return [];
    const taken = pick(frame, columns);
    const own = transformer === 'passthrough' ? taken : parts.transform(transformer, taken);
    return [{ frame: weighted(own, weight ?? 1, name), prefix: composed.verbose_feature_names_out ? `${name}__` : '' }];
  });
  return stackFrames(frame.rows, made, 'column_transformer', composed.sparse_output_ ?? false);
}
