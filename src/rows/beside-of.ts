// Turns the columns that a request keeps or ignores, and those that the model was trained without, into what the data may have
// besides the columns of the signature. Throws USAGE if the request contradicts the signature.
import { MlctlError } from '../errors/error.js';
import { Beside } from '../schema/beside.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { GivenRows } from './given-rows.js';

/** What a person does who may not keep columns. */
const BY_ORDER = 'the predictions have the order of the rows, so put the columns beside them afterwards';

export function besideOf({ keep, ignore, mode }: GivenRows, { inputs }: Signature, leftOut: readonly string[]): Beside {
  const first = keep[0] ?? ignore[0];
  if (first !== undefined && inputs?.kind !== 'columns')
    throw new MlctlError(
      'USAGE',
      `the model ${inputs === null ? 'has no signature' : 'takes tensors'}, so there are no columns to ${keep.length > 0 ? 'keep' : 'ignore'}`,
      { hint: keep.length > 0 ? `leave --keep out; ${BY_ORDER}` : 'leave --ignore out' },
    );
  if (keep.length > 0 && mode === 'mlflow')
    throw new MlctlError(
      'USAGE',
      "columns are kept only in strict mode, because MLflow's server returns predictions only",
      {
        hint: `leave out --schema mlflow, or --keep; ${BY_ORDER}`,
      },
    );
  const names = new Set(inputs?.kind === 'columns' ? inputs.columns.map(({ name }) => name) : []);
  const wanted = ignore.find((name) => names.has(name));
  if (wanted !== undefined)
    throw new MlctlError(
      'USAGE',
      `${JSON.stringify(printable(wanted, 100))} is an input of the model, so it cannot be ignored`,
      {
        hint: 'leave it out of --ignore; --keep carries it to the output as well',
      },
    );
  return new Beside({ keep, ignore, leftOut });
}
