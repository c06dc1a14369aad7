// Turns what the stores said of a model into JSON, and JSON that anybody may have written back into it, checked in every part.
import { metricValue, record } from '../documents/json-values.js';
import type { Standing } from '../loader/standing.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import type { DatasetInput, LoggedModel, Metric, Run } from '../tracking/tracking-store.js';
import type { Fields } from './fields.js';

type Json = Readonly<Record<string, unknown>>;

const metricsJson = (metrics: Iterable<Metric>) =>
  [...metrics].map((metric) => ({ ...metric, value: metricValue(metric.value) }));

const runJson = (run: Run): Json => ({
  ...run,
  params: record(run.params),
  metrics: metricsJson(run.metrics.values()),
  tags: record(run.tags),
  datasets: run.datasets.map((one) => ({ ...one, tags: record(one.tags) })),
});

const modelJson = (model: LoggedModel): Json => ({
  ...model,
  params: record(model.params),
  metrics: metricsJson(model.metrics),
  tags: record(model.tags),
});

const versionJson = (version: ModelVersion): Json => ({ ...version, tags: record(version.tags) });

/** `undefined` (the store could not be asked) is left out by JSON. */
export const standingJson = ({ version, model, modelId, run, runId, runSpeaks }: Standing): Json => ({
  version: version && versionJson(version),
  model: model && modelJson(model),
  model_id: modelId,
  run: run && runJson(run),
  run_id: runId,
  run_speaks: runSpeaks,
});

function metricOf(fields: Fields): Metric {
  const value = fields.get('value');
  return {
    key: fields.text('key'),
    value: typeof value === 'number' ? value : Number(fields.text('value')),
    timestamp: fields.number('timestamp'),
    step: fields.number('step'),
  };
}

const datasetOf = (fields: Fields): DatasetInput => ({
  name: fields.text('name'),
  digest: fields.text('digest'),
  sourceType: fields.text('sourceType'),
  source: fields.text('source'),
  schema: fields.maybe('schema', 'text'),
  profile: fields.maybe('profile', 'text'),
  tags: fields.map('tags'),
});

const runOf = (fields: Fields): Run => ({
  runId: fields.text('runId'),
  runName: fields.text('runName'),
  experimentId: fields.text('experimentId'),
  userId: fields.text('userId'),
  status: fields.text('status') as Run['status'],
  startTime: fields.number('startTime'),
  endTime: fields.maybe('endTime', 'number'),
  artifactUri: fields.text('artifactUri'),
  lifecycleStage: fields.text('lifecycleStage') as Run['lifecycleStage'],
  params: fields.map('params'),
  metrics: new Map(fields.list('metrics').map((one) => [one.text('key'), metricOf(one)])),
  tags: fields.map('tags'),
  datasets: fields.list('datasets').map(datasetOf),
  modelOutputs: fields.list('modelOutputs').map((one) => ({ modelId: one.text('modelId'), step: one.number('step') })),
});

const modelOf = (fields: Fields): LoggedModel => ({
  modelId: fields.text('modelId'),
  experimentId: fields.text('experimentId'),
  name: fields.text('name'),
  artifactUri: fields.text('artifactUri'),
  status: fields.text('status') as LoggedModel['status'],
  sourceRunId: fields.maybe('sourceRunId', 'text'),
  creationTime: fields.number('creationTime'),
  params: fields.map('params'),
  metrics: fields.list('metrics').map(metricOf),
  tags: fields.map('tags'),
});

const versionOf = (fields: Fields): ModelVersion => ({
  name: fields.text('name'),
  version: fields.number('version'),
  stage: fields.text('stage'),
  source: fields.text('source'),
  runId: fields.maybe('runId', 'text'),
  modelId: fields.maybe('modelId', 'text'),
  status: fields.text('status'),
  creationTime: fields.number('creationTime'),
  lastUpdatedTime: fields.number('lastUpdatedTime'),
  userId: fields.maybe('userId', 'text'),
  description: fields.text('description'),
  aliases: fields.texts('aliases'),
  tags: fields.map('tags'),
});

/** Throws BUNDLE_INVALID. */
export const standingOf = (fields: Fields): Standing => {
  const part = <T>(key: string, of: (fields: Fields) => T): T | null | undefined => {
    const value = fields.get(key);
    return value === undefined || value === null ? value : of(fields.part(key));
  };
  return {
    version: part('version', versionOf) ?? null,
    model: part('model', modelOf),
    modelId: fields.maybe('model_id', 'text'),
    run: part('run', runOf),
    runId: fields.maybe('run_id', 'text'),
    runSpeaks: fields.flag('run_speaks'),
  };
};
