// The error that text reached a step that takes numbers; it knows the columns, so that whoever has the data can say more of them.
import { MlctlError } from '../errors/error.js';

export class TextColumnsError extends MlctlError {
  readonly step: string;
  readonly columns: readonly string[];

  constructor(step: string, columns: readonly string[]) {
    const names = columns.slice(0, 20).map((name) => JSON.stringify(name));
    const which = columns.length === 1 ? `column ${names[0]} is` : `the columns ${names.join(', ')} are`;
    super('DATA_INVALID', `${step}: ${which} text, but the step takes numbers`, { details: { columns } });
    this.step = step;
    this.columns = columns;
  }
}
