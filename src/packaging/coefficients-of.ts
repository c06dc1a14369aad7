// Turns a fitted estimator into the rows of its coefficients, if its last step is linear.
import type { Label } from '../estimators/fitted.js';
import { finalStep } from '../estimators/trained/role.js';
import type { Estimator } from '../estimators/types.js';
import type { Coefficients } from '../reports/coefficients-svg.js';

/** With two classes there is one row of coefficients, for the second class. */
export function coefficientsOf(estimator: Estimator, target: string): Coefficients | null {
  const final = finalStep(estimator);
  if (!('coef_' in final) || !('names' in final.featuresIn)) return null;
  const features = final.featuresIn.names;
  const classes = 'classes_' in final ? Array.from<Label, string>(final.classes_.values, String) : [target];
  const labels = classes.length === 2 ? [classes[1]!] : classes;
  const width = features.length;
  return {
    features,
    of: 'classes_' in final ? 'classifier' : 'regressor',
    classes: labels.map((label, row) => ({ label, values: final.coef_.subarray(row * width, (row + 1) * width) })),
  };
}
