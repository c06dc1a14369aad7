// A fitted step and the names going in to the names coming out, in order.
import type { OneHotEncoder, Transformer } from './types.js';

/** Transformed columns first, then those the step does not name. */
export function outputColumns(step: Transformer, inputs: readonly string[]): string[] {
  const made = step.kind === 'one_hot_encoder' ? step.columns.flatMap((_, i) => encodedColumns(step, i)) : step.columns;
  const taken = new Set(step.columns);
  return [...made, ...inputs.filter((name) => !taken.has(name))];
}

/** The 0/1 columns that column `index` of the encoder becomes, the dropped category left out. */
export function encodedColumns(encoder: OneHotEncoder, index: number): string[] {
  const drop = encoder.dropIndex[index]!;
  return encoder.categories[index]!.filter((_, at) => at !== drop).map(
    (category) => `${encoder.columns[index]!}_${category}`,
  );
}
