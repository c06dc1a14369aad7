// The cells of a column that goes from the input to the output as they were written; text of CSV is a string, an empty cell null.
import type { JsonValue } from './json-types.js';

export interface KeptCells {
  readonly name: string;
  readonly values: readonly JsonValue[];
}
