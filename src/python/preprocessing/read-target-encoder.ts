// Turns what Python saved of a TargetEncoder into its value.
import type { TargetEncoder } from '../../estimators/preprocessing/target-encoder.js';
import type { Attributes } from '../attributes.js';
import { readCategories } from './read-categories.js';

export function readTargetEncoder(attributes: Attributes): TargetEncoder {
  const categories = readCategories(attributes);
  const type = attributes.get('target_type_').choice('binary', 'multiclass', 'continuous');
  const mean = attributes.get('target_mean_');
  const means = type === 'multiclass' ? mean.vector() : Float64Array.of(mean.number());
  const encodings = attributes.get('encodings_').items();
  if (encodings.length !== categories.length * means.length)
    attributes.get('encodings_').fail(`${categories.length} × ${means.length} encodings`);
  return {
    ...attributes.fitted('TargetEncoder', categories.length),
    categories_: categories,
    encodings_: encodings.map((own, e) => own.vector(categories[Math.floor(e / means.length)]!.length)),
    target_mean_: means,
  };
}
