// What must hold of an embedded store after anything happened to a writer: it opens, every registered version has its whole
// package with the recorded digest, no READY model is torn, no temporary file is left in a place that is read.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { digestPackage } from '../../src/model/digest-package.js';
import { openTracking } from '../../src/tracking/open.js';
import { testWorld } from './worlds.js';

export interface StoreCount {
  readonly runs: number;
  readonly running: number;
  readonly readyModels: number;
  readonly versions: number;
}

export async function checkStore(folder: string): Promise<StoreCount> {
  if (!existsSync(join(folder, 'mlflow.db'))) return { runs: 0, running: 0, readyModels: 0, versions: 0 };
  const store = await openTracking(testWorld({ cwd: folder }), {});
  try {
    const experiments = (await store.searchExperiments({ maxResults: 1000 })).items;
    const experimentIds = experiments.map((experiment) => experiment.experimentId);
    const runs = (await store.searchRuns({ experimentIds, maxResults: 10_000 })).items;
    let readyModels = 0;
    for (const model of await store.searchLoggedModels({ experimentIds })) {
      if (model.status !== 'READY') continue;
      readyModels += 1;
      const digest = await digestPackage(model.artifactUri);
      assert.equal(
        digest.package,
        model.tags.get('mlctl.package_digest'),
        `model ${model.modelId} is READY and its bytes are not those recorded`,
      );
    }
    let versions = 0;
    for (const registered of (await store.searchRegisteredModels({ maxResults: 1000 })).items) {
      const found = (await store.searchModelVersions({ filter: `name = '${registered.name}'`, maxResults: 10_000 }))
        .items;
      for (const version of found) {
        versions += 1;
        const location = await store.getModelVersionLocation(version.name, version.version);
        assert.ok(
          existsSync(join(location, 'MLmodel')),
          `${version.name} version ${version.version} has no package at ${location}`,
        );
        const digest = await digestPackage(location);
        assert.equal(
          digest.package,
          version.tags.get('mlctl.package_digest'),
          `${version.name} version ${version.version} is torn`,
        );
      }
      assert.deepEqual(
        found.map((version) => version.version).sort((a, b) => a - b),
        found.map((_, index) => index + 1),
        `${registered.name}: version numbers have a gap`,
      );
    }
    return { runs: runs.length, running: runs.filter((run) => run.status === 'RUNNING').length, readyModels, versions };
  } finally {
    await store.close();
  }
}

/** Files that a writer names while it works and must not leave in a run's or model's folder after a clean end. */
export function temporaryFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /\.tmp|\.partial|~$/.test(file));
}
