// Turns MLflow's JSON documents into the port's values. Servers are not trusted: absent lists are empty, wrong types are refused.
import { MlctlError } from '../../errors/error.js';
import type { JsonMap } from '../../http/json.js';
import { loggedModelIdOf } from '../../uri/logged-model-id.js';
import type { ModelVersion, RegisteredModel } from '../model-registry.js';
import type { Tags } from '../store.js';
import type { DatasetInput, Experiment, LoggedModel, Metric, Run, RunStatus } from '../tracking-store.js';

const refused = (what: string): MlctlError =>
  new MlctlError('REMOTE_REFUSED', `the server's answer has no usable ${what}`, {
    hint: 'is this an MLflow server? try: mlctl doctor',
  });

export function map(value: unknown, what: string): JsonMap {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused(what);
  return value as JsonMap;
}

/** Empty repeated fields are absent on the wire. */
export function list(value: unknown, what: string): readonly JsonMap[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refused(what);
  return value.map((item) => map(item, what));
}

export function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw refused(what);
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : otherwise;
const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Ids of runs, experiments and models go into addresses and file names, so only letters, digits, _ and - are allowed. */
export const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{1,256}$/.test(value);

function id(value: unknown, what: string): string {
  const said = text(value, what);
  if (!isId(said)) throw refused(what);
  return said;
}

function idOrNull(value: unknown, what: string): string | null {
  return value === undefined || value === null || value === '' ? null : id(value, what);
}

/** int64 values come as numbers, sometimes as text; null if absent. Callers decide about NaN; any other type is refused. */
function number(value: unknown, what: string): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.length <= 400 && value.trim() !== '') return Number(value);
  throw refused(what);
}

function time(value: unknown, what: string): number | null {
  const n = number(value, what);
  return n !== null && Number.isFinite(n) ? n : null;
}

/** `NaN` comes as a word; the infinities come back from SQL stores as the largest double. */
function metricValue(value: unknown): number {
  // Number() itself reads the words Infinity and -Infinity, and returns NaN for whatever else is not a number.
  const n = number(value, 'metric value') ?? 0;
  if (Number.isNaN(n) && value !== 'NaN') throw refused('metric value');
  return n === Number.MAX_VALUE ? Number.POSITIVE_INFINITY : n === -Number.MAX_VALUE ? Number.NEGATIVE_INFINITY : n;
}

function pairs(value: unknown, what: string): Tags {
  return new Map(list(value, what).map((pair) => [text(pair['key'], `${what} key`), textOr(pair['value'], '')]));
}

function metric(json: JsonMap): Metric {
  const modelId = textOrNull(json['model_id']);
  const datasetName = textOrNull(json['dataset_name']);
  const datasetDigest = textOrNull(json['dataset_digest']);
  return {
    key: text(json['key'], 'metric key'),
    value: metricValue(json['value']),
    timestamp: time(json['timestamp'], 'timestamp') ?? 0,
    step: time(json['step'], 'step') ?? 0,
    ...(modelId === null ? {} : { modelId }),
    ...(datasetName === null ? {} : { datasetName }),
    ...(datasetDigest === null ? {} : { datasetDigest }),
  };
}

const stage = (value: unknown): 'active' | 'deleted' => (value === 'deleted' ? 'deleted' : 'active');

export function experiment(json: JsonMap): Experiment {
  return {
    experimentId: id(json['experiment_id'], 'experiment_id'),
    name: textOr(json['name'], ''),
    artifactLocation: textOr(json['artifact_location'], ''),
    lifecycleStage: stage(json['lifecycle_stage']),
    creationTime: time(json['creation_time'], 'creation_time'),
    tags: pairs(json['tags'], 'experiment tags'),
  };
}

function dataset(json: JsonMap): DatasetInput {
  const inner = map(json['dataset'], 'dataset');
  return {
    name: textOr(inner['name'], ''),
    digest: textOr(inner['digest'], ''),
    sourceType: textOr(inner['source_type'], ''),
    source: textOr(inner['source'], ''),
    schema: textOrNull(inner['schema']),
    profile: textOrNull(inner['profile']),
    tags: pairs(json['tags'], 'dataset tags'),
  };
}

const RUN_STATUS: ReadonlyMap<unknown, RunStatus> = new Map(
  (['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const).map((status) => [status, status]),
);

export function run(json: JsonMap): Run {
  const info = map(json['info'], 'run info');
  const data = json['data'] === undefined ? {} : map(json['data'], 'run data');
  const inputs = json['inputs'] === undefined ? {} : map(json['inputs'], 'run inputs');
  const outputs = json['outputs'] === undefined ? {} : map(json['outputs'], 'run outputs');
  const tags = pairs((data as JsonMap)['tags'], 'run tags');
  return {
    runId: id(info['run_id'] ?? info['run_uuid'], 'run_id'),
    runName: textOr(info['run_name'], tags.get('mlflow.runName') ?? ''),
    experimentId: id(info['experiment_id'], 'experiment_id'),
    userId: textOr(info['user_id'], ''),
    status: RUN_STATUS.get(info['status']) ?? 'RUNNING',
    startTime: time(info['start_time'], 'start_time') ?? 0,
    endTime: time(info['end_time'], 'end_time'),
    artifactUri: textOr(info['artifact_uri'], ''),
    lifecycleStage: stage(info['lifecycle_stage']),
    params: pairs((data as JsonMap)['params'], 'run params'),
    metrics: new Map(
      list((data as JsonMap)['metrics'], 'run metrics').map((entry) => [
        text(entry['key'], 'metric key'),
        metric(entry),
      ]),
    ),
    tags,
    datasets: list((inputs as JsonMap)['dataset_inputs'], 'dataset inputs').map(dataset),
    modelOutputs: list((outputs as JsonMap)['model_outputs'], 'model outputs').map((entry) => ({
      modelId: id(entry['model_id'], 'model_id'),
      step: time(entry['step'], 'step') ?? 0,
    })),
  };
}

const STATUS: ReadonlyMap<unknown, LoggedModel['status']> = new Map([
  ['LOGGED_MODEL_READY', 'READY'],
  ['LOGGED_MODEL_UPLOAD_FAILED', 'FAILED'],
]);

export function loggedModel(json: JsonMap): LoggedModel {
  const info = map(json['info'], 'logged model info');
  const data = json['data'] === undefined ? ({} as JsonMap) : map(json['data'], 'logged model data');
  return {
    modelId: id(info['model_id'], 'model_id'),
    experimentId: id(info['experiment_id'], 'experiment_id'),
    name: textOr(info['name'], ''),
    artifactUri: text(info['artifact_uri'], 'artifact_uri'),
    status: STATUS.get(info['status']) ?? 'PENDING',
    sourceRunId: idOrNull(info['source_run_id'], 'source_run_id'),
    creationTime: time(info['creation_timestamp_ms'], 'creation_timestamp_ms') ?? 0,
    params: pairs(data['params'], 'logged model params'),
    metrics: list(data['metrics'], 'logged model metrics').map(metric),
    tags: pairs(info['tags'], 'logged model tags'),
  };
}

function versionNumber(value: unknown, what: string): number {
  const n = number(value, what);
  if (n === null || !Number.isSafeInteger(n) || n < 1) throw refused(what);
  return n;
}

export function modelVersion(json: JsonMap): ModelVersion {
  const source = textOr(json['source'], '');
  return {
    name: text(json['name'], 'model name'),
    version: versionNumber(json['version'], 'version number'),
    stage: textOr(json['current_stage'], 'None'),
    source,
    runId: idOrNull(json['run_id'], 'run_id'),
    modelId: idOrNull(json['model_id'], 'model_id') ?? loggedModelIdOf(source),
    status: textOr(json['status'], 'READY'),
    creationTime: time(json['creation_timestamp'], 'creation_timestamp') ?? 0,
    lastUpdatedTime: time(json['last_updated_timestamp'], 'last_updated_timestamp') ?? 0,
    userId: textOrNull(json['user_id']),
    description: textOr(json['description'], ''),
    aliases: Array.isArray(json['aliases']) ? json['aliases'].filter((alias) => typeof alias === 'string') : [],
    tags: pairs(json['tags'], 'version tags'),
  };
}

export function registeredModel(json: JsonMap): RegisteredModel {
  return {
    name: text(json['name'], 'model name'),
    creationTime: time(json['creation_timestamp'], 'creation_timestamp') ?? 0,
    lastUpdatedTime: time(json['last_updated_timestamp'], 'last_updated_timestamp') ?? 0,
    description: textOr(json['description'], ''),
    aliases: new Map(
      list(json['aliases'], 'aliases').map((entry) => [
        text(entry['alias'], 'alias'),
        versionNumber(entry['version'], 'alias version'),
      ]),
    ),
    tags: pairs(json['tags'], 'model tags'),
    latestVersions: list(json['latest_versions'], 'latest versions').map(modelVersion),
  };
}
