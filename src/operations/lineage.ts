// The run behind a model, as the document that `load` prints: who made it, when, from what.
import type { Metric, Run, TrackingStore } from '../tracking/store.js';
import { redactText } from '../uri/redact.js';
import type { LineageDocument } from './types.js';

export const isoTime = (ms: number | null): string | null =>
  ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15 ? null : new Date(ms).toISOString();

/** JSON has no NaN and no infinity: their names stand for them. */
export const metricValue = (value: number): number | string =>
  Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';

/** A document from a map whose keys are data: `__proto__` is a key like any other. */
export function record<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const result: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) result[key] = value;
  return result;
}

export const metricRecord = (metrics: ReadonlyMap<string, Metric>): Record<string, number | string> =>
  record([...metrics].map(([key, metric]) => [key, metricValue(metric.value)] as const));

function sourceOf(source: string): string {
  try {
    const json = JSON.parse(source) as Record<string, unknown>;
    const uri = json.uri ?? json.url ?? json.path;
    if (typeof uri === 'string') return redactText(uri);
  } catch {
    // not JSON: shown as it is
  }
  return redactText(source);
}

export async function lineageOf(tracking: TrackingStore, run: Run | null): Promise<LineageDocument | null> {
  if (run === null) return null;
  const experiment = await tracking.getExperiment(run.experimentId).catch(() => null);
  const dirty = run.tags.get('mlctl.git_dirty');
  return {
    run_id: run.runId,
    run_name: run.runName,
    run_status: run.status,
    experiment: experiment?.name ?? null,
    experiment_id: run.experimentId,
    user: run.tags.get('mlflow.user') ?? (run.userId || null),
    started: isoTime(run.startTime),
    ended: isoTime(run.endTime),
    source: run.tags.get('mlflow.source.name') ?? null,
    git_commit: run.tags.get('mlflow.source.git.commit') ?? null,
    git_dirty: dirty === undefined ? null : dirty === 'true',
    params: record(run.params),
    metrics: metricRecord(run.metrics),
    data: run.datasets.map((one) => ({
      name: one.name,
      digest: one.digest,
      source: sourceOf(one.source),
      context: one.tags.get('mlflow.data.context') ?? null,
    })),
    tags: record(run.tags),
  };
}
