// Turns columns into the same columns centred by their median and scaled by a range (sklearn.preprocessing.RobustScaler).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { invertScale, scale } from './scale.js';

export interface RobustScaler extends Fitted<'RobustScaler'> {
  /** [features]; null if `with_centering` is false. */
  readonly center_: Float64Array | null;
  /** [features]; null if `with_scaling` is false. */
  readonly scale_: Float64Array | null;
}

export const transformRobustScaler = ({ center_, scale_ }: RobustScaler, frame: Frame): Frame =>
  scale(frame, 'robust_scaler', { mean: center_, scale: scale_ });

export const invertRobustScaler = ({ center_, scale_ }: RobustScaler, frame: Frame): Frame =>
  invertScale(frame, 'robust_scaler', { mean: center_, scale: scale_ });
