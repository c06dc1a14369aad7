// Turns the error that text reached a step that takes numbers into what the texts are, and what each column needs.
import { NUMBER_TEXT } from '../data/csv/inferred-column.js';
import { lineOf, type RowLines } from '../data/csv/row-lines.js';
import type { Column, Table } from '../data/table.js';
import type { MlctlError } from '../errors/error.js';
import { rowName } from '../errors/row-name.js';
import type { TextColumnsError } from '../estimators/text-columns-error.js';
import { plural } from '../text/numbers.js';
import { printable } from '../text/printable.js';
import { errorOfColumns } from './error-of-columns.js';
import { isDate } from './is-date.js';
import { yamlList } from './yaml-list.js';

/** Different words that may all stand for a missing value. */
const MOST_WORDS = 5;
/** A column of more different texts than half of its rows names the rows; one of fewer than this many is never such a column. */
const LEAST_NAMES = 20;
const MOST_SHOWN = 20;

const DECIMAL_COMMA = /^ *[-+]?\d*,\d+ *$/;

interface Texts {
  readonly name: string;
  readonly numbers: number;
  readonly texts: number;
  /** The different texts that are not numbers. */
  readonly words: ReadonlySet<string>;
  /** The name of the first row with a text. */
  readonly firstRow: string;
  readonly need: 'decimal' | 'missing' | 'correct' | 'drop' | 'encode';
}

/** `table`: all rows, as they were read. `lines`: where they begin, if the file has lines. */
export function explainTextColumns(error: TextColumnsError, table: Table, lines?: RowLines): MlctlError {
  const found = error.columns.flatMap((name) => {
    const column = table.columns.find((one) => one.name === name);
    return column?.type === 'string' ? [textsOf(column, lines)] : [];
  });
  if (found.length === 0) return error;
  return errorOfColumns(error, error.message, {
    shown: found.slice(0, MOST_SHOWN).map(described),
    total: found.length,
    hint: hintFor(found, error.step),
  });
}

function textsOf({ name, values, nulls }: Column & { type: 'string' }, lines?: RowLines): Texts {
  const words = new Set<string>();
  let [numbers, texts, firstRow] = [0, 0, -1];
  let commas = true;
  for (const [row, text] of values.entries()) {
    if (nulls?.[row]) continue;
    if (NUMBER_TEXT['.'].test(text)) {
      numbers++;
      continue;
    }
    texts++;
    commas &&= DECIMAL_COMMA.test(text);
    words.add(text);
    if (firstRow < 0) firstRow = row;
  }
  const where = rowName(firstRow, lines && lineOf(lines, firstRow));
  return { name, numbers, texts, words, firstRow: where, need: needOf(numbers, texts, words, commas) };
}

function needOf(numbers: number, texts: number, words: ReadonlySet<string>, commas: boolean): Texts['need'] {
  if (texts > 0 && commas) return 'decimal';
  if (numbers > texts) return words.size <= MOST_WORDS ? 'missing' : 'correct';
  const isName = words.size >= LEAST_NAMES && words.size * 2 > numbers + texts;
  return isName || [...words].every(isDate) ? 'drop' : 'encode';
}

function described({ name, numbers, texts, words, firstRow, need }: Texts): string {
  const first = [...words][0] ?? '';
  const shown = `${JSON.stringify(printable(first, 40))} in ${firstRow}`;
  const column = JSON.stringify(printable(name, 60));
  if (need === 'missing' || need === 'correct')
    return `${column}: first text value ${shown}, ${texts} such among ${numbers} numbers`;
  if (need === 'decimal') return `${column}: decimal commas, first ${shown}`;
  return `${column}: ${plural(words.size, 'different text')}, first ${shown}`;
}

function hintFor(found: readonly Texts[], step: string): string {
  const of = (need: Texts['need']) => found.filter((one) => one.need === need);
  const names = (need: Texts['need']) => yamlList(of(need).map(({ name }) => name));
  const keys = [
    ...(of('decimal').length > 0 ? ['decimal: ","'] : []),
    ...(of('missing').length > 0
      ? [`missing_values: ${yamlList(of('missing').flatMap(({ words }) => [...words]))}`]
      : []),
    ...(of('drop').length > 0 ? [`drop: ${names('drop')}`] : []),
  ];
  return [
    ...(keys.length > 0 ? [`add data: { ${keys.join(', ')} }`] : []),
    ...(of('encode').length > 0 ? [`put - one_hot_encoder: { columns: ${names('encode')} } before ${step}`] : []),
    ...(of('correct').length > 0 ? [`correct the texts in ${names('correct').slice(1, -1)}`] : []),
  ].join('; ');
}
