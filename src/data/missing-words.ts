// The words pandas reads as missing in a CSV file unless told otherwise (pandas._libs.parsers.STR_NA_VALUES); the empty cell is the readers' own matter.

export const MISSING_WORDS: ReadonlySet<string> = new Set([
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
]);
