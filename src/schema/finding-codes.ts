// Lists every code of a schema finding with one sentence; the reference docs are generated from this table. Never rename one.

export const FINDING_CODES = {
  SCHEMA_MISSING_COLUMN: 'A required column, tensor or property is not in the data.',
  SCHEMA_UNKNOWN_COLUMN: 'The data has a column, tensor or property that the signature does not name.',
  SCHEMA_REORDERED: 'The columns are not in the order of the signature, in a format where position matters.',
  SCHEMA_DUPLICATE: 'A column, a key of a JSON object or a top-level key appears twice.',
  SCHEMA_NULL: 'A value is missing, but the signature requires one or the type cannot be missing.',
  SCHEMA_LOSSY_CAST:
    'The value would change in the type of the column: it has a fraction, overflows or has too many digits.',
  SCHEMA_WRONG_TYPE: 'The value has a different type than the column.',
  SCHEMA_NOT_A_NUMBER: 'NaN or Infinity, as a word or as a value, is given where a number is needed.',
  SCHEMA_BAD_DATETIME:
    'A datetime is not ISO 8601, has a time zone, is outside the years 1677 to 2262, or is not in the format of the first one.',
  SCHEMA_BAD_BASE64: 'Binary data is not standard base64.',
  SCHEMA_MISSING_WORD: 'A CSV cell holds a word such as NA that MLflow would read as a missing value.',
  SCHEMA_FORM_CANNOT_CARRY: 'The format of the input (CSV, inputs, instances …) cannot hold values of this type.',
  SCHEMA_RAGGED: 'A row or list has more or fewer values than the others or than the header.',
  SCHEMA_NO_ROWS: 'The table has no rows.',
  SCHEMA_SHAPE: 'A tensor does not have the shape that the signature says.',
  SCHEMA_MALFORMED: 'The text is not well-formed CSV or JSON, or is not UTF-8.',
  SCHEMA_PROTOCOL: 'The request is not one of the four forms of the scoring protocol, or has extra keys.',
  SCHEMA_UNKNOWN_PARAM: 'A param is not in the signature.',
  SCHEMA_BAD_PARAM: 'A param has the wrong type, is null or is out of range.',
  SCHEMA_BAD_SIGNATURE:
    'No data can match this signature: it has empty or repeated names, or a complex column without `required`.',
  SCHEMA_REFUSED: 'MLflow refuses this input; the message is from MLflow.',
} as const;

export type FindingCode = keyof typeof FINDING_CODES;
