// Turns runs into MLflow's tables and back, with Python's own conventions.
import { randomBytes } from 'node:crypto';
import { MlctlError } from '../../errors/error.js';
import { checkMetric, checkParam, checkRunTag, REQUEST_ID_TAG } from '../limits.js';
import { formatPageToken, parsePageToken } from '../page-token.js';
import type { Page } from '../store.js';
import type { Batch, NewRun, Run, RunSearch, RunStatus, RunUpdate } from '../tracking-store.js';
import { activeRun } from './active-run.js';
import { appendToLocation } from './append-to-location.js';
import type { Sqlite } from './driver.js';
import { activeExperiment, experimentNumber } from './experiments.js';
import { datasetsOf } from './inputs.js';
import { toMetric, writeMetrics } from './metrics.js';
import { integer, integerOrNull, pageSize, tagsOf, text } from './rows.js';
import { runSearchSql } from './run-search-sql.js';

const STATUSES: readonly string[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] satisfies RunStatus[];

/** Also a deleted run, as a server answers. */
export function getRun(sqlite: Sqlite, runId: string): Run | null {
  const row = sqlite.first('SELECT * FROM runs WHERE run_uuid = ?', runId);
  if (row === null) return null;
  const tags = tagsOf(sqlite.all('SELECT key, value FROM tags WHERE run_uuid = ? ORDER BY key', runId));
  const metrics = sqlite
    .all('SELECT key, value, timestamp, step, is_nan FROM latest_metrics WHERE run_uuid = ? ORDER BY key', runId)
    .map(toMetric);
  const status = text(row['status']);
  return {
    runId,
    runName: text(row['name']) || (tags.get('mlflow.runName') ?? ''),
    experimentId: text(row['experiment_id']),
    userId: text(row['user_id']),
    status: STATUSES.includes(status) ? (status as RunStatus) : 'FAILED',
    startTime: integer(row['start_time']),
    endTime: integerOrNull(row['end_time']),
    artifactUri: text(row['artifact_uri']),
    lifecycleStage: row['lifecycle_stage'] === 'deleted' ? 'deleted' : 'active',
    params: tagsOf(sqlite.all('SELECT key, value FROM params WHERE run_uuid = ? ORDER BY key', runId)),
    metrics: new Map(metrics.map((metric) => [metric.key, metric])),
    tags,
    datasets: datasetsOf(sqlite, runId),
    modelOutputs: sqlite
      .all(
        "SELECT destination_id, step FROM inputs WHERE source_type = 'RUN_OUTPUT' AND source_id = ? AND destination_type = 'MODEL_OUTPUT' ORDER BY rowid",
        runId,
      )
      .map((output) => ({ modelId: text(output['destination_id']), step: integer(output['step']) })),
  };
}

export function createRun(sqlite: Sqlite, request: NewRun): Run {
  const experiment = activeExperiment(sqlite, request.experimentId);
  const id = Number(experiment.experimentId);
  const earlier = sqlite.first(
    "SELECT r.run_uuid AS run_id FROM tags t JOIN runs r ON r.run_uuid = t.run_uuid WHERE t.key = ? AND t.value = ? AND r.experiment_id = ? AND r.lifecycle_stage = 'active'",
    REQUEST_ID_TAG,
    request.requestId,
    id,
  );
  let runId = text(earlier?.['run_id']);
  if (runId === '') {
    runId = randomBytes(16).toString('hex');
    const tags = new Map([...request.tags, ['mlflow.runName', request.runName], [REQUEST_ID_TAG, request.requestId]]);
    for (const [key, value] of tags) checkRunTag(key, value);
    sqlite.run(
      "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, source_version, lifecycle_stage, artifact_uri, experiment_id) VALUES (?, ?, 'UNKNOWN', '', '', ?, 'RUNNING', ?, '', 'active', ?, ?)",
      runId,
      request.runName,
      request.userId,
      request.startTime,
      appendToLocation(experiment.artifactLocation, runId, 'artifacts'),
      id,
    );
    for (const [key, value] of tags) setRunTag(sqlite, runId, key, value);
  }
  const run = getRun(sqlite, runId);
  if (run === null) throw new MlctlError('BUG', `the run ${runId} cannot be read back`);
  return run;
}

/** Checked outside the transaction: a batch with one bad entry writes nothing. */
export function checkBatch(batch: Batch): void {
  for (const [key, value] of batch.params ?? []) checkParam(key, value);
  for (const metric of batch.metrics ?? []) checkMetric(metric);
  for (const [key, value] of batch.tags ?? []) checkRunTag(key, value);
}

export function logBatch(sqlite: Sqlite, runId: string, batch: Batch): void {
  const { experimentId } = activeRun(sqlite, runId);
  for (const [key, value] of batch.params ?? []) {
    const old = sqlite.first('SELECT value FROM params WHERE key = ? AND run_uuid = ?', key, runId);
    if (old === null) sqlite.run('INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)', key, value, runId);
    else if (text(old['value']) !== value)
      throw new MlctlError(
        'PARAM_CONFLICT',
        `the param ${JSON.stringify(key)} of run ${runId} has the value ${JSON.stringify(text(old['value']))} and cannot become ${JSON.stringify(value)}: params are written once`,
        {
          hint: 'log it under another name, as a tag, or in a new run',
          details: { key, run_id: runId },
        },
      );
  }
  for (const [key, value] of batch.tags ?? []) setRunTag(sqlite, runId, key, value);
  writeMetrics(sqlite, runId, experimentId, batch.metrics ?? []);
}

function setRunTag(sqlite: Sqlite, runId: string, key: string, value: string): void {
  sqlite.run(
    'INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?) ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value',
    key,
    value,
    runId,
  );
  // MLflow stores the run's name in two places.
  if (key === 'mlflow.runName') sqlite.run('UPDATE runs SET name = ? WHERE run_uuid = ?', value, runId);
}

export function updateRun(sqlite: Sqlite, runId: string, update: RunUpdate): void {
  activeRun(sqlite, runId);
  sqlite.run('UPDATE runs SET status = ?, end_time = ? WHERE run_uuid = ?', update.status, update.endTime, runId);
}

export function searchRuns(sqlite: Sqlite, request: RunSearch): Page<Run> {
  const size = pageSize(request.maxResults, 1000, 50_000);
  const offset = parsePageToken(request.pageToken);
  const experimentIds = request.experimentIds.map(experimentNumber).filter((id) => id !== null);
  const { sql, values } = runSearchSql({
    experimentIds,
    filter: request.filter,
    orderBy: request.orderBy ?? [],
    limit: size + 1,
    offset,
  });
  const rows = sqlite.all(sql, ...values);
  const items = rows.slice(0, size).map((row) => getRun(sqlite, text(row['run_id'])));
  return {
    items: items.filter((run) => run !== null),
    nextPageToken: rows.length > size ? formatPageToken(offset + size) : null,
  };
}
