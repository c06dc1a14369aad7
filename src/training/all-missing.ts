// Turns a column without any value into the error of the step that was to learn from it.
import { MlctlError } from '../errors/error.js';

export function allMissing(step: string, column: string): MlctlError {
  return new MlctlError('DATA_INVALID', `${step}: column "${column}" has no values in the rows to train on`, {
    hint: `leave the column out: data: { drop: [${JSON.stringify(column)}] }`,
    details: { column },
  });
}
