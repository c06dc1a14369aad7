// Turns a value that an encoder cannot take into an error.
import { MlctlError } from '../../errors/error.js';
import type { Categories } from './category-places.js';

export function missingCategory(step: string, column: string, row: number): MlctlError {
  return new MlctlError('DATA_INVALID', `${step}: column "${column}" has a missing value in row ${row}`, {
    hint: `put simple_imputer (strategy most_frequent or constant) over "${column}" in front of ${step}`,
    details: { column, row },
  });
}

export function unknownCategory(
  step: string,
  known: Categories,
  column: string,
  row: number,
  value: string | number,
  lenient: string,
): MlctlError {
  const some = known
    .slice(0, 5)
    .map((category) => JSON.stringify(category))
    .join(', ');
  const found = JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value);
  return new MlctlError(
    'DATA_INVALID',
    `${step}: column "${column}", row ${row}: found ${found}, which was not among the ${known.length} categories of the training data (${some}${known.length > 5 ? ', …' : ''})`,
    {
      hint: `correct the value, or train with ${step}: { ${lenient} }`,
      details: { column, row, found: value },
    },
  );
}
