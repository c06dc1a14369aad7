// Turns records into columns, one a name, or one a name and text (sklearn.feature_extraction.DictVectorizer).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfCsr } from '../frame-of-matrix.js';
import { countRows } from './count-rows.js';
import { recordColumn } from './document-column.js';

export interface DictVectorizer extends Fitted<'DictVectorizer'> {
  readonly vocabulary_: ReadonlyMap<string, number>;
  readonly separator: string;
  readonly width: number;
}

/** A name that was not there in training is left out; nothing is a missing number. */
export function transformDictVectorizer({ vocabulary_, separator, width, dtype }: DictVectorizer, frame: Frame): Frame {
  const records = recordColumn(frame, 'dict_vectorizer');
  const made = countRows(records.length, width, (row, add) => {
    const record = records[row];
    if (record === null || typeof record !== 'object' || Array.isArray(record))
      throw new MlctlError('DATA_INVALID', 'dict_vectorizer: a row is not a record');
    const put = (name: string, value: number) => {
      const column = vocabulary_.get(name);
      if (column !== undefined) add(column, value);
    };
    for (const [name, value] of Object.entries(record)) {
      if (typeof value === 'string') put(`${name}${separator}${value}`, 1);
      else if (Array.isArray(value)) for (const one of value) put(`${name}${separator}${String(one)}`, 1);
      else put(name, value === null ? Number.NaN : Number(value));
    }
  });
  return frameOfCsr(records.length, dtype === 'float32' ? { ...made, data: Float32Array.from(made.data) } : made);
}
