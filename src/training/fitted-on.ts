// Turns the frame that an estimator is fitted on into what the estimator records about it. Training computes in float64.
import type { Dtype, FeaturesIn } from '../estimators/fitted.js';
import type { Frame } from '../estimators/frame.js';

export function fittedOn(frame: Frame): { readonly featuresIn: FeaturesIn; readonly dtype: Dtype } {
  return { featuresIn: { names: frame.columns.map((column) => column.name) }, dtype: 'float64' };
}
