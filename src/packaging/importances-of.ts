// Turns a fitted estimator into the importances of its features, if its last step is a tree.
import { finalStep } from '../estimators/trained/role.js';
import { featureImportances } from '../estimators/tree/feature-importances.js';
import type { Estimator } from '../estimators/types.js';
import type { Coefficients } from '../reports/coefficients-svg.js';

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
