// A loaded model predicts rows of a program as `predict` predicts those of a file, refuses what the contract refuses, and answers any
// number of calls at once.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { iris } from '../../src/data/iris.js';
import { formatCsv } from '../../src/data/write/csv.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { predict } from '../../src/library/list-models.js';
import { load } from '../../src/library/load.js';
import { makeSigningKey, sign } from '../../src/library/sign-models.js';
import type { Model } from '../../src/library/types.js';
import { SchemaError } from '../../src/schema/schema-error.js';
import { endlessLoop, modelOf } from '../inference/models.js';
import { irisLikePackage } from '../support/packages.js';
import { FLOWER, flower, irisVersions, probability } from './iris-versions.js';

const world = await irisVersions();
const URI = 'models:/iris_clf/Production';

/** All flowers as columns of typed arrays. */
const columns = Object.fromEntries(
  iris()
    .columns.filter(({ type }) => type === 'double')
    .map(({ name, values }) => [name, values as Float64Array]),
);
const names = Object.keys(columns);
const rows = Array.from({ length: 150 }, (_, i) => Object.fromEntries(names.map((name) => [name, columns[name]![i]!])));

test('what is known of a model', async () => {
  const model = await load(URI, world);
  assert.deepEqual(
    [model.uri, model.version, model.resolved.stage, model.flavor, model.engine, model.verified],
    [URI, 1, 'Production', 'onnx', 'onnxruntime', 'registry'],
  );
  assert.match(model.digest.package, /^sha256:[0-9a-f]{64}$/);
  assert.equal(model.lineage?.run_id, model.resolved.run_id);
  assert.equal(model.signature?.inputs?.kind, 'columns');
  await model.close();
});

test('with a public key only what was signed with it is opened', async () => {
  const world = await irisVersions();
  await makeSigningKey({ path: 'k' }, world);
  await makeSigningKey({ path: 'other' }, world);
  const refused = { code: 'SIGNATURE_REFUSED', exitCode: 7 };
  await assert.rejects(load(URI, { ...world, publicKey: 'k.pub' }), { ...refused, message: /there is no signature/ });
  await sign({ uri: URI, key: 'k' }, world);
  await using model = await load(URI, { ...world, publicKey: 'k.pub' });
  assert.equal((await model.predict([FLOWER])).length, 1);
  await assert.rejects(load(URI, { ...world, publicKey: 'other.pub' }), { ...refused, message: /by another key/ });
});

test('rows, columns and split give the answers of a file, bit by bit, in the form that was given', async () => {
  await using model = await load(URI, world);
  const only = { rows: 150, columns: iris().columns.filter(({ type }) => type === 'double') };
  writeFileSync(join(world.cwd, 'rows.csv'), formatCsv(only));
  await predict({ uri: URI, input: 'rows.csv', output: 'answers.ndjson' }, world);
  const ofFile = readFileSync(join(world.cwd, 'answers.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

  const ofRows = await model.predict(rows);
  assert.deepEqual(ofRows, ofFile);
  const split = { columns: names, data: rows.map((row) => names.map((name) => row[name])) };
  assert.deepEqual(await model.predict(split), ofFile);
  assert.deepEqual(await model.predict({ dataframe_split: split }), ofFile);
  assert.deepEqual(await model.predict(rows, { schema: 'mlflow' }), ofFile);
  const ofColumns = await model.predict(columns);
  assert.ok(ofColumns['label'] instanceof BigInt64Array && ofColumns['probability_0'] instanceof Float64Array);
  for (const [name, values] of Object.entries(ofColumns))
    assert.deepEqual(
      Array.from(values as ArrayLike<unknown>, Number),
      ofFile.map((row) => row[name]),
    );
});

/** The error of a call that must be refused. */
async function refusalOf(work: Promise<unknown>): Promise<SchemaError> {
  const error = await work.then(
    () => assert.fail('the rows were taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SchemaError, String(error));
  assert.deepEqual([error.code, error.exitCode], ['SCHEMA_VIOLATION', 5]);
  return error;
}

const double = (name: string) => ({ name, type: { kind: 'scalar', scalar: 'double' }, required: true }) as const;

const BAD: readonly (readonly [rows: unknown, code: string, says: RegExp])[] = [
  [[{ ...FLOWER, 'petal width (cm)': '0.2' }], 'SCHEMA_WRONG_TYPE', /row 0: string "0.2" in a double column/],
  [[FLOWER, { ...FLOWER, 'petal width (cm)': undefined }], 'SCHEMA_MISSING_COLUMN', /row 1/],
  [[{ ...FLOWER, 'petal width (cm)': null }], 'SCHEMA_NULL', /null in a required double column/],
  [[{ ...FLOWER, 'petal width (cm)': Number.NaN }], 'SCHEMA_NULL', /null in a required double column/],
  [
    [{ ...FLOWER, 'petal width (cm)': Number.NEGATIVE_INFINITY }],
    'SCHEMA_NOT_A_NUMBER',
    /-Infinity is not a finite number/,
  ],
  [[{ ...FLOWER, 'Petal width (cm)': 1 }], 'SCHEMA_UNKNOWN_COLUMN', /did you mean 'petal width \(cm\)'/],
  [[{ ...FLOWER, 'petal width (cm)': 2n ** 60n + 1n }], 'SCHEMA_LOSSY_CAST', /has no exact double/],
  [[], 'SCHEMA_NO_ROWS', /no rows/],
  [[7], 'SCHEMA_WRONG_TYPE', /the row is number 7, not an object/],
  [FLOWER, 'SCHEMA_PROTOCOL', /expected a list of rows, \[row\]/],
  ['rows', 'SCHEMA_PROTOCOL', /the rows are string/],
  [{ ...columns, 'petal width (cm)': new Float64Array(3) }, 'SCHEMA_RAGGED', /has 3 values, but another has 150/],
  [{ columns: names, data: [[1, 2, 3]] }, 'SCHEMA_RAGGED', /row 0 has 3 values/],
];

test('rows that break the signature are refused with every finding, and check finds the same without a run', async () => {
  await using model = await load(URI, world);
  for (const [bad, code, says] of BAD) {
    const error = await refusalOf(model.predict(bad as never));
    assert.equal(error.findings[0]?.code, code);
    assert.match(error.message, says);
    assert.deepEqual(await model.check(bad as never), error.findings);
  }
  assert.deepEqual(await model.check([FLOWER]), []);
  const two = await refusalOf(
    model.predict([
      { ...FLOWER, 'petal width (cm)': true },
      { ...FLOWER, id: 'x' },
    ]),
  );
  assert.equal(two.findings.length, 2);
  const params = await refusalOf(model.predict([FLOWER], { params: { threshold: 0.5 } }));
  assert.equal(params.findings[0]?.code, 'SCHEMA_UNKNOWN_PARAM');
  const theirs = await refusalOf(model.predict([{ ...FLOWER, 'petal width (cm)': 'x' }], { schema: 'mlflow' }));
  assert.match(theirs.message, /Incompatible input types|Failed to convert/);
  await assert.rejects(model.predict([{ ...FLOWER, 'petal width (cm)': () => 1 }]), { code: 'DATA_INVALID' });
  const itself: Record<string, unknown> = { ...FLOWER };
  itself['petal width (cm)'] = itself;
  await assert.rejects(model.predict([itself]), { code: 'DATA_INVALID', message: /nested more than/ });
});

test('columns that rows may have are ignored if the program says so, and the hint says how', async () => {
  const row = { ...FLOWER, id: 'a1', at: new Date(0) };
  const strict = await load(URI, world);
  const error = await refusalOf(strict.predict([row]));
  assert.equal(error.hint, 'load the model with { ignore: ["id","at"] } if these columns may be there');
  const [expected] = await strict.predict([FLOWER]);
  await strict.close();
  await using model = await load(URI, { ...world, ignore: ['id', 'at'] });
  assert.deepEqual(await model.predict([row]), [expected]);
});

test('10,000 calls at once: each gets the answer to its own row', async () => {
  await using model = await load(URI, world);
  const alone = new Map<number, number>();
  for (let i = 0; i < 2000; i += 40) alone.set(i, probability((await model.predict([flower(i)]))[0]));
  const answers = await Promise.all(Array.from({ length: 10_000 }, (_, i) => model.predict([flower(i % 2000)])));
  const batch = await model.predict(Array.from({ length: 2000 }, (_, i) => flower(i)));
  for (const [i, answer] of answers.entries()) {
    assert.equal(answer.length, 1);
    assert.equal(probability(answer[0]), probability(batch[i % 2000]));
    if (alone.has(i)) assert.equal(probability(answer[0]), alone.get(i));
  }
  assert.ok(new Set(batch.map(probability)).size > 1900);
});

test('close waits for the calls under way; later calls are refused', async () => {
  const model: Model = await load(URI, world);
  const calls = Array.from({ length: 100 }, (_, i) => model.predict([flower(i)]));
  await model.close();
  assert.equal((await Promise.all(calls)).length, 100);
  await assert.rejects(model.predict([FLOWER]), { code: 'USAGE', message: `${URI} was closed` });
  await model.close();
});

test('what prevents loading is thrown with its code', async () => {
  await assert.rejects(load('models:/iris_clf/9', world), { code: 'MODEL_NOT_FOUND', exitCode: 3 });
  await assert.rejects(load('models:/', world), { code: 'URI_INVALID' });
  await using model = await load(URI, world);
  await assert.rejects(model.predict([FLOWER], { schema: 'lax' as never }), { code: 'USAGE' });
});

test('a model that is not known here runs in a process of its own: a call that hangs costs itself, and the next one answers', async () => {
  const folder = join(world.cwd, 'endless');
  const signature = {
    inputs: { kind: 'columns', columns: [double('x')] },
    outputs: { kind: 'columns', columns: [double('y')] },
    params: null,
  } as const;
  await writeFolderAtomically(
    folder,
    irisLikePackage({ payload: modelOf(endlessLoop()), signature, inputExample: null, golden: null }),
  );
  await using model = await load(folder, { ...world, timeoutMs: 10_000 });
  assert.deepEqual(await model.predict([{ x: -1 }]), [{ y: -1 }]);
  await assert.rejects(model.predict([{ x: 1 }]), { code: 'MODEL_TIMEOUT' });
  const answers = await Promise.all([-2, -3].map((x) => model.predict([{ x }])));
  assert.deepEqual(answers, [[{ y: -2 }], [{ y: -3 }]]);
});
