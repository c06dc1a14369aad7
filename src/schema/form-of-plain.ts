// The forms in which a program gives rows: a list of objects, columns, or what pandas calls split.

/**
 * Name of a column → its value. NaN, null and undefined are missing values; a Date is in UTC; bytes are a binary. A nested list is
 * a row of a model whose signature is one tensor.
 */
export type PlainRow = object;

/** Name of a column → its values, in a list or a typed array; all of the same length. */
export type PlainColumns = Readonly<Record<string, readonly unknown[] | ArrayBufferView>>;

/** As `DataFrame.to_dict('split')` gives it. */
export interface PlainSplit {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
  readonly index?: readonly unknown[];
}

/** Rows as a list or as pandas splits them; the answer is a list of rows. */
export type PlainList = readonly PlainRow[] | PlainSplit | { readonly dataframe_split: PlainSplit };

/** What was given; the answer has the same form. */
export type PlainForm = 'rows' | 'columns' | 'split' | 'lists';

const isList = (value: unknown): boolean => Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

const isSplit = (value: unknown): value is PlainSplit =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as PlainSplit).columns) &&
  Array.isArray((value as PlainSplit).data) &&
  Object.keys(value).every((key) => key === 'columns' || key === 'data' || key === 'index') &&
  (value as PlainSplit).columns.every((name) => typeof name === 'string') &&
  (value as PlainSplit).data.every(isList);

/** Which form it is, and the data in it; null if it is none of them. */
export function formOfPlain(given: unknown): { readonly form: PlainForm; readonly data: object } | null {
  if (typeof given !== 'object' || given === null) return null;
  if (Array.isArray(given)) return { form: isList(given[0]) ? 'lists' : 'rows', data: given };
  const { dataframe_split: wrapped } = given as { dataframe_split?: unknown };
  if (typeof wrapped === 'object' && wrapped !== null && !isList(wrapped)) return { form: 'split', data: wrapped };
  if (isSplit(given)) return { form: 'split', data: given };
  return Object.values(given).every(isList) ? { form: 'columns', data: given } : null;
}
