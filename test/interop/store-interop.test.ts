// One store file, mlctl and Python MLflow in turn: each reads what the other wrote, and both search alike.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openTracking } from '../../src/tracking/open.js';
import { Sqlite } from '../../src/tracking/sqlite/driver.js';
import type { TrackingStore } from '../../src/tracking/tracking-store.js';
import { ROOT, scratch } from '../support/paths.js';
import { type PythonEnvironment, pythonOf, runPython } from '../support/python.js';
import { type Logged, logOneRun, register, testWorld } from '../tracking/test-world.js';

const RUN_SEARCHES: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ["metrics.acc > 0.4 AND params.`C` = '1.0'", []],
  ['metrics.acc >= 0.5 and metrics.acc <= 0.9', ['metrics.acc DESC']],
  ['metrics.acc != 0.5', ['metrics.acc']],
  ['metrics.acc < 1e-1', ['metric.acc ASC', 'start_time ASC']],
  ['metrics.`a b/c` > -1.5', []],
  ["params.C != '1.0'", ['params.C DESC']],
  ["param.`odd name` LIKE 'v%'", ['attributes.start_time ASC']],
  ["params.C ILIKE '1%'", []],
  ["params.C LIKE '%.0' and tags.who LIKE 'A%'", []],
  ["tags.who ILIKE 'a%'", ['tags.who', 'run_id DESC']],
  ["tags.who LIKE '_da'", []],
  ['tags."who" = "Ada"', []],
  ["tags.`mlflow.user` = 'ada'", ['tags.`mlflow.runName` DESC']],
  ['tags.rare IS NULL', []],
  ['tag.rare IS NOT NULL', []],
  ['params.rare is null and metrics.acc > 0', []],
  ["attributes.status = 'FINISHED'", ['end_time DESC']],
  ["attribute.status != 'FINISHED'", ['attributes.status']],
  ["status = 'RUNNING'", []],
  ["attributes.run_name LIKE 'run 1%'", []],
  ["attributes.`Run name` = 'run 3'", []],
  ["run_name ILIKE 'RUN 2'", []],
  ["user_id = 'ada'", ['run_name DESC']],
  ['start_time > 1700000000005', []],
  ['attributes.start_time >= 1700000000005 AND attributes.end_time < 1700000000020', []],
  ['created <= 1700000000003', ['Created ASC']],
  ["dataset.name = 'data a'", []],
  ["dataset.name LIKE 'data%' and dataset.digest != 'd0'", []],
  ["dataset.context = 'training'", []],
  ["dataset.name IN ('data a', 'data b')", []],
  ["datasets.context NOT IN ('training')", []],
  ["attributes.run_id IN ('RUN0', 'RUN5')", []],
  ["run_id NOT IN ('RUN0')", ['metrics.acc DESC', 'params.C ASC']],
  ["attributes.run_id = 'RUN7'", []],
  ['', ['metrics.acc DESC']],
  ['', ['metrics.nothing DESC', 'start_time DESC']],
  ['', ['params.C', 'tags.who DESC']],
  ["tags.who = 'it''s'", []],
  ["params.C = '%'", []],
];
const BAD_SEARCHES = [
  'metrics.acc > "x"',
  "metrics.acc LIKE 'x'",
  "attributes.nothing = 'x'",
  'params.C = 1',
  "params.C > '1'",
  "start_time = 'x'",
  "foo.bar = 'x'",
  "status IN ('FINISHED')",
  'metrics.acc > 1 OR metrics.acc < 0',
  "params.C = 'x",
  'metrics.acc',
];
const VERSION_SEARCHES = [
  '',
  "name = 'clf'",
  "name LIKE 'c%'",
  "name ILIKE 'C%' and version_number > 1",
  "tags.by = 'ada'",
  "tag.by != 'ada'",
  "run_id = 'RUN0'",
  "run_id IN ('RUN0', 'RUN1')",
  "source_path LIKE 'models:/%'",
  'version_number <= 2',
];
const MODEL_SEARCHES = [
  '',
  "name = 'clf'",
  "name ILIKE 'C%'",
  "tags.team = 'a'",
  "name IN ('clf', 'other')",
  "tag.`mlflow.prompt.is_prompt` != 'true'",
];
const EXPERIMENT_SEARCHES = [
  '',
  "name LIKE 'sea%'",
  "name ILIKE 'DEFAULT'",
  'attribute.creation_time > 0',
  "tags.x = 'y'",
  "experiment_id = '1'",
];

const PYTHON = `
import json, os, sys, math, warnings, logging
warnings.filterwarnings('ignore'); logging.disable(logging.CRITICAL)
os.chdir(sys.argv[1])
order = json.loads(sys.argv[2])
import mlflow
from mlflow import MlflowClient
c = MlflowClient()
out = {}
def run(r):
    return {'name': r.info.run_name, 'status': r.info.status, 'user': r.info.user_id, 'artifact_uri': r.info.artifact_uri, 'start': r.info.start_time, 'end': r.info.end_time,
        'params': r.data.params, 'tags': r.data.tags, 'metrics': {k: repr(v) for k, v in r.data.metrics.items()},
        'datasets': [[d.dataset.name, d.dataset.digest, d.dataset.source_type, d.dataset.source, d.dataset.schema, d.dataset.profile, {t.key: t.value for t in d.tags}] for d in r.inputs.dataset_inputs],
        'outputs': [[m.model_id, m.step] for m in r.outputs.model_outputs] if r.outputs else []}
def version(v):
    return {'version': int(v.version), 'stage': v.current_stage, 'run': v.run_id, 'source': v.source, 'aliases': list(v.aliases), 'tags': v.tags, 'status': v.status}
out['runs'] = {i: run(mlflow.get_run(i)) for i in order.get('runs', [])}
out['history'] = {i: [[m.timestamp, m.step, m.value] for m in c.get_metric_history(i, 'curve')] for i in order.get('runs', [])}
for name in order.get('models', []):
    out[name] = {'versions': [version(v) for v in sorted(c.search_model_versions(f"name='{name}'"), key=lambda v: int(v.version))],
        'model': {'aliases': {k: int(v) for k, v in c.get_registered_model(name).aliases.items()}, 'tags': c.get_registered_model(name).tags},
        'production': [int(v.version) for v in c.get_latest_versions(name, ['Production'])],
        'uris': [c.get_model_version_download_uri(name, v.version) for v in sorted(c.search_model_versions(f"name='{name}'"), key=lambda v: int(v.version))]}
    out[name]['one'] = version(c.get_model_version(name, '1'))
if 'alias' in order: out['alias'] = int(c.get_model_version_by_alias(*order['alias']).version)
def logged(m):
    return {'name': m.name, 'status': str(m.status), 'location': m.artifact_location, 'run': m.source_run_id, 'params': m.params, 'tags': m.tags,
        'metrics': [[x.key, x.value, x.step, x.dataset_name, x.dataset_digest] for x in (m.metrics or [])]}
out['logged'] = {i: logged(mlflow.get_logged_model(i)) for i in order.get('logged', [])}
def attempt(f):
    try: return f()
    except mlflow.exceptions.MlflowException as e: return 'refused'
if 'searches' in order:
    e = order['experiment']
    out['searches'] = [attempt(lambda: [r.info.run_id for r in c.search_runs([e], f, order_by=o, max_results=1000)]) for f, o in order['searches']]
    out['bad'] = [attempt(lambda: [r.info.run_id for r in c.search_runs([e], f)]) for f in order['bad']]
    out['frame'] = int(mlflow.search_runs([e], filter_string='metrics.acc > 0.4').shape[0])
    out['versions'] = [[f'{v.name}/{v.version}' for v in c.search_model_versions(f)] for f in order['versions']]
    out['registered'] = [[m.name for m in c.search_registered_models(f)] for f in order['registered']]
    out['experiments'] = [[x.experiment_id for x in c.search_experiments(filter_string=f)] for f in order['experiments']]
if order.get('write'):
    mlflow.set_experiment('by python')
    with mlflow.start_run(run_name='python run') as r:
        mlflow.log_param('C', 2); mlflow.log_metric('acc', 0.5, step=3); mlflow.log_metric('nan', float('nan')); mlflow.set_tag('t', 'ü 日本')
        out['wrote'] = r.info.run_id
    m = mlflow.create_external_model(name='ext', source_run_id=r.info.run_id)
    mlflow.log_metrics({'q': 0.25}, run_id=r.info.run_id, model_id=m.model_id, step=1)
    out['wroteModel'] = m.model_id
    c.create_registered_model('by python', tags={'a': 'b'})
    v = c.create_model_version('by python', 'models:/' + m.model_id, run_id=r.info.run_id, model_id=m.model_id)
    c.set_registered_model_alias('by python', 'champion', v.version)
    c.transition_model_version_stage('by python', v.version, 'Staging')
    c.log_metric(order['runs'][0], 'late', 1.5)
    c.set_tag(order['runs'][0], 'late tag', 'x')
    with mlflow.start_run(run_name='gone') as g: pass
    c.delete_run(g.info.run_id); out['deleted'] = g.info.run_id
print('ANSWER' + json.dumps(out))
`;

// biome-ignore lint/suspicious/noExplicitAny: the shape is the program's above
type Answer = any;

function ask(python: string, folder: string, order: Record<string, unknown>): Answer {
  const done = runPython(python, PYTHON, [folder, JSON.stringify(order)]);
  const line = done.stdout.split('\n').find((text) => text.startsWith('ANSWER'));
  assert.ok(line, done.stderr.slice(-3000));
  return JSON.parse(line.slice(6));
}

async function fill(store: TrackingStore): Promise<{ experimentId: string; ids: string[] }> {
  const { experimentId } = await store.ensureExperiment('searched');
  const ids: string[] = [];
  for (let i = 0; i < 14; i++) {
    const run = await store.createRun({
      experimentId,
      runName: `run ${i}`,
      userId: i % 3 === 0 ? 'ada' : 'bob',
      startTime: 1_700_000_000_000 + (i % 7),
      tags: new Map([
        ['mlflow.user', i % 3 === 0 ? 'ada' : 'bob'],
        ['who', ['Ada', 'ada', 'Bob', "it''s"][i % 4] ?? ''],
        ...(i === 5 ? [['rare', 'x'] as [string, string]] : []),
      ]),
      requestId: `r${i}`,
    });
    ids.push(run.runId);
    const value = [0.5, 0.9, Number.NaN, 0, -2, Number.POSITIVE_INFINITY, 0.05][i % 7] ?? 0;
    const at = { timestamp: 1000 + i, step: 0 };
    await store.logBatch(run.runId, {
      params: new Map([
        ['C', ['1.0', '0.1', '10.0', '%'][i % 4] ?? ''],
        ...(i % 2 ? [['odd name', `v${i}`] as [string, string]] : []),
        ...(i === 6 ? [['rare', 'x'] as [string, string]] : []),
      ]),
      metrics:
        i === 13
          ? []
          : [
              { key: 'acc', value, ...at },
              { key: 'a b/c', value: -i, ...at },
            ],
    });
    if (i % 3 !== 2)
      await store.logInputs(run.runId, [
        {
          name: i % 2 ? 'data a' : 'data b',
          digest: `d${i % 4}`,
          sourceType: 'local',
          source: '{}',
          schema: null,
          profile: null,
          tags: new Map([['mlflow.data.context', i % 4 === 0 ? 'eval' : 'training']]),
        },
      ]);
    if (i % 2)
      await store.updateRun(run.runId, {
        status: i % 4 === 1 ? 'FINISHED' : 'KILLED',
        endTime: 1_700_000_000_000 + i * 2,
      });
  }
  return { experimentId, ids };
}

/** A tag of a registered model, which mlctl only reads. */
async function tagModel(folder: string, team: string): Promise<void> {
  const sqlite = await Sqlite.open(join(folder, 'mlflow.db'));
  try {
    sqlite.run('DELETE FROM registered_model_tags WHERE name = ? AND key = ?', 'clf', 'team');
    sqlite.run('INSERT INTO registered_model_tags (key, value, name) VALUES (?, ?, ?)', 'team', team, 'clf');
  } finally {
    sqlite.close();
  }
}

for (const environment of ['mlflow'] satisfies PythonEnvironment[]) {
  const found = pythonOf(environment);
  describe(`one file with ${environment}`, { skip: 'skip' in found ? found.skip : false }, () => {
    const python = 'python' in found ? found.python : '';
    const folder = scratch();

    test('each reads and searches what the other wrote, before and after the upgrade', {
      timeout: 300_000,
    }, async () => {
      const store = await openTracking(testWorld(folder));
      const first = await logOneRun(store, 'first');
      const second = await logOneRun(store, 'second', { acc: 0.875 });
      await register(store, 'clf', first);
      await register(store, 'clf', second);
      await register(store, 'other', second);
      await store.transitionStage({ name: 'clf', version: 2, stage: 'Production', archiveExisting: true });
      await store.setAlias('clf', 'champion', 2);
      await store.setModelVersionTag('clf', 2, 'by', 'ada');
      await tagModel(folder, 'a');
      const { experimentId, ids } = await fill(store);
      const named = (text: string) =>
        text.replace(/RUN(\d+)/g, (_, i: string) => ids[Number(i)] ?? '').replaceAll('RUN', first.runId);
      const searches = RUN_SEARCHES.map(([filter, order]) => [named(filter), order] as const);
      const versionSearches = VERSION_SEARCHES.map((text) =>
        text.replace('RUN0', first.runId).replace('RUN1', second.runId),
      );
      const results = async () => ({
        searches: await Promise.all(
          searches.map(async ([filter, orderBy]) =>
            (await store.searchRuns({ experimentIds: [experimentId], filter, orderBy })).items.map((run) => run.runId),
          ),
        ),
        versions: await Promise.all(
          versionSearches.map(async (filter) =>
            (await store.searchModelVersions({ filter })).items.map((v) => `${v.name}/${v.version}`),
          ),
        ),
        registered: await Promise.all(
          MODEL_SEARCHES.map(async (filter) =>
            (await store.searchRegisteredModels({ filter })).items.map((m) => m.name),
          ),
        ),
        experiments: await Promise.all(
          EXPERIMENT_SEARCHES.map(async (filter) =>
            (await store.searchExperiments({ filter })).items.map((e) => e.experimentId),
          ),
        ),
      });
      const before = await results();
      for (const filter of BAD_SEARCHES)
        await assert.rejects(
          store.searchRuns({ experimentIds: [experimentId], filter }),
          { code: 'SEARCH_INVALID' },
          filter,
        );

      const seen = ask(python, folder, {
        runs: [first.runId, second.runId],
        models: ['clf'],
        alias: ['clf', 'champion'],
        logged: [first.modelId, second.modelId],
        experiment: experimentId,
        searches,
        bad: BAD_SEARCHES,
        versions: versionSearches,
        registered: MODEL_SEARCHES,
        experiments: EXPERIMENT_SEARCHES,
        write: true,
      });
      await compareRuns(store, seen, [first, second]);
      assert.equal(seen.alias, 2);
      assert.deepEqual(seen.clf.production, [2]);
      assert.deepEqual(seen.clf.model, { aliases: { champion: 2 }, tags: { team: 'a' } });
      assert.deepEqual(seen.clf.uris, [
        join(folder, 'mlruns', first.experimentId, 'models', first.modelId, 'artifacts'),
        join(folder, 'mlruns', second.experimentId, 'models', second.modelId, 'artifacts'),
      ]);
      for (const version of seen.clf.versions) {
        const ours = await store.getModelVersion('clf', version.version);
        assert.deepEqual(
          [version.stage, version.run, version.source, version.status],
          [ours?.stage, ours?.runId, ours?.source, ours?.status],
        );
        assert.deepEqual(version.tags, Object.fromEntries(ours?.tags ?? []));
      }
      assert.equal(seen.one?.version ?? seen.clf.one.version, 1);
      for (const [i, filter] of searches.entries())
        assert.deepEqual(before.searches[i], seen.searches[i], `search ${JSON.stringify(filter)}`);
      for (const [i, filter] of BAD_SEARCHES.entries()) assert.equal(seen.bad[i], 'refused', filter);
      assert.ok(before.searches.filter((list) => list.length > 0).length > 30, 'most searches find something');
      assert.equal(
        seen.frame,
        before.searches[1] === undefined
          ? -1
          : (await store.searchRuns({ experimentIds: [experimentId], filter: 'metrics.acc > 0.4' })).items.length,
      );
      assert.deepEqual(before.versions, seen.versions);
      assert.deepEqual(before.registered, seen.registered);
      assert.deepEqual(before.experiments, seen.experiments);

      // The same connection goes on after Python's upgrade.
      assert.deepEqual((await results()).searches, before.searches);
      const byPython = await store.getRun(seen.wrote);
      assert.equal(byPython?.runName, 'python run');
      assert.equal(byPython?.params.get('C'), '2');
      assert.equal(byPython?.metrics.get('acc')?.step, 3);
      assert.ok(Number.isNaN(byPython?.metrics.get('nan')?.value));
      assert.equal(byPython?.tags.get('t'), 'ü 日本');
      assert.deepEqual(
        byPython?.modelOutputs.map((output) => output.modelId) ?? [],
        byPython?.modelOutputs.length ? [seen.wroteModel] : [],
      );
      assert.equal(
        (await store.getLoggedModel(seen.wroteModel))?.metrics.find((metric) => metric.key === 'q')?.value,
        0.25,
      );
      assert.equal((await store.getModelVersionByAlias('by python', 'champion'))?.modelId, seen.wroteModel);
      assert.equal((await store.getLatestVersions('by python', ['staging']))[0]?.runId, seen.wrote);
      assert.equal((await store.getRegisteredModel('by python'))?.tags.get('a'), 'b');
      assert.equal((await store.getRun(first.runId))?.metrics.get('late')?.value, 1.5);
      assert.equal((await store.getRun(seen.deleted))?.lifecycleStage, 'deleted');

      const third = await logOneRun(store, 'third');
      assert.equal((await register(store, 'clf', third)).version, 3);
      assert.equal((await register(store, 'by python', third)).version, 2);
      await store.setAlias('clf', 'champion', 3);
      await tagModel(folder, 'b');
      await store.transitionStage({ name: 'clf', version: 3, stage: 'Production', archiveExisting: true });
      await store.ensureExperiment('after the upgrade');
      await store.close();
      const again = await openTracking(testWorld(folder));
      const last = ask(python, folder, {
        runs: [third.runId],
        models: ['clf', 'by python'],
        alias: ['clf', 'champion'],
        logged: [third.modelId],
      });
      await compareRuns(again, last, [third]);
      assert.equal(last.alias, 3);
      assert.deepEqual(last.clf.production, [3]);
      assert.deepEqual(last.clf.model, { aliases: { champion: 3 }, tags: { team: 'b' } });
      assert.equal(last['by python'].versions.length, 2);
      await again.close();
    });

    test('two mlctl writers beside a Python writer: nothing lost, nothing refused', { timeout: 300_000 }, async () => {
      const place = scratch();
      const node = `
        import { openTracking } from '${ROOT}/build/src/tracking/open.js';
        import { logOneRun, testWorld } from '${ROOT}/build/test/tracking/test-world.js';
        const store = await openTracking(testWorld(process.argv[1]));
        for (let i = 0; i < 40; i++) await logOneRun(store, process.argv[2] + i);
        await store.close();`;
      const python_ = `
import os, sys, logging; logging.disable(logging.CRITICAL)
os.chdir(sys.argv[1])
import mlflow
mlflow.set_experiment('py')
for i in range(40):
    with mlflow.start_run(run_name=f'py{i}'):
        mlflow.log_metric('a', i); mlflow.log_param('b', i)
`;
      const started = [
        spawn(python, ['-c', python_, place], {
          stdio: ['ignore', 'ignore', 'pipe'],
          env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
        }),
      ];
      await (await openTracking(testWorld(place))).close();
      for (const name of ['x', 'y'])
        started.push(
          spawn(process.execPath, ['--input-type=module', '-e', node, place, name], {
            stdio: ['ignore', 'ignore', 'pipe'],
          }),
        );
      const ends = await Promise.all(
        started.map(
          (child) =>
            new Promise<string>((resolve) => {
              let errors = '';
              child.stderr?.on('data', (part) => {
                errors += String(part);
              });
              child.on('exit', (code) => resolve(code === 0 ? 'ok' : errors.slice(-2000)));
            }),
        ),
      );
      assert.deepEqual(ends, ['ok', 'ok', 'ok']);
      const store = await openTracking(testWorld(place));
      const ids = (await store.searchExperiments()).items.map((e) => e.experimentId);
      const { items } = await store.searchRuns({ experimentIds: ids });
      assert.equal(items.length, 120);
      assert.equal(items.filter((run) => run.status === 'FINISHED').length, 120);
      assert.equal(
        items.filter((run) => run.runName.startsWith('py') && run.metrics.has('a') && run.params.has('b')).length,
        40,
      );
      await store.close();
    });
  });
}

async function compareRuns(store: TrackingStore, seen: Answer, logged: readonly Logged[]): Promise<void> {
  for (const { runId, modelId } of logged) {
    const ours = await store.getRun(runId);
    const theirs = seen.runs[runId];
    assert.ok(ours);
    assert.deepEqual(
      [theirs.name, theirs.status, theirs.user, theirs.artifact_uri, theirs.start, theirs.end],
      [ours.runName, ours.status, ours.userId, ours.artifactUri, ours.startTime, ours.endTime],
    );
    assert.deepEqual(theirs.params, Object.fromEntries(ours.params));
    for (const [key, value] of Object.entries(theirs.tags)) assert.equal(ours.tags.get(key) ?? value, value);
    const { late: _, ...metrics } = theirs.metrics;
    assert.deepEqual(metrics, {
      acc: String(ours.metrics.get('acc')?.value),
      nan: 'nan',
      up: '1.7976931348623157e+308',
      down: '-1.7976931348623157e+308',
      curve: '0.2',
    });
    assert.equal(seen.history[runId].length, 3);
    const [dataset] = ours.datasets;
    assert.deepEqual(theirs.datasets, [
      [
        dataset?.name,
        dataset?.digest,
        dataset?.sourceType,
        dataset?.source,
        dataset?.schema,
        dataset?.profile,
        { 'mlflow.data.context': 'training' },
      ],
    ]);
    assert.deepEqual(theirs.outputs, [[modelId, 0]]);
    const model = await store.getLoggedModel(modelId);
    const theirModel = seen.logged[modelId];
    assert.deepEqual(
      [theirModel.name, theirModel.location, theirModel.run, theirModel.status],
      [model?.name, model?.artifactUri, model?.sourceRunId, 'READY'],
    );
    assert.deepEqual(theirModel.params, { C: '1.0' });
    assert.deepEqual(theirModel.metrics, [['acc', model?.metrics[0]?.value, 0, 'train', 'abcd1234']]);
  }
}
