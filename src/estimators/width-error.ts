// An error about a table that has more or fewer columns than an estimator was fitted on.
import { MlctlError } from '../errors/error.js';

export class WidthError extends MlctlError {
  constructor(step: string, found: number, expected: number) {
    super('DATA_INVALID', `${step}: ${found} columns reach it; it was fitted on ${expected}`);
  }
}
