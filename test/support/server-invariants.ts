// What must hold on an MLflow server after a `train --register`, however its calls went: asked of the server itself, and of its folder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedDocument } from '../../src/documents/logged.js';
import { digestPackage } from '../../src/model/digest-package.js';
import type { MlflowStore } from '../../src/tracking/mlflow-store.js';
import type { ModelVersion } from '../../src/tracking/model-registry.js';
import type { LoggedModel, Run } from '../../src/tracking/tracking-store.js';
import { fetchOnce } from './fetch-once.js';

export interface Place {
  /** The server itself, not the proxy. */
  readonly store: MlflowStore;
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
  join(place.artifacts, uri.replace(/^(?:mlflow-artifacts:\/*|s3:\/\/[^/]+\/)/, ''));

function withoutName(plot: string, name: string): string {
  const text = readFileSync(plot, 'utf8');
  assert.ok(text.includes(name), `${plot} does not name its model ${name}`);
  return text.replaceAll(name, 'NAME');
}

/** `name`: of the registered model. Plots show it, and runs under other names are compared. */
export function digestsBelow(folder: string, name = ''): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [
        path,
        createHash('sha256')
          .update(
            name !== '' && path.endsWith('.svg')
              ? withoutName(join(folder, path), name)
              : readFileSync(join(folder, path)),
          )
          .digest('hex'),
      ]),
  );
}

/** Where the package is: the logged model's own place, or, on a server without those (2.x), the run's folder `model`. */
export function packageFolder(place: Place, { runs, models }: Left): string | null {
  if (models[0]) return folderOf(place, models[0].artifactUri);
  return runs[0] ? join(folderOf(place, runs[0].artifactUri), 'model') : null;
}

/** A READY model, a finished run's, and whatever a version names, has its whole package with the recorded digest; nothing is there twice. */
export async function checkNothingHalf(place: Place, left: Left): Promise<void> {
  const { runs, models, versions } = left;
  assert.ok(runs.length <= 1, `${runs.length} runs for one request`);
  assert.ok(models.length <= 1, `${models.length} logged models for one request`);
  assert.ok(versions.length <= 1, `${versions.length} versions for one request`);
  const [run] = runs;
  const [model] = models;
  const folder = packageFolder(place, left);
  const digest = folder !== null && existsSync(folder) ? (await digestPackage(folder)).package : null;
  if (model?.status === 'READY') assert.equal(digest, model.tags.get('mlctl.package_digest'), 'a READY model is torn');
  if (run?.status === 'FINISHED')
    assert.equal(digest, run.tags.get('mlctl.package_digest'), 'a finished run has a torn model');
  for (const version of versions) {
    assert.equal(run?.status, 'FINISHED', 'a version of a run that did not finish');
    assert.equal(version.tags.get('mlctl.package_digest'), digest, 'a version of other bytes');
    if (await place.store.hasLoggedModels())
      assert.deepEqual(
        [version.modelId, model?.status],
        [model?.modelId, 'READY'],
        'a version names a model that is not READY',
      );
    else assert.equal(version.source, `${run.artifactUri}/model`);
  }
}

async function historyLength(place: Place, runId: string, key: string): Promise<number> {
  const answer = await fetchOnce(
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
const varies = (path: string): boolean => /(?:^|\/)(?:MLmodel|lineage\.json)$/.test(path);

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
  assert.ok(run && version, 'run and version are there');
  assert.equal(model !== undefined, await place.store.hasLoggedModels(), 'a logged model, where the server has them');
  assert.deepEqual([run.status, model?.status ?? 'READY', version.stage], ['FINISHED', 'READY', 'Production']);
  assert.deepEqual(
    [document.run_id, document.model_id, document.registered?.version],
    [run.runId, model?.modelId ?? null, version.version],
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
    model ? [model.modelId] : [],
  );
  // How a 2.x server lists the models of a run.
  const listed = JSON.parse(run.tags.get('mlflow.log-model.history') ?? '[]') as unknown[];
  assert.equal(listed.length, model ? 0 : 1, 'the model is listed at the run, once');
  const fixed = (files: ReadonlyMap<string, string>) => [...files].filter(([path]) => !varies(path));
  assert.deepEqual(fixed(digestsBelow(folderOf(place, run.artifactUri), version.name)), fixed(good.runFiles));
  const files = digestsBelow(packageFolder(place, left)!);
  assert.deepEqual([...files.keys()], [...good.packageFiles.keys()]);
  assert.deepEqual(fixed(files), fixed(good.packageFiles), 'the package is that of the good run, byte for byte');
  for (const tags of [run.tags, model?.tags, version.tags])
    if (tags) assert.equal(tags.get('mlctl.package_digest'), document.digest.package);
  const records = [...version.tags.keys()].filter((key) => key.startsWith('mlctl.history.'));
  assert.equal(records.length, 1, 'one move, one record');
}
