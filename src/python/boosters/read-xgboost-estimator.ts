// Turns what Python saved of an XGBoost estimator into its value: the bytes of its Booster are a model file.
import { openXgboost } from '../../boosters/xgboost/open-xgboost.js';
import type { BoosterModel } from '../../estimators/boosters/booster-model.js';
import { Attributes } from '../attributes.js';

/** Classes are 0, 1, 2 …: XGBClassifier takes no others. */
export function readXgboostEstimator<Kind extends string>(kind: Kind, attributes: Attributes): BoosterModel<Kind> {
  const missing = attributes.maybe('missing');
  if (missing && !Number.isNaN(missing.number())) missing.unknown('missing=nan');
  const handle = new Attributes(attributes.get('_Booster')).get('handle');
  const bytes = handle.saved instanceof Uint8Array ? handle.saved : handle.fail('the bytes of a Booster');
  const facts = { model_class: `xgboost.sklearn.${kind}` };
  const booster = openXgboost(bytes, facts, attributes.where || 'the model');
  const count = attributes.maybe('n_classes_')?.integer(0) ?? 0;
  if (count > 100_000) attributes.get('n_classes_').fail('at most 100000 classes');
  const classes_ =
    count === 0 ? null : { type: 'long' as const, values: Array.from({ length: count }, (_, k) => BigInt(k)) };
  return { ...attributes.fitted(kind, booster.featureCount), booster, classes_ };
}
