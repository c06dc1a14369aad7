// Turns CSV bytes into a table to train on, with column types inferred as in pandas.read_csv.
import { isUtf8 } from 'node:buffer';
import { MlctlError } from '../errors/error.js';
import { InferredColumn } from './csv/inferred-column.js';
import { type CsvSource, readRecords } from './csv/read-records.js';
import type { Table } from './table.js';

interface CsvTableOptions {
  /** Name of the source, for messages. */
  readonly name: string;
  readonly delimiter?: string;
}

export async function readCsvTable(bytes: Uint8Array, options: CsvTableOptions): Promise<Table> {
  const { name, delimiter = ',' } = options;
  refuseNoText(bytes, name);
  let columns: readonly InferredColumn[] | null = null;
  let rows = 0;
  await readRecords({ bytes, name, delimiter }, (record) => {
    if (columns === null) columns = record.map((column) => new InferredColumn(column));
    else {
      rows++;
      for (let c = 0; c < columns.length; c++) columns[c]!.take(record[c]!);
    }
  });
  if (columns === null) throw new MlctlError('DATA_INVALID', `${name} is empty: found no header line`);
  return { rows, columns: (await settled(columns, rows, { bytes, name, delimiter })).map((column) => column.finish()) };
}

async function settled(
  columns: readonly InferredColumn[],
  rows: number,
  source: CsvSource,
): Promise<readonly InferredColumn[]> {
  const { name } = source;
  checkHeader(
    columns.map((column) => column.name),
    name,
  );
  if (rows === 0) throw new MlctlError('DATA_INVALID', `${name} has a header but no rows`);
  const unsettled = new Map([...columns.entries()].filter(([, column]) => column.isUnsettled(name)));
  if (unsettled.size > 0) {
    for (const column of unsettled.values()) column.again();
    let isHeader = true;
    await readRecords(source, (record) => {
      if (!isHeader) for (const [c, column] of unsettled) column.take(record[c]!);
      isHeader = false;
    });
  }
  return columns;
}

function refuseNoText(bytes: Uint8Array, name: string): void {
  if (!isUtf8(bytes))
    throw new MlctlError('DATA_INVALID', `${name} is not UTF-8 text`, {
      // FF FE and FE FF: UTF-16, which Windows calls Unicode.
      hint: `convert it: iconv -f ${bytes[0] === 0xff || bytes[0] === 0xfe ? 'utf-16' : 'latin1'} -t utf-8 ${name}`,
    });
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    throw new MlctlError(
      'DATA_INVALID',
      `${name} holds a NUL character (byte ${nul}), which no text of a model can hold`,
      { hint: 'check that it is a text file, and remove the NUL characters' },
    );
}

function checkHeader(names: readonly string[], name: string): void {
  const empty = names.findIndex((column) => column.trim() === '');
  if (empty >= 0)
    throw new MlctlError('DATA_INVALID', `${name}: column ${empty} has no name in the header`, {
      hint:
        empty === 0
          ? 'an unnamed first column is often an index: write the file with to_csv(index=False)'
          : 'give every column a name',
      details: { column: empty },
    });
  const known = new Set<string>();
  for (const column of names) {
    if (known.has(column))
      throw new MlctlError('DATA_INVALID', `${name}: the header names the column ${JSON.stringify(column)} twice`, {
        hint: 'rename one of them',
        details: { column },
      });
    known.add(column);
  }
}
