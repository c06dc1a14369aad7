// ordinal_encoder: sklearn.preprocessing.OrdinalEncoder.
import { fitOrdinalEncoder } from '../../training/preprocessing/ordinal-encoder.js';
import { orNull, rule } from '../rule.js';
import { rules } from '../rules.js';
import { transformerStep } from './step.js';

const isCategory = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const isCategories = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isCategory) && new Set(value).size === value.length;
const CATEGORIES = { type: 'array', minItems: 1, uniqueItems: true, items: { type: ['string', 'number'] } };

export const ordinalEncoder = transformerStep(
  {
    module: 'sklearn.preprocessing',
    does: 'Turns categories into the numbers 0, 1, 2 …, for categories that have an order.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, age, income, plan, spend] }
pipeline:
  - ordinal_encoder: { categories: [[S, M, L]], columns: [size] }
  - logistic_regression`,
  },
  {
    categories: rule<'auto' | (string | number)[][]>(
      'auto, or a list of different categories for each column',
      (v) => v === 'auto' || (Array.isArray(v) && v.length > 0 && v.every(isCategories)),
      { anyOf: [{ const: 'auto' }, { type: 'array', minItems: 1, items: CATEGORIES }] },
    )
      .default('auto')
      .describe('The categories of each column in their order; auto: those of the training rows, sorted.'),
    handle_unknown: rules
      .oneOf('error', 'use_encoded_value')
      .default('error')
      .describe('What a category does that is not known: fail, or become unknown_value.'),
    unknown_value: rule<number | null>(
      'null, a whole number or .nan',
      (v) => v === null || Number.isSafeInteger(v) || Number.isNaN(v),
      orNull({ type: 'number' }),
    )
      .default(null)
      .describe('The number of an unknown category; use_encoded_value needs it.'),
    encoded_missing_value: rules
      .float('a number or .nan', (v) => Number.isFinite(v) || Number.isNaN(v), {})
      .default(Number.NaN)
      .describe('The number of a missing value.'),
  },
  (params, { frame }) => fitOrdinalEncoder(frame, params),
);
