// Turns what Python saved of a LightGBM estimator into its value: the text of its Booster, and what the wrapper adds.
import { openLightgbmWrapper } from '../../boosters/lightgbm/open-lightgbm.js';
import type { BoosterModel } from '../../estimators/boosters/booster-model.js';
import { Attributes } from '../attributes.js';

const KINDS = { LGBMClassifier: 'classifier', LGBMRegressor: 'regressor', LGBMRanker: 'ranker' } as const;

export function readLightgbmEstimator<Kind extends keyof typeof KINDS>(
  kind: Kind,
  attributes: Attributes,
): BoosterModel<Kind> {
  const booster = new Attributes(attributes.get('_Booster'));
  const text = new TextEncoder().encode((booster.maybe('_handle') ?? booster.get('handle')).text());
  const given = booster.maybe('best_iteration') ?? attributes.maybe('_best_iteration');
  const bestIteration = given?.integer() ?? -1;
  const classes_ = KINDS[kind] === 'classifier' ? new Attributes(attributes.get('_le')).get('classes_').labels() : null;
  // the labels are put in here: the library answers their places
  const places = Int32Array.from({ length: classes_?.values.length ?? 0 }, (_, place) => place);
  const parts = {
    text,
    kind: KINDS[kind],
    bestIteration,
    ...(classes_ ? { classes: { dtype: 'int32', values: places } as const } : {}),
  };
  const opened = openLightgbmWrapper(parts, attributes.where || 'the model');
  return { ...attributes.fitted(kind, opened.featureCount), booster: opened, classes_ };
}
