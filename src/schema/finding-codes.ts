// Every word a schema finding may carry and its one sentence; the reference docs are generated from this table. Never rename one.

export const FINDING_CODES = {
  SCHEMA_MISSING_COLUMN: 'A required column, tensor or property is not in the data.',
  SCHEMA_UNKNOWN_COLUMN: 'The data has a column, tensor or property that the signature does not name.',
  SCHEMA_REORDERED:
    'The columns stand in another order than in the signature, in a form where the position carries meaning.',
  SCHEMA_DUPLICATE: 'A column, a key of a JSON object or a top-level key occurs twice.',
  SCHEMA_NULL: 'A value is missing where the signature requires one, or where the type has no missing value.',
  SCHEMA_LOSSY_CAST:
    'The value would change when stored in the type of the column: a fraction, an overflow, too many digits.',
  SCHEMA_WRONG_TYPE: 'The value is of another kind than the column.',
  SCHEMA_NOT_A_NUMBER: 'NaN or Infinity, in words or as a value, where a number is needed.',
  SCHEMA_BAD_DATETIME:
    'A datetime is not ISO 8601, has a zone, lies outside 1677..2262 or is written unlike the first one.',
  SCHEMA_BAD_BASE64: 'Binary data is not standard base64.',
  SCHEMA_MISSING_WORD: 'A CSV cell holds a word such as NA that MLflow would read as a missing value.',
  SCHEMA_FORM_CANNOT_CARRY: 'The form of the input (CSV, inputs, instances …) cannot carry values of this type.',
  SCHEMA_RAGGED: 'A row or list has more or fewer values than the others or than the header.',
  SCHEMA_NO_ROWS: 'The table has no rows.',
  SCHEMA_SHAPE: 'A tensor has another shape than the signature says.',
  SCHEMA_MALFORMED: 'The text is not well-formed CSV or JSON, or not UTF-8.',
  SCHEMA_PROTOCOL: 'The request is not one of the four forms of the scoring protocol, or has something beside them.',
  SCHEMA_UNKNOWN_PARAM: 'A param is not in the signature.',
  SCHEMA_BAD_PARAM: 'A param has the wrong type, is null or is out of range.',
  SCHEMA_BAD_SIGNATURE:
    'The signature itself cannot be met: empty or repeated names, a complex column without `required`.',
  SCHEMA_REFUSED: 'MLflow refuses this input; the message is its own.',
} as const;

export type FindingCode = keyof typeof FINDING_CODES;
