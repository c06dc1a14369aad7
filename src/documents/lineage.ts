// The run behind a model, as the document that `load` prints: who made it, when, from what.

import { redactText } from '../text/redact.js';
import type { Metric, Run, TrackingStore } from '../tracking/tracking-store.js';
import { isoTime, metricValue, record } from './json-values.js';

/** The run that made a model. */
export interface LineageDocument {
  readonly run_id: string | null;
  readonly run_name: string | null;
  readonly run_status: string | null;
  readonly experiment: string | null;
  readonly experiment_id: string | null;
  readonly user: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly source: string | null;
  readonly git_commit: string | null;
  readonly git_dirty: boolean | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly data: readonly {
    readonly name: string;
    readonly digest: string;
    readonly source: string;
    readonly context: string | null;
  }[];
  readonly tags: Readonly<Record<string, string>>;
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
