// A recipe's data source turned into a table, with what a run records of it: where it is, its digest, its shape.
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { iris } from '../data/iris.js';
import { readCsvTable } from '../data/read-csv-table.js';
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { sha256 } from '../files/digest-folder.js';
import { formatCsv } from '../reports/csv.js';
import type { DatasetInput } from '../tracking/store.js';
import { printable } from '../uri/printable.js';

export interface TrainingData {
  readonly table: Table;
  /** `iris`, or the absolute path. */
  readonly source: string;
  /** `sha256:<hex>` of the file's bytes. */
  readonly digest: string;
  readonly name: string;
}

/** MLflow's types of the columns a data set can have. */
const LOGGED_TYPE: Readonly<Record<Column['type'], string>> = {
  double: 'double',
  float: 'float',
  long: 'long',
  integer: 'integer',
  boolean: 'boolean',
  string: 'string',
  binary: 'binary',
  datetime: 'datetime',
  object: 'any',
};

/** MLflow keeps 36 characters; the whole digest is the run's tag `mlctl.data_digest`. */
const DATASET_DIGEST_LENGTH = 32;

/** `source` is `iris` or a path relative to `folder`. Throws FILE_NOT_FOUND, DATA_INVALID. */
export async function readTrainingData(source: string, folder: string): Promise<TrainingData> {
  if (source === 'iris') {
    const table = iris();
    return { table, source, digest: `sha256:${sha256(formatCsv(table))}`, name: 'iris' };
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(source)) {
    throw new MlctlError('DATA_UNSUPPORTED', `The data source ${printable(source, 200)} is no local file`, {
      hint: 'Download it first, and name the file in data.source or with --data.',
    });
  }
  const path = resolve(folder, source);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new MlctlError('FILE_NOT_FOUND', `There is no data file ${printable(path, 300)}`, {
        hint: 'Correct data.source (it is relative to the recipe) or give --data FILE (relative to this folder).',
        cause,
      });
    }
    throw new MlctlError(
      'FILE_UNREADABLE',
      `The data file ${printable(path, 300)} cannot be read (${code === 'EISDIR' ? 'it is a folder' : (code ?? 'unknown cause')})`,
      { hint: 'Name a CSV file that you may read.', cause },
    );
  }
  const name = basename(path);
  return { table: await tableOf(bytes, name), source: path, digest: `sha256:${sha256(bytes)}`, name };
}

/** The bytes decide, not the name. */
async function tableOf(bytes: Uint8Array, name: string): Promise<Table> {
  if (bytes[0] === 0x50 && bytes[1] === 0x41) {
    const { isParquet, readParquetTable } = await import('../data/parquet/read-parquet-table.js');
    if (isParquet(bytes)) return readParquetTable(bytes, { name });
  }
  return readCsvTable(bytes, { name });
}

/** The data set as MLflow lists it among a run's inputs. */
export function datasetInput(data: TrainingData): DatasetInput {
  const { columns, rows } = data.table;
  return {
    name: data.name.slice(0, 500),
    digest: data.digest.slice('sha256:'.length, 'sha256:'.length + DATASET_DIGEST_LENGTH),
    sourceType: data.source === 'iris' ? 'code' : 'local',
    source: JSON.stringify(data.source === 'iris' ? { tags: { 'mlctl.data': 'iris' } } : { uri: data.source }),
    schema: JSON.stringify({
      mlflow_colspec: columns.map((column) => ({
        type: LOGGED_TYPE[column.type],
        name: column.name,
        required: column.nulls === undefined,
      })),
    }),
    profile: JSON.stringify({ num_rows: rows, num_elements: rows * columns.length }),
    tags: new Map([['mlflow.data.context', 'training']]),
  };
}
