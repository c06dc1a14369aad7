// Turns a sparse frame into its matrix when every number in it can be computed with, or into the error that says which cannot.
import { RowError } from '../../errors/row-error.js';
import type { Csr } from '../frame.js';
import { MissingValuesError } from '../missing-values-error.js';

/** Missing values and infinities are refused in the words of `step`, as scikit-learn refuses them. */
export function finiteCsr(csr: Csr, step: string): Csr {
  const { data, indptr, indices } = csr;
  const at = data.findIndex((value) => value - value !== 0);
  if (at < 0) return csr;
  const row = indptr.findIndex((from, i) => from <= at && at < indptr[i + 1]!);
  const name = `x${indices[at]}`;
  if (Number.isNaN(data[at])) throw new MissingValuesError(step, [name], name, row);
  throw new RowError('DATA_INVALID', (where) => `${step}: column "${name}" holds infinity in ${where}`, row, {
    hint: 'remove the infinity from the data: no step takes it',
    details: { column: name },
  });
}
