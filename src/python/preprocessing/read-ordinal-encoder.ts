// Turns what Python saved of an OrdinalEncoder into its value.
import type { OrdinalEncoder } from '../../estimators/preprocessing/ordinal-encoder.js';
import type { Attributes } from '../attributes.js';
import { readDtype } from '../read-dtype.js';
import { readCategories, readGroups } from './read-categories.js';

export function readOrdinalEncoder(attributes: Attributes): OrdinalEncoder {
  const categories = readCategories(attributes);
  const groups = readGroups(
    attributes,
    categories.map((own) => own.length - Number(own.some(Number.isNaN))),
  );
  const handle_unknown = attributes.maybe('handle_unknown')?.choice('error', 'use_encoded_value') ?? 'error';
  return {
    ...attributes.fitted('OrdinalEncoder', categories.length),
    dtype: readDtype(attributes.maybe('dtype')),
    categories_: categories,
    handle_unknown,
    unknown_value: handle_unknown === 'error' ? null : attributes.get('unknown_value').number(),
    encoded_missing_value: attributes.maybe('encoded_missing_value')?.number() ?? Number.NaN,
    ...(groups ? { default_to_infrequent_mappings: groups } : {}),
  };
}
