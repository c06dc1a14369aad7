// Turns columns into what several transformers make of all of them, side by side (sklearn.pipeline.FeatureUnion).
import { cellsOf } from '../cells.js';
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import { type Frame, widthOf } from '../frame.js';
import { stackFrames } from '../frames/stack-frames.js';
import { weighted } from '../frames/weighted.js';

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
  let width = 0;
  const made = union.transformer_list.flatMap(({ name, transformer, weight }) => {
    if (transformer === 'drop') return [];
    const own = transformer === 'passthrough' ? frame : parts.transform(transformer, frame);
    // looked at after each part, because hundreds of parts may each be wide
    if (own.sparse === undefined) width += widthOf(own);
    cellsOf(frame.rows, width, 'feature_union');
    return [{ frame: weighted(own, weight, name), prefix: `${name}__` }];
  });
  const sparse = made.some((part) => part.frame.sparse !== undefined);
  return stackFrames(frame.rows, made, 'feature_union', sparse);
}
