// Turns metrics into MLflow's tables and back: every value, the latest of each key, and those of logged models.
import type { Metric } from '../tracking-store.js';
import type { Sqlite, SqlRow } from './driver.js';
import { integer, text } from './rows.js';

/** MLflow does not store infinities in SQL: it writes the greatest double. */
const GREATEST = Number.MAX_VALUE;

function stored(value: number): { value: number; isNan: 0 | 1 } {
  if (Number.isNaN(value)) return { value: 0, isNan: 1 };
  return { value: Math.max(-GREATEST, Math.min(GREATEST, value)), isNan: 0 };
}

/** As Python reads them back: NaN is NaN, an infinity stays the greatest double. */
export function toMetric(row: SqlRow): Metric {
  return {
    key: text(row['key']),
    value: Number(row['is_nan']) === 1 ? Number.NaN : Number(row['value']),
    timestamp: integer(row['timestamp']),
    step: integer(row['step']),
  };
}

/** Repeating a metric (same key, time, step and value) changes nothing. */
export function writeMetrics(sqlite: Sqlite, runId: string, experimentId: number, metrics: readonly Metric[]): void {
  for (const metric of metrics) {
    const { value, isNan } = stored(metric.value);
    sqlite.run(
      'INSERT OR IGNORE INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)',
      metric.key,
      value,
      metric.timestamp,
      runId,
      metric.step,
      isNan,
    );
    sqlite.run(
      'INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan WHERE (excluded.step, excluded.timestamp, excluded.value) > (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)',
      metric.key,
      value,
      metric.timestamp,
      metric.step,
      isNan,
      runId,
    );
    if (metric.modelId !== undefined) writeModelMetric(sqlite, runId, experimentId, metric, metric.modelId, value);
  }
}

function writeModelMetric(
  sqlite: Sqlite,
  runId: string,
  experimentId: number,
  metric: Metric,
  modelId: string,
  value: number,
): void {
  const { datasetName: name, datasetDigest: digest } = metric;
  const dataset =
    name === undefined || digest === undefined
      ? null
      : sqlite.first(
          'SELECT dataset_uuid FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
          experimentId,
          name,
          digest,
        );
  sqlite.run(
    'INSERT OR IGNORE INTO logged_model_metrics (model_id, metric_name, metric_timestamp_ms, metric_step, metric_value, experiment_id, run_id, dataset_uuid, dataset_name, dataset_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    modelId,
    metric.key,
    metric.timestamp,
    metric.step,
    value,
    experimentId,
    runId,
    dataset?.['dataset_uuid'] ?? null,
    name ?? null,
    digest ?? null,
  );
}
