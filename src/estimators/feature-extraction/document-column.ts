// Turns a frame into its one column of texts or of records, which is what a vectorizer takes.
import { MlctlError } from '../../errors/error.js';
import { RowError } from '../../errors/row-error.js';
import type { Frame } from '../frame.js';

function only({ columns }: Frame, step: string) {
  const [column] = columns;
  if (column?.kind === 'text' && columns.length === 1) return column;
  throw new MlctlError('DATA_INVALID', `${step}: it takes one column of texts, found ${columns.length} columns`, {
    hint: 'the model was fitted on a single column of text',
  });
}

/** A missing text is refused, as scikit-learn refuses it. */
export function documentColumn(frame: Frame, step: string): readonly string[] {
  const { name, values, nulls } = only(frame, step);
  const missing = nulls?.indexOf(1) ?? -1;
  if (missing >= 0)
    throw new RowError('DATA_INVALID', (where) => `${step}: column "${name}" has no text in ${where}`, missing, {
      hint: 'give an empty text where there is none',
      details: { column: name },
    });
  return values;
}

export function recordColumn(frame: Frame, step: string): readonly unknown[] {
  const { name, records } = only(frame, step);
  if (records) return records;
  throw new MlctlError('DATA_INVALID', `${step}: column "${name}" holds texts, expected records or lists`);
}
