// Turns features into what the regressor that was fitted on the inliers predicts (sklearn.linear_model.RANSACRegressor).
import type { Parts } from '../evaluator.js';
import type { Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { Prediction } from '../prediction.js';

export interface RansacRegressor extends Fitted<'RANSACRegressor'> {
  readonly estimator_: Part;
}

export const predictRansacRegressor = ({ estimator_ }: RansacRegressor, frame: Frame, parts: Parts): Prediction =>
  parts.predict(estimator_, frame);
