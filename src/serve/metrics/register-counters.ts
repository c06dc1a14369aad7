// The counters and histograms that Prometheus reads.
import type { Metrics, ServedModel } from '../types.js';

export type Prometheus = typeof import('prom-client');

export interface Answered {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** Seconds. */
  readonly duration: number;
}

export interface Scored {
  readonly model: string;
  readonly count: number;
  readonly refused: string | null;
}

export interface Counters extends Pick<Metrics, 'reloaded' | 'read'> {
  answered(one: Answered): void;
  scored(one: Scored): void;
}

/** A row of the iris model takes less than the first, a long request more than the last but one. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function registerCounters(
  { Counter, Gauge, Histogram, Registry }: Prometheus,
  models: () => Iterable<ServedModel>,
  underWay: () => number,
): Counters {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'mlctl_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['route', 'method', 'status'] as const,
    registers,
  });
  const seconds = new Histogram({
    name: 'mlctl_request_seconds',
    help: 'Time from the headers of a request until its answer is handed over.',
    labelNames: ['route'] as const,
    buckets: SECONDS,
    registers,
  });
  const rows = new Counter({
    name: 'mlctl_rows_total',
    help: 'Rows that a model answered.',
    labelNames: ['model'] as const,
    registers,
  });
  const refusals = new Counter({
    name: 'mlctl_refusals_total',
    help: 'Requests that break the signature or the protocol, by the first thing that is wrong.',
    labelNames: ['model', 'kind'] as const,
    registers,
  });
  const reloads = new Counter({
    name: 'mlctl_reloads_total',
    help: 'Versions that took over, and versions that were refused or could not be fetched.',
    labelNames: ['model', 'result'] as const,
    registers,
  });
  const gauge = (name: string, help: string, labelNames: readonly string[], collect: (target: Target) => void) =>
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers,
      collect() {
        this.reset();
        collect(this);
      },
    });
  gauge('mlctl_model_info', 'The version that answers.', ['model', 'version', 'digest'], (target) => {
    for (const { name, facts } of models())
      if (facts !== null)
        target.set({ model: name, version: String(facts.version ?? ''), digest: facts.digest.package }, 1);
  });
  gauge('mlctl_model_version', 'The number of the version that answers.', ['model'], (target) => {
    for (const { name, facts } of models()) if (facts?.version != null) target.set({ model: name }, facts.version);
  });
  gauge('mlctl_model_behind', '1 if the version that is pointed to did not take over.', ['model'], (target) => {
    for (const { name, refusal } of models()) target.set({ model: name }, refusal === null ? 0 : 1);
  });
  gauge('mlctl_predictions_under_way', 'Predictions that were let in and not answered yet.', [], (target) =>
    target.set({}, underWay()),
  );
  addProcess(gauge);
  return {
    answered: ({ route, method, status, duration }) => {
      requests.inc({ route, method, status });
      seconds.observe({ route }, duration);
    },
    scored: ({ model, count, refused }) => {
      if (refused === null) rows.inc({ model }, count);
      else refusals.inc({ model, kind: refused });
    },
    reloaded: (model, result) => reloads.inc({ model, result }),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

interface Target {
  set(labels: Record<string, string>, value: number): void;
}

/** Under the names that every client library of Prometheus uses. */
function addProcess(
  gauge: (name: string, help: string, labels: readonly string[], collect: (target: Target) => void) => unknown,
): void {
  const startedAt = Date.now() / 1000 - process.uptime();
  gauge('process_resident_memory_bytes', 'Resident memory.', [], (target) => target.set({}, process.memoryUsage.rss()));
  gauge('process_start_time_seconds', 'When the process was started.', [], (target) => target.set({}, startedAt));
  gauge('process_cpu_seconds_total', 'User and system time.', [], (target) => {
    const { user, system } = process.cpuUsage();
    target.set({}, (user + system) / 1e6);
  });
}
