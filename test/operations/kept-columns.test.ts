// Columns besides the signature: what training left out does not break strict, --ignore lets others be there, --keep carries them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { type PredictRequest, predict } from '../../src/operations/predict.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { trainModel } from '../../src/operations/train.js';
import { validate } from '../../src/operations/validate.js';
import { pythonOf, runPython } from '../support/python.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const streams = () => ({ stdin: Readable.from([]), stdout: new Writable() });
const HEADER = ['id', 'a', 'b', 'since', 'y'];
const rows = Array.from({ length: 60 }, (_, i) => [
  `00${i}, "x"`,
  ((i * 37) % 41) / 4,
  (i * 13) % 29,
  `2024-01-${10 + (i % 19)}`,
  (i * 37) % 41 > 20 ? 'yes' : 'no',
]);
const csvCell = (value: unknown) =>
  /[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
const csvOf = (header: readonly string[], data: readonly (readonly unknown[])[]) =>
  `${[header, ...data].map((row) => row.map(csvCell).join(',')).join('\n')}\n`;
const record = (row: readonly unknown[]) => Object.fromEntries(HEADER.map((name, i) => [name, row[i]]));

async function trained(): Promise<TestWorld> {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'rows.csv'), csvOf(HEADER, rows));
  writeFileSync(join(world.cwd, 'rows.ndjson'), rows.map((row) => `${JSON.stringify(record(row))}\n`).join(''));
  writeFileSync(join(world.cwd, 'split.json'), JSON.stringify({ dataframe_split: { columns: HEADER, data: rows } }));
  writeFileSync(join(world.cwd, 'records.json'), JSON.stringify({ dataframe_records: rows.map(record) }));
  writeFileSync(
    join(world.cwd, 'columns.json'),
    JSON.stringify({
      inputs: Object.fromEntries(HEADER.map((name, i) => [name, rows.map((row) => row[i])])),
    }),
  );
  const set = ['data.drop=[id, since]', 'name=beside'];
  await trainModel(world, { data: 'rows.csv', target: 'y', set, register: true });
  return world;
}

const INPUTS = ['rows.csv', 'rows.ndjson', 'split.json', 'records.json', 'columns.json'];
const URI = 'models:/beside/1';

async function answersOf(world: TestWorld, more: Partial<PredictRequest>): Promise<readonly Record<string, unknown>[]> {
  const output = 'answers.ndjson';
  await predict(world, { uri: URI, input: 'rows.csv', output, ...more }, streams());
  const lines = readFileSync(join(world.cwd, output), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('the file a model was trained on is valid, and predicted, in every format; a note says what was ignored', async () => {
  const world = await trained();
  const wanted = await answersOf(world, { input: 'rows.csv' });
  for (const input of INPUTS) {
    world.notes.length = 0;
    const document = await validate(world, { uri: URI, input }, streams());
    assert.deepEqual([document.findings, document.valid], [[], true], input);
    const names = input === 'rows.csv' ? /'id', 'since', 'y': ignored/ : /'y': ignored/;
    assert.match(world.notes.join('\n'), names, input);
    assert.deepEqual(await answersOf(world, { input }), wanted, input);
    const smoked = await smokeModel(world, { uri: URI, rows: input });
    assert.deepEqual(
      smoked.checks.filter(({ status }) => status === 'fail'),
      [],
      input,
    );
  }
  writeFileSync(join(world.cwd, 'turned.csv'), 'b,y,a\n1,yes,2\n');
  const turned = await validate(world, { uri: URI, input: 'turned.csv' }, streams());
  assert.deepEqual(
    turned.findings.map(({ code }) => code),
    ['SCHEMA_REORDERED'],
  );
});

test('other columns are refused with both flags in the hint, and ignored when asked', async () => {
  const world = await trained();
  const header = ['id', 'a', 'note', 'b', 'when'];
  const data = rows.slice(0, 3).map(([id, a, b]) => [id, a, 'n', b, 1]);
  writeFileSync(join(world.cwd, 'other.csv'), csvOf(header, data));
  writeFileSync(
    join(world.cwd, 'other.ndjson'),
    data.map((row) => `${JSON.stringify(Object.fromEntries(header.map((name, i) => [name, row[i]])))}\n`).join(''),
  );
  for (const input of ['other.csv', 'other.ndjson']) {
    const error = await answersOf(world, { input }).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof MlctlError && error.code === 'SCHEMA_VIOLATION', String(error));
    assert.equal(error.hint, 'add --ignore note,when, or --keep note,when to carry them to the output');
    assert.equal((await answersOf(world, { input, ignore: ['note', 'when', 'nowhere'] })).length, 3, input);
  }
  await assert.rejects(answersOf(world, { input: 'other.csv', ignore: ['a'] }), {
    code: 'USAGE',
    message: '"a" is an input of the model, so it cannot be ignored',
  });
});

test('kept columns come before the predictions as they are, in every format in and out', async () => {
  const world = await trained();
  const wanted = await answersOf(world, { input: 'rows.csv' });
  for (const input of INPUTS) {
    const kept = await answersOf(world, { input, keep: ['id', 'since', 'a'] });
    assert.deepEqual(Object.keys(kept[0]!), ['id', 'since', 'a', ...Object.keys(wanted[0]!)], input);
    assert.deepEqual(
      kept.map(({ id, since, a, ...rest }) => [id, since, Number(a), rest]),
      rows.map((row, i) => [row[0], row[3], row[1], wanted[i]]),
      input,
    );
    await predict(world, { uri: URI, input, output: 'kept.csv', keep: ['id'] }, streams());
    const lines = readFileSync(join(world.cwd, 'kept.csv'), 'utf8').split('\n');
    assert.equal(lines[0], `id,${Object.keys(wanted[0]!).join(',')}`);
    assert.ok(lines[8]!.startsWith('"007, ""x""",'), lines[8]);
    await predict(world, { uri: URI, input, output: 'kept.json', keep: ['id'] }, streams());
    const whole = JSON.parse(readFileSync(join(world.cwd, 'kept.json'), 'utf8')) as { predictions: unknown[] };
    assert.deepEqual(whole.predictions[7], { id: '007, "x"', ...wanted[7] }, input);
  }
});

test('kept cells keep their spelling, and stay with their row when others are skipped', async () => {
  const world = await trained();
  const lines = [
    '{"id": 12345678901234567890, "a": 1, "b": 2, "more": {"x": [1.50, null]}}',
    '{"id": 2, "a": "x", "b": 2}',
    '{"a": 3, "b": 2}',
    '{"id": null, "a": 4.5, "b": 2, "more": true}',
  ];
  writeFileSync(join(world.cwd, 'some.ndjson'), `${lines.join('\n')}\n`);
  const request = { uri: URI, input: 'some.ndjson', keep: ['id', 'more'], onBadRow: 'skip' as const };
  await predict(world, { ...request, output: 'some-answers.ndjson' }, streams());
  const written = readFileSync(join(world.cwd, 'some-answers.ndjson'), 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    written.map((line) => line.slice(0, line.indexOf(', "label"'))),
    [
      '{"id": 12345678901234567890, "more": {"x": [1.50, null]}',
      '{"id": null, "more": null',
      '{"id": null, "more": true',
    ],
  );
  await predict(world, { ...request, output: 'some.csv' }, streams());
  const cells = readFileSync(join(world.cwd, 'some.csv'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/,(?:yes|no|label).*/, ''));
  assert.deepEqual(cells, ['id,more', '12345678901234567890,"{""x"": [1.50, null]}"', ',', ',true', '']);
  writeFileSync(join(world.cwd, 'gaps.csv'), 'id,a,b\n007,1,2\n,x,3\n"",2,3\n,3,4\n');
  assert.deepEqual(
    (await answersOf(world, { input: 'gaps.csv', keep: ['id'], onBadRow: 'skip' })).map(({ id }) => id),
    ['007', '', null],
  );
});

test('a column that cannot be kept is refused', async () => {
  const world = await trained();
  for (const input of INPUTS)
    await assert.rejects(answersOf(world, { input, keep: ['idd'] }), {
      code: 'SCHEMA_VIOLATION',
      message: /column 'idd' is to be kept, but the data does not have it: did you mean 'id'\?/,
    });
  await assert.rejects(answersOf(world, { keep: ['id'], mode: 'mlflow' }), {
    code: 'USAGE',
    message: /only in strict/,
    hint: /^leave out --schema mlflow, or --keep; the predictions have the order of the rows/,
  });
  writeFileSync(join(world.cwd, 'clash.csv'), 'a,b,label\n1,2,old\n');
  await assert.rejects(answersOf(world, { input: 'clash.csv', keep: ['label'] }), {
    code: 'USAGE',
    message: 'the kept column "label" has the name of an output of the model',
  });
});

test('a Parquet file with columns besides', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const world = await trained();
  const code = 'import pandas as pd; f = pd.read_csv("rows.csv"); f["n"] = range(len(f)); f.to_parquet("rows.parquet")';
  const made = runPython(found.python, code, [], { cwd: world.cwd });
  assert.equal(made.status, 0, made.stderr);
  const wanted = await answersOf(world, { input: 'rows.csv' });
  assert.deepEqual(await answersOf(world, { input: 'rows.parquet', ignore: ['n'] }), wanted);
  const kept = await answersOf(world, { input: 'rows.parquet', keep: ['id', 'n', 'a'] });
  assert.deepEqual(
    kept.map(({ id, n, a, ...rest }) => [id, n, a, rest]),
    rows.map((row, i) => [row[0], i, row[1], wanted[i]]),
  );
});
