// Turns CSV bytes into a table to train on, with column types inferred as in pandas.read_csv.
import { isUtf8 } from 'node:buffer';
import { MlctlError } from '../errors/error.js';
import { adviseDialect } from './csv/advise-dialect.js';
import { type Dialect, USUAL_DIALECT } from './csv/dialect.js';
import { decodeAll } from './csv/encodings.js';
import { cellRules, InferredColumn } from './csv/inferred-column.js';
import { type CsvSource, readRecords } from './csv/read-records.js';
import { rowLines } from './csv/row-lines.js';
import { keptColumns, unnamedColumn } from './kept-columns.js';
import { countsRows, isSavedIndex, savedIndexNote } from './saved-index.js';
import type { Column } from './table.js';
import type { OnPart, TrainingTable } from './training-table.js';

interface CsvTableOptions {
  /** Name of the source, for messages. */
  readonly name: string;
  /** Commas and UTF-8 if left out. */
  readonly dialect?: Dialect;
  /** Columns that are not read. */
  readonly drop?: readonly string[];
  readonly onPart?: OnPart;
}

export async function readCsvTable(given: Uint8Array, options: CsvTableOptions): Promise<TrainingTable> {
  const { name, dialect = USUAL_DIALECT, drop = [], onPart } = options;
  const bytes = dialect.encoding === 'utf-8' ? given : decodeAll(given, dialect.encoding, name);
  refuseNoText(bytes, name, dialect);
  const source = { bytes, name, dialect, onPart };
  const rules = cellRules(dialect);
  let names: readonly string[] | null = null;
  let columns: ReadonlyMap<number, InferredColumn> = new Map();
  let rows = 0;
  let fault: unknown = null;
  await readRecords(source, (record) => {
    if (names === null) {
      names = record;
      try {
        columns = new Map(
          keptColumns(names, drop, name).map((place) => [place, new InferredColumn(record[place]!, rules)]),
        );
      } catch (error) {
        fault = error;
      }
    } else {
      rows++;
      for (const [place, column] of columns) column.take(record[place]!);
    }
  });
  if (fault !== null) throw fault;
  if (names === null) throw new MlctlError('DATA_INVALID', `${name} is empty: found no header line`);
  refuseOneColumn(names, source);
  if (rows === 0) throw new MlctlError('DATA_INVALID', `${name} has a header but no rows`);
  await settle(columns, source);
  const found = new Map([...columns].map(([place, column]) => [place, column.finish()]));
  const table = { rows, lines: rowLines(bytes, rows, dialect) };
  const left = (names as readonly string[]).filter((column) => drop.includes(column));
  return { ...table, ...withoutIndex(found, left, name) };
}

/** Cells whose texts turned out to be needed are read once more. */
async function settle(columns: ReadonlyMap<number, InferredColumn>, source: CsvSource): Promise<void> {
  const unsettled = new Map([...columns].filter(([, column]) => column.isUnsettled(source.name)));
  if (unsettled.size === 0) return;
  for (const column of unsettled.values()) column.again();
  let isHeader = true;
  await readRecords(source, (record) => {
    if (!isHeader) for (const [place, column] of unsettled) column.take(record[place]!);
    isHeader = false;
  });
}

/** A first column that may be pandas' index is one if it counts the rows; without a name it is nothing else. */
function withoutIndex(
  found: ReadonlyMap<number, Column>,
  left: readonly string[],
  source: string,
): Pick<TrainingTable, 'columns' | 'left' | 'notes'> {
  const [first] = found.values();
  const index = first !== undefined && found.has(0) && isSavedIndex(first.name, 0) && countsRows(first);
  if (first?.name === '' && !index) throw unnamedColumn(0, source);
  const columns = [...found.values()].filter((column) => !index || column !== first);
  const all = index ? [...left, first.name] : left;
  return {
    columns,
    ...(all.length === 0 ? {} : { left: all }),
    ...(index ? { notes: [savedIndexNote(first.name)] } : {}),
  };
}

/** Nobody trains on one column, so the cells were cut by another delimiter. */
function refuseOneColumn(columns: readonly unknown[], { bytes, name, dialect }: CsvSource): void {
  const hint = columns.length === 1 ? adviseDialect(bytes, { ...dialect, encoding: 'utf-8' }) : null;
  if (hint !== null) throw new MlctlError('DATA_INVALID', `${name} has only one column`, { hint });
}

function refuseNoText(bytes: Uint8Array, name: string, dialect: Dialect): void {
  if (!isUtf8(bytes)) {
    const hint = adviseDialect(bytes, dialect) ?? 'add --encoding windows-1252';
    const from = /--encoding (\S+)/.exec(hint)?.[1] ?? 'windows-1252';
    throw new MlctlError('DATA_INVALID', `${name} is not UTF-8 text`, {
      hint: `${hint}; or convert it: iconv -f ${from} -t utf-8 ${name} > utf8.csv`,
    });
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    throw new MlctlError(
      'DATA_INVALID',
      `${name} holds a NUL character (byte ${nul}), which no text of a model can hold`,
      { hint: adviseDialect(bytes, dialect) ?? 'check that it is a text file, and remove the NUL characters' },
    );
}
