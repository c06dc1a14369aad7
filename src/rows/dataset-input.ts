// Turns training data into the data set that MLflow lists among a run's inputs.
import type { Column } from '../data/table.js';
import type { DatasetInput } from '../tracking/tracking-store.js';
import type { TrainingData } from './training-data.js';

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

/** MLflow's limit for a schema, in characters; all columns of the model are in its signature anyway. */
const MOST_SCHEMA = 1_048_575;

/** As MLflow's source of that type reads it. */
function sourceDocument({ source, sourceType }: TrainingData): Readonly<Record<string, unknown>> {
  if (sourceType === 'code') return { tags: { 'mlctl.data': source } };
  return sourceType === 'http' ? { url: source } : { uri: source };
}

/** As MLflow writes them. */
export const loggedColumns = (columns: readonly Column[]): { type: string; name: string; required: boolean }[] =>
  columns.map((column) => ({
    type: LOGGED_TYPE[column.type],
    name: column.name,
    required: column.nulls === undefined,
  }));

/** The data set as MLflow lists it among a run's inputs; without a schema if that of a wide table would be refused. */
export function datasetInput(data: TrainingData): DatasetInput {
  const { columns, rows } = data.table;
  const schema = JSON.stringify({ mlflow_colspec: loggedColumns(columns) });
  return {
    name: data.name.slice(0, 500),
    digest: data.digest.slice('sha256:'.length, 'sha256:'.length + DATASET_DIGEST_LENGTH),
    sourceType: data.sourceType,
    source: JSON.stringify(sourceDocument(data)),
    schema: schema.length > MOST_SCHEMA ? null : schema,
    profile: JSON.stringify({ num_rows: rows, num_elements: rows * columns.length }),
    tags: new Map([['mlflow.data.context', 'training']]),
  };
}
