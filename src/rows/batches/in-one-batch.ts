// Turns batches of rows into one, for a model that answers a row by the rows that come with it.
import { concatTables } from '../../data/concat-tables.js';
import type { Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';
import type { CastBatch } from '../../schema/cast-types.js';
import type { RowBatches } from './whole-batches.js';

/** 160 MB of numbers. */
const MOST_CELLS = 20_000_000;

/** `estimator`: for messages. */
export function inOneBatch(input: RowBatches, estimator: string): RowBatches {
  return { ...input, batches: whole(input, estimator) };
}

async function* whole(input: RowBatches, estimator: string): AsyncGenerator<CastBatch> {
  const held: CastBatch[] = [];
  let cells = 0;
  for await (const batch of input.batches) {
    if (!input.fatal()) held.push(batch);
    cells += batch.table.rows * batch.table.columns.length;
    if (cells > MOST_CELLS)
      throw refused(estimator, `the input has more than ${MOST_CELLS} values`, 'predict the rows in parts');
  }
  const [first] = held;
  if (first === undefined) return;
  const tables = held.map(({ table }) => table).filter(({ rows }) => rows > 0);
  if (tables.some((table) => namesOf(table) !== namesOf(tables[0]!)))
    throw refused(
      estimator,
      'some of the rows leave out a column that others have',
      'give every row all columns, with null where a value is missing',
    );
  yield {
    firstRow: first.firstRow,
    rowsRead: held.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    table: tables.length > 0 ? concatTables(tables) : first.table,
    kept: first.kept.map(({ name }, place) => ({ name, values: held.flatMap(({ kept }) => kept[place]!.values) })),
    rejected: held.flatMap(({ rejected }) => rejected),
  };
}

const namesOf = ({ columns }: Table): string => JSON.stringify(columns.map(({ name }) => name));

const refused = (estimator: string, found: string, hint: string): MlctlError =>
  new MlctlError(
    'DATA_INVALID',
    `${estimator} answers a row by all rows that come with it, so they are read at once: ${found}`,
    { hint },
  );
