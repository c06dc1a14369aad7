// Turns columns into what several transformers make of all of them, side by side (sklearn.pipeline.FeatureUnion).
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, type FrameColumn, numericColumns } from '../frame.js';

/** sklearn.pipeline.FeatureUnion: every transformer takes all columns, and the made columns are put side by side. */
export interface FeatureUnion extends Fitted<'FeatureUnion'> {
  readonly transformer_list: readonly {
    readonly name: string;
    readonly transformer: Part | 'passthrough' | 'drop';
    /** `transformer_weights`: factors for the made numbers; 1 if not given. */
    readonly weight: number;
  }[];
}

/** sklearn.pipeline.FeatureUnion: every transformer takes all columns, and the made columns are put side by side. */
export interface FeatureUnion extends Fitted<'FeatureUnion'> {
  readonly transformer_list: readonly {
    readonly name: string;
    readonly transformer: Part | 'passthrough' | 'drop';
    /** `transformer_weights`: factors for the made numbers; 1 if not given. */
    readonly weight: number;
  }[];
}

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
