// ordinal_encoder: sklearn.preprocessing.OrdinalEncoder.
import { fitOrdinalEncoder } from '../../training/preprocessing/ordinal-encoder.js';
import { rule, rules } from '../rules.js';
import { transformerStep } from './step.js';

const isCategory = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const isCategories = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isCategory) && new Set(value).size === value.length;

export const ordinalEncoder = transformerStep(
  {
    categories: rule<'auto' | (string | number)[][]>(
      'auto, or a list of different categories for each column',
      (v) => v === 'auto' || (Array.isArray(v) && v.length > 0 && v.every(isCategories)),
    ).default('auto'),
    handle_unknown: rules.oneOf('error', 'use_encoded_value').default('error'),
    unknown_value: rule<number | null>(
      'null, a whole number or .nan',
      (v) => v === null || Number.isSafeInteger(v) || Number.isNaN(v),
    ).default(null),
    encoded_missing_value: rules
      .float('a number or .nan', (v) => Number.isFinite(v) || Number.isNaN(v))
      .default(Number.NaN),
  },
  (params, { frame }) => fitOrdinalEncoder(frame, params),
);
