// Turns a value that an encoder cannot take into an error.
import type { MlctlError } from '../../errors/error.js';
import { RowError } from '../../errors/row-error.js';
import type { Categories } from './category-places.js';

export function missingCategory(step: string, column: string, row: number): MlctlError {
  return new RowError('DATA_INVALID', (where) => `${step}: column "${column}" has a missing value in ${where}`, row, {
    hint: `put simple_imputer (strategy most_frequent or constant) over "${column}" in front of ${step}`,
    details: { column },
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
  return new RowError(
    'DATA_INVALID',
    (where) =>
      `${step}: column "${column}", ${where}: found ${found}, which was not among the ${known.length} categories of the training data (${some}${known.length > 5 ? ', …' : ''})`,
    row,
    {
      hint: `correct the value, or train with ${step}: { ${lenient} }`,
      details: { column, found: value },
    },
  );
}
