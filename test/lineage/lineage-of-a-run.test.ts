// What a run records of how its model was made is read back whole, a change of it is seen, and runs without it are read by their tags.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { localFolderOf } from '../../src/artifacts/open.js';
import { openFileArtifacts } from '../../src/artifacts/open-file-artifacts.js';
import { sha256 } from '../../src/files/digest-folder.js';
import { canonicalJson } from '../../src/lineage/canonical-json.js';
import { formatLineage } from '../../src/lineage/format-lineage.js';
import { LINEAGE_DIGEST_TAG, RUN_DIGEST_TAG } from '../../src/lineage/names.js';
import { parseLineage } from '../../src/lineage/parse-lineage.js';
import { readLineage } from '../../src/lineage/read-lineage.js';
import { changedRunParts, recordOf } from '../../src/lineage/run-digest.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import type { World } from '../../src/world.js';
import { irisLikePlan, lineageLike } from '../support/plans.js';
import { testWorld } from '../support/worlds.js';

async function logged(world: World, parts = {}) {
  const stores = lazyStores(world, {});
  try {
    const plan = irisLikePlan({ register: { name: 'iris_clf' }, ...parts });
    const done = await logModel(world, stores, {}, plan);
    const tracking = await stores.tracking();
    const run = (await tracking.getRun(done.run_id!))!;
    const model = (await tracking.getLoggedModel(done.model_id!))!;
    const version = (await (await stores.registry()).getModelVersion('iris_clf', done.registered!.version))!;
    const folder = localFolderOf(run.artifactUri, world.cwd)!;
    return {
      plan,
      run,
      model,
      version,
      folder,
      read: () => readLineage(run, openFileArtifacts(folder), [version.tags, model.tags]),
    };
  } finally {
    await stores.close();
  }
}

test('the lineage is an artifact of the run, and its digest is with run, model and version', async () => {
  const { plan, run, model, version, read } = await logged(testWorld());
  const { digest } = formatLineage(plan.lineage);
  for (const { tags } of [run, model, version]) assert.equal(tags.get(LINEAGE_DIGEST_TAG), digest);
  assert.deepEqual(await read(), {
    lineage: plan.lineage,
    from: 'artifact',
    file: 'lineage.json',
    digest,
    recorded: digest,
    fault: null,
  });
  const git = { ...plan.lineage.git, commit: 'c'.repeat(40), branch: 'main', remote: 'https://x/y.git', dirty: true };
  const other = await logged(testWorld(), { lineage: lineageLike({ git }) });
  assert.equal(other.run.tags.get('mlflow.source.git.branch'), 'main');
  assert.equal(other.run.tags.get('mlflow.source.git.repoURL'), 'https://x/y.git');
  assert.equal(other.run.tags.get('mlctl.git_dirty'), 'true');
});

test('a changed, a damaged and a removed artifact are told apart', async () => {
  const { folder, plan, read } = await logged(testWorld());
  const place = join(folder, 'lineage.json');
  writeFileSync(place, canonicalJson({ ...plan.lineage, user: 'eve' }));
  const changed = await read();
  assert.equal(changed.lineage.user, 'eve');
  assert.match(changed.fault ?? '', /^lineage\.json has digest sha256:\w+, and sha256:\w+ was recorded$/);
  writeFileSync(place, canonicalJson({ ...plan.lineage, data: 'none' }));
  const damaged = await read();
  assert.equal(damaged.from, 'tags');
  assert.equal(damaged.fault, 'lineage.json cannot be read: its part "data" is missing or has another form');
  rmSync(place);
  const removed = await read();
  assert.deepEqual([removed.from, removed.fault], ['tags', 'the run has no lineage.json any more']);
  assert.equal(removed.lineage.source, 'recipe.yaml');
});

test('the digest of the run is that of the run as the store gives it, and says what was changed', async () => {
  const infinite = new Map([
    ['a', Number.POSITIVE_INFINITY],
    ['b', Number.NaN],
    ['c', 0.1],
  ]);
  const { run, model, version } = await logged(testWorld(), { metrics: infinite });
  for (const { tags } of [model, version])
    assert.deepEqual(changedRunParts(tags.get(RUN_DIGEST_TAG)!, recordOf(run)), []);
  const recorded = version.tags.get(RUN_DIGEST_TAG)!;
  const now = recordOf(run);
  const other = (tags: ReadonlyMap<string, string>) => new Map([...tags, ['x', 'y']]);
  assert.deepEqual(changedRunParts(recorded, { ...now, params: other(now.params) }), ['params']);
  assert.deepEqual(changedRunParts(recorded, { ...now, tags: other(now.tags) }), ['tags']);
  assert.deepEqual(changedRunParts(recorded, { ...now, metrics: new Map([...now.metrics, ['c', 0.2]]) }), ['metrics']);
  assert.equal(changedRunParts('sha256:1', now), null);
});

test('a model logged into a run that is there has its own lineage', async () => {
  const world = testWorld();
  const first = await logged(world);
  const lineage = lineageLike({ made_by: 'log', recipe: null, data: [] });
  const second = await logged(world, {
    existingRunId: first.run.runId,
    lineage,
    params: new Map(),
    metrics: new Map(),
  });
  assert.deepEqual((await first.read()).lineage, first.plan.lineage);
  const read = await second.read();
  assert.deepEqual([read.lineage, read.fault], [lineage, null]);
  assert.match(read.file ?? '', /^lineage\/[0-9a-f]{16}\.json$/);
  assert.deepEqual(changedRunParts(second.model.tags.get(RUN_DIGEST_TAG)!, recordOf(second.run)), []);
});

test('a run of an older mlctl, or of Python, is read by its tags and data sets', async () => {
  const { run } = await logged(testWorld());
  const folder = testWorld().cwd;
  mkdirSync(folder, { recursive: true });
  const tags = new Map([...run.tags].filter(([key]) => key !== LINEAGE_DIGEST_TAG));
  tags.set('mlctl.recipe_digest', 'sha256:r');
  const { lineage, from, fault } = await readLineage({ ...run, tags }, openFileArtifacts(folder));
  assert.deepEqual([from, fault, lineage.made_by], ['tags', null, 'train']);
  assert.deepEqual(lineage.recipe, { digest: 'sha256:r', file: null, file_digest: null });
  assert.deepEqual(
    lineage.data.map(({ name, source, digest, rows }) => [name, source, digest, rows]),
    [['iris', '/x/iris.csv', 'sha256:abc', 150]],
  );
  assert.equal(parseLineage(formatLineage(lineage).bytes) === lineage, false);
  assert.deepEqual(parseLineage(formatLineage(lineage).bytes), lineage);
});

test('canonical JSON has one text for a value', () => {
  assert.equal(
    canonicalJson({ b: [1e21, -0, Number.NaN], a: { '\u00e9': 'x', z: undefined, '10': 1 } }),
    '{"a":{"10":1,"é":"x"},"b":[1e+21,0,"NaN"]}',
  );
  assert.equal(sha256(canonicalJson({ x: 1, y: 2 })), sha256(canonicalJson({ y: 2, x: 1 })));
});
