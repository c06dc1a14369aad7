// A World for tests, and a store filled with one of everything.
import type { ModelRegistry } from '../../src/tracking/model-registry.js';
import type { TrackingStore } from '../../src/tracking/tracking-store.js';
import type { World } from '../../src/world.js';

export function testWorld(cwd: string, env: Record<string, string> = {}): World & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    cwd,
    env,
    now: () => Date.now(),
    signal: new AbortController().signal,
    note() {},
    warn: (text) => warnings.push(text),
    warnings,
  };
}

export interface Logged {
  readonly runId: string;
  /** '' on servers without logged models: the model is the run's folder `model`. */
  readonly modelId: string;
  /** What a version of it names. */
  readonly source: string;
  readonly experimentId: string;
}

/** A finished run with params, metrics (NaN and infinities too), tags, a data set and a logged model. */
export async function logOneRun(
  store: TrackingStore,
  name: string,
  options: { readonly acc?: number; readonly C?: string } = {},
): Promise<Logged> {
  const { experimentId } = await store.ensureExperiment('iris experiment');
  const startTime = Date.now();
  const run = await store.createRun({
    experimentId,
    runName: name,
    userId: 'ada',
    startTime,
    tags: new Map([
      ['mlflow.user', 'ada'],
      ['mlflow.source.name', 'mlctl'],
      ['kind', `of ${name}`],
    ]),
    requestId: `request-${name}-${Math.floor(startTime)}-${process.pid}-${process.hrtime.bigint()}`,
  });
  const { runId } = run;
  const at = { timestamp: startTime, step: 0 };
  await store.logBatch(runId, {
    params: new Map([
      ['C', options.C ?? '1.0'],
      ['solver', 'lbfgs'],
    ]),
    metrics: [
      { key: 'acc', value: options.acc ?? 0.75, ...at },
      { key: 'nan', value: Number.NaN, ...at },
      { key: 'up', value: Number.POSITIVE_INFINITY, ...at },
      { key: 'down', value: Number.NEGATIVE_INFINITY, ...at },
      { key: 'curve', value: 0.1, timestamp: startTime, step: 1 },
      { key: 'curve', value: 0.3, timestamp: startTime + 5, step: 0 },
      { key: 'curve', value: 0.2, timestamp: startTime, step: 2 },
    ],
    tags: new Map([['stage of work', 'done']]),
  });
  await store.logInputs(runId, [
    {
      name: 'train',
      digest: 'abcd1234',
      sourceType: 'local',
      source: '{"uri":"/data/train.csv"}',
      schema: '{"mlflow_colspec":[]}',
      profile: '{"num_rows":3}',
      tags: new Map([['mlflow.data.context', 'training']]),
    },
  ]);
  const end = () => store.updateRun(runId, { status: 'FINISHED', endTime: startTime + 1000 });
  if (!(await store.hasLoggedModels())) {
    await end();
    return { runId, modelId: '', source: `${run.artifactUri}/model`, experimentId };
  }
  const { modelId } = await store.createLoggedModel({
    experimentId,
    name: 'model',
    sourceRunId: runId,
    params: new Map([['C', '1.0']]),
    tags: new Map([['mlctl.digest', 'sha256:00']]),
  });
  await store.logModelOutput(runId, modelId, 0);
  await store.logBatch(runId, {
    metrics: [
      { key: 'acc', value: options.acc ?? 0.75, ...at, modelId, datasetName: 'train', datasetDigest: 'abcd1234' },
    ],
  });
  await store.finalizeLoggedModel(modelId, 'READY');
  await end();
  return { runId, modelId, source: `models:/${modelId}`, experimentId };
}

export async function register(store: ModelRegistry, name: string, logged: Logged) {
  await store.ensureRegisteredModel(name);
  return store.createModelVersion({
    name,
    source: logged.source,
    modelId: logged.modelId || null,
    runId: logged.modelId ? null : logged.runId,
    tags: new Map([['mlctl.package', 'sha256:11']]),
    requestId: `version-${logged.modelId || logged.runId}`,
  });
}
