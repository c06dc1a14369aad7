// Turns what Python saved of a CatBoost estimator into its value: the bytes of its model are a .cbm file.
import { openCatboost } from '../../boosters/catboost/open-catboost.js';
import type { BoosterModel } from '../../estimators/boosters/booster-model.js';
import type { Attributes } from '../attributes.js';

export function readCatboostEstimator<Kind extends string>(kind: Kind, attributes: Attributes): BoosterModel<Kind> {
  const model = attributes.get('__model');
  const bytes = model.saved instanceof Uint8Array ? model.saved : model.fail('the bytes of a .cbm file');
  const booster = openCatboost(bytes, { model_type: kind }, attributes.where || 'the model');
  return { ...attributes.fitted(kind, booster.featureCount), booster, classes_: null };
}
