// Turns calls about experiments and runs into REST.
import { MlctlError } from '../../errors/error.js';
import type { JsonMap } from '../../http/json.js';
import { printable } from '../../text/printable.js';
import { filterText } from '../filter-text.js';
import { checkDataset, checkExperimentName, checkMetric, checkParam, checkRunTag, REQUEST_ID_TAG } from '../limits.js';
import type { DatasetInput, Metric, Run, TrackingStore } from '../tracking-store.js';
import { page, pairsOf, searchBody } from './bodies.js';
import type { Api } from './call.js';
import { experiment, map, run } from './read.js';

/** Server limits of one log-batch call. */
const MOST_PARAMS = 100;
const MOST_TAGS = 100;
const MOST_METRICS = 800;

/** A server stores a bare NaN in JSON as 0, so the words are sent. */
function metricWord(value: number): number | string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  return value === Number.NEGATIVE_INFINITY ? '-Infinity' : value;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const made: T[][] = [];
  for (let at = 0; at < items.length; at += size) made.push(items.slice(at, at + size));
  return made;
}

function metricBody(runId: string, metric: Metric): JsonMap {
  return {
    key: metric.key,
    value: metricWord(metric.value),
    timestamp: metric.timestamp,
    step: metric.step,
    ...(metric.modelId === undefined ? {} : { model_id: metric.modelId, run_id: runId }),
    ...(metric.datasetName === undefined
      ? {}
      : { dataset_name: metric.datasetName, dataset_digest: metric.datasetDigest }),
  };
}

function datasetBody(dataset: DatasetInput): JsonMap {
  return {
    tags: pairsOf(dataset.tags),
    dataset: {
      name: dataset.name,
      digest: dataset.digest,
      source_type: dataset.sourceType,
      source: dataset.source,
      ...(dataset.schema === null ? {} : { schema: dataset.schema }),
      ...(dataset.profile === null ? {} : { profile: dataset.profile }),
    },
  };
}

type RunCalls = Pick<
  TrackingStore,
  | 'getExperiment'
  | 'getExperimentByName'
  | 'ensureExperiment'
  | 'searchExperiments'
  | 'createRun'
  | 'getRun'
  | 'searchRuns'
  | 'logBatch'
  | 'logInputs'
  | 'updateRun'
>;

export function runCalls(api: Api): RunCalls {
  const getExperimentByName = async (name: string) => {
    const json = await api.find({
      method: 'GET',
      route: 'experiments/get-by-name',
      query: { experiment_name: name },
      idempotent: true,
    });
    return json && experiment(map(json['experiment'], 'experiment'));
  };
  const getRun = async (runId: string): Promise<Run | null> => {
    const json = await api.find({ method: 'GET', route: 'runs/get', query: { run_id: runId }, idempotent: true });
    return json && run(map(json['run'], 'run'));
  };
  const searchRuns: TrackingStore['searchRuns'] = async (request) =>
    page(
      await api.must({
        method: 'POST',
        route: 'runs/search',
        body: { experiment_ids: request.experimentIds, run_view_type: 'ACTIVE_ONLY', ...searchBody(request, 50_000) },
        idempotent: true,
      }),
      'runs',
      run,
    );

  return {
    async getExperiment(experimentId) {
      const json = await api.find({
        method: 'GET',
        route: 'experiments/get',
        query: { experiment_id: experimentId },
        idempotent: true,
      });
      return json && experiment(map(json['experiment'], 'experiment'));
    },
    getExperimentByName,
    async ensureExperiment(name) {
      checkExperimentName(name);
      const found = await getExperimentByName(name);
      if (found === null) {
        const call = { method: 'POST', route: 'experiments/create', body: { name }, idempotent: false } as const;
        await api.ensure(call, async () => (await getExperimentByName(name)) !== null);
      }
      const there = found ?? (await getExperimentByName(name));
      if (there === null)
        throw new MlctlError(
          'REMOTE_REFUSED',
          `experiment ${printable(name)} was created, but the server does not find it`,
          { hint: 'try again' },
        );
      if (there.lifecycleStage === 'deleted') {
        throw new MlctlError('EXPERIMENT_DELETED', `experiment ${printable(name)} is deleted`, {
          hint: `restore it: mlflow experiments restore --experiment-id ${printable(there.experimentId)}; or choose another name`,
        });
      }
      return there;
    },
    searchExperiments: async (request) =>
      page(
        await api.must({
          method: 'POST',
          route: 'experiments/search',
          body: { view_type: 'ACTIVE_ONLY', ...searchBody(request, 50_000) },
          idempotent: true,
        }),
        'experiments',
        experiment,
      ),

    async createRun(request) {
      for (const [key, value] of request.tags) checkRunTag(key, value);
      const tags = new Map([...request.tags, [REQUEST_ID_TAG, request.requestId]]);
      const body = {
        experiment_id: request.experimentId,
        user_id: request.userId,
        run_name: request.runName,
        start_time: request.startTime,
        tags: pairsOf(tags),
      };
      return api.once(
        { method: 'POST', route: 'runs/create', body, idempotent: false },
        (json) => run(map(json['run'], 'run')),
        async () => {
          const { items } = await searchRuns({
            experimentIds: [request.experimentId],
            filter: `tags.\`${REQUEST_ID_TAG}\` = ${filterText(request.requestId)}`,
            maxResults: 1,
          });
          return items[0];
        },
      );
    },
    getRun,
    searchRuns,
    async logBatch(runId, batch) {
      for (const [key, value] of batch.params ?? []) checkParam(key, value);
      for (const [key, value] of batch.tags ?? []) checkRunTag(key, value);
      for (const metric of batch.metrics ?? []) checkMetric(metric);
      const params = chunks(pairsOf(batch.params ?? new Map()), MOST_PARAMS);
      const tags = chunks(pairsOf(batch.tags ?? new Map()), MOST_TAGS);
      const metrics = chunks([...(batch.metrics ?? [])], MOST_METRICS);
      // Timestamps, steps and values are fixed, so a repeated call writes the same rows. One call holds at most 800 + 100 + 100
      // entries.
      for (let at = 0; at < Math.max(params.length, tags.length, metrics.length); at += 1) {
        const body = {
          run_id: runId,
          params: params[at] ?? [],
          tags: tags[at] ?? [],
          metrics: (metrics[at] ?? []).map((metric) => metricBody(runId, metric)),
        };
        await api.must({ method: 'POST', route: 'runs/log-batch', body, idempotent: true });
      }
    },
    async logInputs(runId, datasets) {
      for (const dataset of datasets) checkDataset(dataset);
      // The same input again writes the same rows. If two runs log a data set at the same moment, only one can insert its row;
      // the other finds it when it asks again.
      const call = {
        method: 'POST',
        route: 'runs/log-inputs',
        body: { run_id: runId, datasets: datasets.map(datasetBody) },
        idempotent: true,
      } as const;
      await api.ensure(call, async () => {
        const logged = new Set(
          (await getRun(runId))?.datasets.map(({ name, digest }) => JSON.stringify([name, digest])),
        );
        return datasets.every(({ name, digest }) => logged.has(JSON.stringify([name, digest])));
      });
    },
    async updateRun(runId, update) {
      await api.must({
        method: 'POST',
        route: 'runs/update',
        body: {
          run_id: runId,
          status: update.status,
          ...(update.endTime === null ? {} : { end_time: update.endTime }),
        },
        idempotent: true,
      });
    },
  };
}
