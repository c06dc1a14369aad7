import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { smokeExitCode } from '../../src/checks/smoke-exit-code.js';
import type { SmokeDocument } from '../../src/documents/smoke.js';
import type { SmokeRequest } from '../../src/operations/smoke.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { formatJunit } from '../../src/reports/junit.js';
import { logModel } from '../../src/runs/log-model.js';
import { lazyStores } from '../../src/session/stores.js';
import type { World } from '../../src/world.js';
import { assertChecks } from '../support/assert-checks.js';
import { evaluation, irisPlan } from '../support/iris-package.js';
import { testWorld } from '../support/worlds.js';

async function loggedIris(parts: Parameters<typeof irisPlan>[0] = {}) {
  const world = testWorld();
  const stores = lazyStores(world, {});
  try {
    return { world, done: await logModel(world, stores, {}, irisPlan(parts)) };
  } finally {
    await stores.close();
  }
}

async function smoke(world: World, request: SmokeRequest) {
  const document = await smokeModel(world, request);
  // What programs read is JSON: nothing in it may be lost or refused by the writer.
  const json = JSON.parse(JSON.stringify(document)) as SmokeDocument;
  return {
    document: json,
    exit: smokeExitCode(document),
    of: (name: string) => json.checks.find((check) => check.name === name)!,
  };
}

test('a run in the embedded store passes through every URI, and rescore shows the metrics of the lesson', async () => {
  const { world, done } = await loggedIris({ register: { name: 'iris_clf', stage: 'Production', alias: 'champion' } });
  for (const uri of [
    undefined,
    done.model_uri!,
    `models:/${done.model_id}`,
    'models:/iris_clf/Production',
    'models:/iris_clf@champion',
  ]) {
    const { document, exit, of } = await smoke(world, {
      ...(uri === undefined ? {} : { uri }),
      maxLatencyMs: 10_000,
    });
    assertChecks(document.checks, {}, String(uri));
    assert.equal(exit, 0);
    assert.equal(document.flavor, 'onnx');
    assert.deepEqual(document.digest, done.digest);
    assert.equal(document.error, null);
    const { val_acc, val_precision, val_recall, val_f1 } = of('rescore').details['metrics'] as Record<string, number>;
    assert.deepEqual(
      [val_acc, val_precision, val_recall, val_f1],
      [0.9666666666666667, 0.9696969696969697, 0.9666666666666667, 0.9665831244778612],
    );
    assert.equal(document.predictions.length, 2);
    assert.deepEqual(Object.keys(document.predictions[0]!), [
      'label',
      'probability_0',
      'probability_1',
      'probability_2',
    ]);
    assert.match(
      formatJunit(document),
      new RegExp(`tests="${document.checks.length}" failures="0" errors="0" skipped="0"`),
    );
  }
});

test('one flipped bit of the payload in the store is caught before the runtime opens it', async () => {
  const { world, done } = await loggedIris();
  const payload = join(done.path!, 'model.onnx');
  const bytes = readFileSync(payload);
  bytes[700]! ^= 1;
  writeFileSync(payload, bytes);
  const { document, exit } = await smoke(world, { uri: done.model_uri! });
  assertChecks(document.checks, { pass: ['resolve'], fail: ['integrity'], rest: 'skip' });
  assert.equal(exit, 7);
  assert.equal(document.error?.code, 'INTEGRITY_MISMATCH');
  assert.equal(document.flavor, null);
  assert.deepEqual(document.predictions, []);
});

test('a folder by its path: known where mlctl wrote these bytes, else not comparable and run on its own; no run, no rescore', async () => {
  const { world, done } = await loggedIris();
  const away = join(world.cwd, 'copied');
  renameSync(done.path!, away);
  const known = await smoke(world, { uri: away });
  assertChecks(known.document.checks, { skip: ['rescore', 'latency'] });
  assert.match(known.of('integrity').message, /identical to a package that mlctl wrote/);
  assert.match(known.of('rescore').message, /no run/);
  assert.equal(known.exit, 0);

  writeFileSync(join(away, 'requirements.txt'), 'onnx\n');
  const foreign = await smoke(world, { uri: away, timeoutMs: 60_000 });
  assertChecks(foreign.document.checks, { skip: ['integrity', 'rescore', 'latency'] });
  assert.match(foreign.of('integrity').message, /no digest was recorded/);
  assert.equal(foreign.exit, 0);
});

test('evaluation rows that were changed fail, rows that are gone are a skip', async () => {
  const { world, done } = await loggedIris();
  const folder = join(done.path!, '..', '..', '..', done.run_id!, 'artifacts', 'evaluation');
  writeFileSync(join(folder, 'y_te.csv'), evaluation.labels.toString().replaceAll('\n0', '\n1'));
  const changed = await smoke(world, { uri: done.model_uri! });
  assert.equal(changed.of('rescore').status, 'fail');
  assert.equal(changed.exit, 1);
  rmSync(folder, { recursive: true });
  const gone = await smoke(world, { uri: done.model_uri! });
  assert.equal(gone.of('rescore').status, 'skip');
  assert.match(gone.of('rescore').message, /kept no evaluation\/X_te\.csv/);
  assert.equal(gone.exit, 0);
});

test('URIs without a model: exit 3 and 2, and every check is listed', async () => {
  const { world } = await loggedIris();
  for (const [uri, exit, code] of [
    ['models:/nobody/1', 3, 'MODEL_NOT_FOUND'],
    [`runs:/${'0'.repeat(32)}/model`, 3, 'RUN_NOT_FOUND'],
    ['models:/', 2, 'URI_INVALID'],
    ['./nowhere', 3, 'MODEL_NOT_FOUND'],
  ] as const) {
    const found = await smoke(world, { uri });
    assertChecks(found.document.checks, { fail: ['resolve'], rest: 'skip' });
    assert.equal(found.document.error?.code, code);
    assert.equal(found.exit, exit);
    assert.equal(found.document.uri, uri);
  }
});

test('--rows in CSV, JSON and NDJSON are answered after the example; bad ones are exit 5, a missing file 3', async () => {
  const { world, done } = await loggedIris();
  const uri = done.model_uri!;
  const names = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];
  const samples = [
    [5.1, 3.5, 1.4, 0.2],
    [6.2, 2.8, 4.8, 1.8],
  ];
  const write = (name: string, text: string) => writeFileSync(join(world.cwd, name), text);
  write('rows.csv', [names, ...samples].map((row) => row.join(',')).join('\n'));
  write('rows.json', JSON.stringify({ dataframe_split: { columns: names, data: samples } }));
  write(
    'rows.ndjson',
    samples.map((row) => JSON.stringify(Object.fromEntries(row.map((value, i) => [names[i], value])))).join('\n'),
  );
  const answers = [];
  for (const rows of ['rows.csv', 'rows.json', 'rows.ndjson']) {
    const { document, exit } = await smoke(world, { uri, rows });
    assert.equal(exit, 0, JSON.stringify(document.checks));
    assert.equal(document.predictions.length, 4);
    answers.push(document.predictions.slice(2));
  }
  assert.deepEqual(
    answers[0]?.map(({ label }) => label),
    [0, 2],
  );
  assert.deepEqual(answers[1], answers[0]);
  assert.deepEqual(answers[2], answers[0]);
  write('bad.csv', `${names.join(',')}\n5.1,3.5,,0.2\n`);
  const bad = await smoke(world, { uri, rows: 'bad.csv' });
  assert.equal(bad.exit, 5);
  assert.match(bad.of('predict').message, /petal length \(cm\)/);
  assert.equal((await smoke(world, { uri, rows: 'none.csv' })).exit, 3);
});
