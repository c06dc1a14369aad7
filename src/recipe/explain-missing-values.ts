// Turns the error that missing values reached a step that does not take them into how many each column has, and what fills them.
import { lineOf, type RowLines } from '../data/csv/row-lines.js';
import type { Column, Table } from '../data/table.js';
import type { MlctlError } from '../errors/error.js';
import { rowName } from '../errors/row-name.js';
import type { MissingValuesError } from '../estimators/missing-values-error.js';
import { printable } from '../text/printable.js';
import { errorOfColumns } from './error-of-columns.js';
import { yamlList } from './yaml-list.js';

const MOST_SHOWN = 20;

interface Gaps {
  readonly name: string;
  readonly isText: boolean;
  readonly count: number;
  readonly firstRow: number;
}

/** `table`: all rows, as they were read. `lines`: where they begin, if the file has lines. */
export function explainMissingValues(error: MissingValuesError, table: Table, lines?: RowLines): MlctlError {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const found = error.columns.flatMap((name) => {
    const column = byName.get(name);
    const gaps = column && gapsOf(column);
    return gaps && gaps.count > 0 ? [gaps] : [];
  });
  // A step before made the columns, or some of them.
  if (found.length < error.columns.length) return error;
  const names = found.slice(0, MOST_SHOWN).map(({ name }) => JSON.stringify(name));
  const which = found.length === 1 ? `column ${names[0]} has` : `the columns ${names.join(', ')} have`;
  const shown = found.slice(0, MOST_SHOWN).map(({ name, count, firstRow }) => {
    const where = rowName(firstRow, lines && lineOf(lines, firstRow));
    return `${JSON.stringify(printable(name, 60))}: ${count} of ${table.rows} values, first in ${where}`;
  });
  return errorOfColumns(error, `${error.step}: ${which} missing values, but the step does not take them`, {
    shown,
    total: found.length,
    hint: hintFor(found, table.rows, error.step),
  });
}

function gapsOf({ name, type, values, nulls }: Column): Gaps {
  let [count, firstRow] = [0, -1];
  for (let row = 0; row < values.length; row++) {
    if (!nulls?.[row] && !Number.isNaN(values[row])) continue;
    if (firstRow < 0) firstRow = row;
    count++;
  }
  return { name, isText: type === 'string', count, firstRow };
}

function hintFor(found: readonly Gaps[], rows: number, step: string): string {
  const names = (wanted: (one: Gaps) => boolean) => found.filter(wanted).map(({ name }) => name);
  const empty = names(({ count }) => count === rows);
  const numbers = names(({ count, isText }) => count < rows && !isText);
  const texts = names(({ count, isText }) => count < rows && isText);
  const imputers = [
    ...(numbers.length > 0 ? [`- simple_imputer: { columns: ${yamlList(numbers)} }`] : []),
    ...(texts.length > 0 ? [`- simple_imputer: { columns: ${yamlList(texts)}, strategy: most_frequent }`] : []),
  ];
  return [
    ...(empty.length > 0 ? [`add data: { drop: ${yamlList(empty)} }`] : []),
    ...(imputers.length > 0 ? [`put ${imputers.join(' and ')} before ${step}`] : []),
  ].join('; ');
}
