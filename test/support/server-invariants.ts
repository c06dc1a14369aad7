// What must hold on an MLflow server after a `train --register`, however its calls went: asked of the server itself, and of its folder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestPackage } from '../../src/model/digest-package.js';
import type { LoggedDocument } from '../../src/operations/types.js';
import type { LoggedModel, ModelVersion, Run, TrackingStore } from '../../src/tracking/store.js';

export interface Place {
  /** The server itself, not the proxy. */
  readonly store: TrackingStore;
  readonly url: string;
  /** The folder the server keeps artifacts in. */
  readonly artifacts: string;
}

export interface Left {
  readonly runs: readonly Run[];
  readonly models: readonly LoggedModel[];
  readonly versions: readonly ModelVersion[];
}

export async function leftBehind(place: Place, experiment: string, name: string): Promise<Left> {
  const found = await place.store.getExperimentByName(experiment);
  const ids = found === null ? [] : [found.experimentId];
  return {
    runs: ids.length === 0 ? [] : (await place.store.searchRuns({ experimentIds: ids })).items,
    models: await place.store.searchLoggedModels({ experimentIds: ids }),
    versions: (await place.store.searchModelVersions({ filter: `name = '${name}'` })).items,
  };
}

export const folderOf = (place: Place, uri: string): string =>
  join(place.artifacts, uri.replace(/^mlflow-artifacts:\/*/, ''));

export function digestsBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [
        path,
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
  );
}

/** A READY model, and whatever a version names, has its whole package with the recorded digest; nothing is there twice. */
export async function checkNothingHalf(place: Place, { runs, models, versions }: Left): Promise<void> {
  assert.ok(runs.length <= 1, `${runs.length} runs for one request`);
  assert.ok(models.length <= 1, `${models.length} logged models for one request`);
  assert.ok(versions.length <= 1, `${versions.length} versions for one request`);
  for (const model of models) {
    if (model.status !== 'READY') continue;
    const digest = await digestPackage(folderOf(place, model.artifactUri));
    assert.equal(digest.package, model.tags.get('mlctl.package_digest'), 'a READY model is torn');
  }
  for (const version of versions) {
    const model = models.find(({ modelId }) => modelId === version.modelId);
    assert.equal(model?.status, 'READY', 'a version names a model that is not READY');
    assert.equal(version.tags.get('mlctl.package_digest'), model?.tags.get('mlctl.package_digest'));
    assert.equal(runs[0]?.status, 'FINISHED', 'a version of a run that did not finish');
  }
}

async function historyLength(place: Place, runId: string, key: string): Promise<number> {
  const answer = await fetch(
    `${place.url}/api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=${encodeURIComponent(key)}`,
  );
  return ((await answer.json()) as { metrics: unknown[] }).metrics.length;
}

/** What a good run left, to hold others against. */
export interface Good {
  readonly document: LoggedDocument;
  readonly run: Run;
  /** Digests of the run's files, and of the package's, that do not depend on ids or time. */
  readonly runFiles: ReadonlyMap<string, string>;
  readonly packageFiles: ReadonlyMap<string, string>;
}

/** Files that name the run, the model or the moment. */
export const VARYING = new Set(['MLmodel']);

/** After an end with success: everything is there, once, and what it should be. */
export async function checkWhole(
  place: Place,
  left: Left,
  document: LoggedDocument,
  good: Good,
  metricKeys: readonly string[],
): Promise<void> {
  const [run] = left.runs;
  const [model] = left.models;
  const [version] = left.versions;
  assert.ok(run && model && version, 'run, model and version are there');
  assert.deepEqual([run.status, model.status, version.stage], ['FINISHED', 'READY', 'Production']);
  assert.deepEqual(
    [document.run_id, document.model_id, document.registered?.version],
    [run.runId, model.modelId, version.version],
  );
  assert.deepEqual(new Map([...run.params].sort()), new Map([...good.run.params].sort()));
  assert.deepEqual([...run.tags.keys()].sort(), [...good.run.tags.keys()].sort());
  assert.deepEqual(
    [...run.metrics].map(([key, { value }]) => [key, value]).sort(),
    [...good.run.metrics].map(([key, { value }]) => [key, value]).sort(),
  );
  for (const key of metricKeys) assert.equal(await historyLength(place, run.runId, key), 1, `${key} more than once`);
  assert.equal(run.datasets.length, 1);
  assert.deepEqual(
    run.modelOutputs.map(({ modelId }) => modelId),
    [model.modelId],
  );
  const fixed = (files: ReadonlyMap<string, string>) => [...files].filter(([path]) => !VARYING.has(path));
  assert.deepEqual(fixed(digestsBelow(folderOf(place, run.artifactUri))), fixed(good.runFiles));
  const files = digestsBelow(folderOf(place, model.artifactUri));
  assert.deepEqual([...files.keys()], [...good.packageFiles.keys()]);
  assert.deepEqual(fixed(files), fixed(good.packageFiles), 'the package is that of the good run, byte for byte');
  for (const tags of [run.tags, model.tags, version.tags])
    assert.equal(tags.get('mlctl.package_digest'), document.digest.package);
  const records = [...version.tags.keys()].filter((key) => key.startsWith('mlctl.history.'));
  assert.equal(records.length, 1, 'one move, one record');
}
