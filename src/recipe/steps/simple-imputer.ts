// simple_imputer: sklearn.impute.SimpleImputer.
import { fitSimpleImputer } from '../../training/impute/simple-imputer.js';
import { rule, rules } from '../rules.js';
import { transformerStep } from './step.js';

export const simpleImputer = transformerStep(
  {
    strategy: rules.oneOf('mean', 'median', 'most_frequent', 'constant').default('mean'),
    fill_value: rule<number | string | null>(
      'a number, a text or null',
      (v) => v === null || typeof v === 'string' || Number.isFinite(v),
    ).default(null),
  },
  (params, { frame }) => fitSimpleImputer(frame, params),
);
