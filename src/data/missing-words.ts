// The words that pandas reads as missing in a CSV file by default (pandas._libs.parsers.STR_NA_VALUES); each reader handles the
// empty cell itself.

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
