// Turns logged models (MLflow 3) into MLflow's tables and back.
import { randomBytes } from 'node:crypto';
import { MlctlError } from '../../errors/error.js';
import { checkLoggedModelName, checkLoggedModelParam, checkLoggedModelTag } from '../limits.js';
import type { Tags } from '../store.js';
import type { LoggedModel, LoggedModelSearch, NewLoggedModel } from '../tracking-store.js';
import { activeRun } from './active-run.js';
import { appendToLocation } from './append-to-location.js';
import type { Sqlite, SqlRow, SqlValue } from './driver.js';
import { activeExperiment, experimentNumber } from './experiments.js';
import { integer, tagsOf, text, textOrNull } from './rows.js';

const STATUS = { PENDING: 1, READY: 2, FAILED: 3 } as const;

function toLoggedModel(sqlite: Sqlite, row: SqlRow): LoggedModel {
  const modelId = text(row['model_id']);
  const status = integer(row['status']);
  return {
    modelId,
    experimentId: text(row['experiment_id']),
    name: text(row['name']),
    artifactUri: text(row['artifact_location']),
    status: status === STATUS.READY ? 'READY' : status === STATUS.FAILED ? 'FAILED' : 'PENDING',
    sourceRunId: textOrNull(row['source_run_id']) || null,
    creationTime: integer(row['creation_timestamp_ms']),
    params: tagsOf(
      sqlite.all(
        'SELECT param_key, param_value FROM logged_model_params WHERE model_id = ? ORDER BY param_key',
        modelId,
      ),
      'param_key',
      'param_value',
    ),
    metrics: sqlite
      .all(
        'SELECT * FROM logged_model_metrics WHERE model_id = ? ORDER BY metric_name, metric_step, metric_timestamp_ms',
        modelId,
      )
      .map((metric) => ({
        key: text(metric['metric_name']),
        value: metric['metric_value'] === null ? Number.NaN : Number(metric['metric_value']),
        timestamp: integer(metric['metric_timestamp_ms']),
        step: integer(metric['metric_step']),
        modelId,
        ...(metric['dataset_name'] === null ? {} : { datasetName: text(metric['dataset_name']) }),
        ...(metric['dataset_digest'] === null ? {} : { datasetDigest: text(metric['dataset_digest']) }),
      })),
    tags: tagsOf(
      sqlite.all('SELECT tag_key, tag_value FROM logged_model_tags WHERE model_id = ? ORDER BY tag_key', modelId),
      'tag_key',
      'tag_value',
    ),
  };
}

export function getLoggedModel(sqlite: Sqlite, modelId: string): LoggedModel | null {
  const row = sqlite.first("SELECT * FROM logged_models WHERE model_id = ? AND lifecycle_stage <> 'deleted'", modelId);
  return row === null ? null : toLoggedModel(sqlite, row);
}

/** Newest first. */
export function searchLoggedModels(sqlite: Sqlite, request: LoggedModelSearch): LoggedModel[] {
  const ids = request.experimentIds.map(experimentNumber).filter((id) => id !== null);
  const values: SqlValue[] = [...ids];
  let where = `experiment_id IN (${ids.map(() => '?').join(', ')}) AND lifecycle_stage <> 'deleted'`;
  if (request.name !== undefined) {
    where += ' AND name = ?';
    values.push(request.name);
  }
  if (request.sourceRunId !== undefined) {
    where += ' AND source_run_id = ?';
    values.push(request.sourceRunId);
  }
  return sqlite
    .all(`SELECT * FROM logged_models WHERE ${where} ORDER BY creation_timestamp_ms DESC, model_id ASC`, ...values)
    .map((row) => toLoggedModel(sqlite, row));
}

export function createLoggedModel(sqlite: Sqlite, request: NewLoggedModel, now: number): LoggedModel {
  checkLoggedModelName(request.name);
  for (const [key, value] of request.params) checkLoggedModelParam(key, value);
  const experiment = activeExperiment(sqlite, request.experimentId);
  activeRun(sqlite, request.sourceRunId);
  const experimentId = Number(experiment.experimentId);
  const modelId = `m-${randomBytes(16).toString('hex')}`;
  sqlite.run(
    "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage, model_type, source_run_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?)",
    modelId,
    experimentId,
    request.name,
    appendToLocation(experiment.artifactLocation, 'models', modelId, 'artifacts'),
    now,
    now,
    STATUS.PENDING,
    request.modelType ?? '',
    request.sourceRunId,
  );
  for (const [key, value] of request.params)
    sqlite.run(
      'INSERT INTO logged_model_params (model_id, experiment_id, param_key, param_value) VALUES (?, ?, ?, ?)',
      modelId,
      experimentId,
      key,
      value,
    );
  setLoggedModelTags(sqlite, modelId, request.tags);
  return existingLoggedModel(sqlite, modelId);
}

/** The logged model, or MODEL_NOT_FOUND. */
export function existingLoggedModel(sqlite: Sqlite, modelId: string): LoggedModel {
  const model = getLoggedModel(sqlite, modelId);
  if (model === null) throw noLoggedModel(modelId);
  return model;
}

export function noLoggedModel(modelId: string): MlctlError {
  return new MlctlError('MODEL_NOT_FOUND', `there is no logged model with the id ${modelId}`, {
    hint: 'list what there is: mlctl models',
  });
}

export function setLoggedModelTags(sqlite: Sqlite, modelId: string, tags: Tags): void {
  const { experimentId } = existingLoggedModel(sqlite, modelId);
  for (const [key, value] of tags) {
    checkLoggedModelTag(key, value);
    sqlite.run(
      'INSERT INTO logged_model_tags (model_id, experiment_id, tag_key, tag_value) VALUES (?, ?, ?, ?) ON CONFLICT (model_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value',
      modelId,
      Number(experimentId),
      key,
      value,
    );
  }
}

export function finalizeLoggedModel(sqlite: Sqlite, modelId: string, status: 'READY' | 'FAILED', now: number): void {
  existingLoggedModel(sqlite, modelId);
  sqlite.run(
    'UPDATE logged_models SET status = ?, last_updated_timestamp_ms = ? WHERE model_id = ?',
    STATUS[status],
    now,
    modelId,
  );
}

export function logModelOutput(sqlite: Sqlite, runId: string, modelId: string, step: number): void {
  activeRun(sqlite, runId);
  existingLoggedModel(sqlite, modelId);
  sqlite.run(
    "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id, step) VALUES (?, 'RUN_OUTPUT', ?, 'MODEL_OUTPUT', ?, ?) ON CONFLICT (source_type, source_id, destination_type, destination_id) DO UPDATE SET step = excluded.step",
    randomBytes(16).toString('hex'),
    runId,
    modelId,
    step,
  );
}
