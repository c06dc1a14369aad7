// Turns a fitted estimator into the importances of its features, where it is a tree at its end.
import { finalStep } from '../estimators/role.js';
import type { Estimator } from '../estimators/types.js';
import type { Coefficients } from '../reports/coefficients-svg.js';
import { featureImportances } from '../training/tree/feature-importances.js';

export function importancesOf(estimator: Estimator, target: string): Coefficients | null {
  const final = finalStep(estimator);
  if (!('tree_' in final) || !('names' in final.featuresIn)) return null;
  const features = final.featuresIn.names;
  return {
    features,
    of: 'tree',
    classes: [{ label: target, values: featureImportances(final.tree_, features.length) }],
  };
}
