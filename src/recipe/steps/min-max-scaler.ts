// min_max_scaler: sklearn.preprocessing.MinMaxScaler.
import { fitMinMaxScaler } from '../../training/preprocessing/min-max-scaler.js';
import { rule, rules } from '../rules.js';
import { transformerStep } from './step.js';

export const minMaxScaler = transformerStep(
  {
    feature_range: rule<[number, number]>(
      'a list of two numbers, the smaller first',
      (v) => Array.isArray(v) && v.length === 2 && v.every(Number.isFinite) && v[0] < v[1],
    ).default([0, 1]),
    clip: rules.boolean.default(false),
  },
  (params, { frame }) => fitMinMaxScaler(frame, params),
);
