// The one table of formats: what each is called, how it is recognised, and how its rows are read, checked and written.
import type { Dialect } from '../data/csv/dialect.js';
import type { OnPart, TrainingTable } from '../data/training-table.js';
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import type { RowBatches, RowSource } from './batches/whole-batches.js';

/** In batches, so that memory does not grow with the rows, or all of an input at once. */
type Road =
  | {
      readonly streams: true;
      readonly open: (source: RowSource, signature: Signature) => Promise<RowBatches>;
    }
  | {
      readonly streams: false;
      readonly cast: (bytes: Uint8Array, signature: Signature, source: RowSource) => Promise<CastResult>;
    };

export interface Format {
  /** What it is called in flags and requests. */
  readonly name: string;
  /** What it is called in messages. */
  readonly title: string;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** The ASCII text at the start of every such file; null if the format has none. */
  readonly magic: string | null;
  /** The usual separator between two cells; null if the format has no dialects. */
  readonly delimiter: string | null;
  /** The caster of each schema mode. */
  readonly roads: Readonly<Record<EnforcementMode, Road>>;
  /** The most bytes that are read at once when the input is not streamed. */
  readonly mostBytes: number;
  /** The names of the columns, before there is a signature; null: an example in this format is read in other ways. */
  readonly columns: ((source: RowSource) => Promise<readonly string[]>) | null;
  /** The whole file as a table to train on; null: mlctl does not train on this format. */
  readonly train: ((bytes: Uint8Array, options: TrainOptions) => Promise<TrainingTable>) | null;
  /** How predictions are written; null: mlctl does not write this format. */
  readonly writes: 'csv' | 'json' | 'ndjson' | 'parquet' | null;
}

interface TrainOptions {
  /** Of the source, for messages. */
  readonly name: string;
  /** Of CSV. */
  readonly dialect: Dialect;
  /** Columns that are not read. */
  readonly drop?: readonly string[];
  readonly onPart?: OnPart;
}

/** The most that is read into memory for MLflow's verdict, which pandas gives on a file as a whole. */
const MOST_WHOLE_BYTES = 512 * 1024 * 1024;
/** One JSON document. */
const MOST_JSON_BYTES = 64 * 1024 * 1024;

const csv = {
  magic: null,
  roads: {
    strict: {
      streams: true,
      open: async (source, signature) => (await import('./batches/csv-batches.js')).csvBatches(source, signature),
    },
    mlflow: {
      streams: false,
      cast: async (bytes, signature, { dialect }) =>
        (await import('../schema/cast-mlflow.js')).castMlflow(bytes, 'text/csv', signature, dialect),
    },
  },
  mostBytes: MOST_WHOLE_BYTES,
  columns: async (source) => (await import('./batches/csv-batches.js')).csvColumns(source),
  train: async (bytes, options) => (await import('../data/read-csv-table.js')).readCsvTable(bytes, options),
  writes: 'csv',
} as const satisfies Partial<Format>;

export const FORMATS = [
  { name: 'csv', title: 'CSV', extensions: ['.csv'], delimiter: ',', ...csv },
  { name: 'tsv', title: 'TSV', extensions: ['.tsv'], delimiter: '\t', ...csv },
  {
    name: 'json',
    title: 'JSON',
    extensions: ['.json'],
    magic: null,
    delimiter: null,
    roads: {
      strict: {
        streams: false,
        cast: async (bytes, signature, { beside }) =>
          (await import('../schema/cast.js')).castJsonFile(bytes, signature, beside),
      },
      mlflow: {
        streams: false,
        cast: async (bytes, signature) =>
          (await import('../schema/cast-mlflow.js')).castMlflow(bytes, 'application/json', signature),
      },
    },
    mostBytes: MOST_JSON_BYTES,
    columns: null,
    train: null,
    writes: 'json',
  },
  {
    name: 'ndjson',
    title: 'NDJSON',
    extensions: ['.ndjson', '.jsonl'],
    magic: null,
    delimiter: null,
    roads: {
      strict: {
        streams: true,
        open: async (source, signature) =>
          (await import('./batches/ndjson-batches.js')).ndjsonBatches(source, signature),
      },
      mlflow: {
        streams: false,
        cast: async (bytes, signature) =>
          (await import('./batches/cast-mlflow-lines.js')).castMlflowLines(bytes, signature),
      },
    },
    mostBytes: MOST_WHOLE_BYTES,
    columns: async (source) => (await import('./batches/ndjson-batches.js')).ndjsonColumns(source),
    train: null,
    writes: 'ndjson',
  },
  {
    name: 'parquet',
    title: 'Parquet',
    extensions: ['.parquet', '.pq'],
    magic: 'PAR1',
    delimiter: null,
    roads: {
      strict: {
        streams: true,
        open: async (source, signature) =>
          (await import('./batches/parquet-batches.js')).parquetBatches(source, signature),
      },
      mlflow: {
        streams: false,
        cast: async (bytes, signature, source) =>
          (await import('./batches/cast-mlflow-parquet-file.js')).castMlflowParquetFile(
            bytes,
            signature,
            source,
            MOST_WHOLE_BYTES,
          ),
      },
    },
    mostBytes: MOST_WHOLE_BYTES,
    columns: async (source) => (await import('./batches/parquet-batches.js')).parquetColumns(source),
    train: async (bytes, options) =>
      (await import('../data/parquet/read-parquet-table.js')).readParquetTable(bytes, options),
    writes: 'parquet',
  },
] as const satisfies readonly Format[];

type Row = (typeof FORMATS)[number];
export type InputFormat = Row['name'];
export type OutputFormat = Extract<Row, { readonly writes: string }>['name'];
