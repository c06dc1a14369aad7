// predict: what the name of an output says, outputs that are the input itself, and other delimiters.
import assert from 'node:assert/strict';
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { type PredictRequest, predict } from '../../src/operations/predict.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { validate } from '../../src/operations/validate.js';
import { runCli } from '../support/cli.js';
import { irisLikePackage } from '../support/packages.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const ROWS = 'a,b\n1.5,0.5\n2.5,3.5\n';

async function worldWithModel(): Promise<TestWorld> {
  const world = testWorld();
  await writeFolderAtomically(join(world.cwd, 'model'), irisLikePackage());
  writeFileSync(join(world.cwd, 'rows.csv'), ROWS);
  return world;
}

const run = (world: TestWorld, request: Omit<PredictRequest, 'uri'>, streams = {}) =>
  predict(world, { uri: './model', ...request }, { stdin: Readable.from([]), stdout: new Writable(), ...streams });

const usage = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.deepEqual([error.code, error.exitCode], ['USAGE', 2]);
  assert.match(error.message, message);
  return true;
};

test('an output that is the input is refused by every spelling before anything is written', async () => {
  const world = await worldWithModel();
  const at = (name: string) => join(world.cwd, name);
  mkdirSync(at('inner'));
  symlinkSync(at('rows.csv'), at('link.csv'));
  symlinkSync('link.csv', at('link-of-link.csv'));
  linkSync(at('rows.csv'), at('second-name.csv'));
  symlinkSync(world.cwd, at('inner/here'));
  const before = readdirSync(world.cwd);
  const spellings = [
    'rows.csv',
    './inner/../rows.csv',
    at('rows.csv'),
    'link.csv',
    'link-of-link.csv',
    'second-name.csv',
    'inner/here/rows.csv',
  ];
  for (const name of spellings) {
    await assert.rejects(
      run(world, { input: 'rows.csv', output: name }),
      usage(/is the input "rows.csv" itself/),
      name,
    );
    await assert.rejects(run(world, { input: name, output: 'rows.csv' }), usage(/is the input/), name);
    await assert.rejects(
      run(world, { input: 'rows.csv', output: 'p.csv', onBadRow: 'skip', rejects: name }),
      usage(/rejected rows.* is the input/),
      name,
    );
  }
  await assert.rejects(
    run(world, { input: 'rows.csv', output: 'p.csv', onBadRow: 'skip', rejects: './p.csv' }),
    usage(/rejected rows.* is the output/),
  );
  // `mlctl predict -i rows.csv >> rows.csv`, and both ends redirected.
  const fd = openSync(at('rows.csv'), 'a');
  const stdout = Object.assign(new Writable(), { fd });
  await assert.rejects(run(world, { input: 'rows.csv', output: '-' }, { stdout }), usage(/is the input/));
  const stdin = Object.assign(Readable.from([]), { fd });
  await assert.rejects(run(world, { input: '-', output: 'link.csv' }, { stdin }), usage(/is the input stdin itself/));
  closeSync(fd);
  assert.deepEqual(readdirSync(world.cwd), before);
  assert.equal(readFileSync(at('rows.csv'), 'utf8'), ROWS);
  const { rows } = await run(world, { input: 'rows.csv', output: 'inner/here/rows2.csv' });
  assert.equal(rows, 2);
});

test('the program refuses its own input with exit 2', async () => {
  const world = await worldWithModel();
  const { code, stderr } = runCli(['predict', './model', '-i', 'rows.csv', '-o', './rows.csv'], { cwd: world.cwd });
  assert.equal(code, 2, stderr);
  assert.equal(readFileSync(join(world.cwd, 'rows.csv'), 'utf8'), ROWS);
});

test('an output is written in the format of its name, and never as CSV under the name of another', async () => {
  const world = await worldWithModel();
  const before = readdirSync(world.cwd).sort();
  for (const output of ['out.xlsx', 'out.csv.gz', 'out.feather'])
    await assert.rejects(
      run(world, { input: 'rows.csv', output }),
      usage(/cannot write predictions as \.\w+; mlctl writes \.csv, \.tsv, \.json, \.ndjson, \.jsonl, \.parquet, \.pq/),
      output,
    );
  assert.deepEqual(readdirSync(world.cwd).sort(), before);
  const written = async (output: string, more: Partial<PredictRequest> = {}) => {
    await run(world, { input: 'rows.csv', output, ...more });
    return readFileSync(join(world.cwd, output), 'utf8').split('\n')[0];
  };
  assert.equal(await written('out.csv'), 'label,probability_0,probability_1');
  assert.equal(await written('out.tsv'), 'label\tprobability_0\tprobability_1');
  assert.match((await written('out.jsonl')) ?? '', /^\{"label": 1, /);
  assert.match((await written('out.json')) ?? '', /^\{"predictions": \[\{"label": 1, /);
  assert.match((await written('out.parquet')) ?? '', /^PAR1/);
  assert.match((await written('out.PQ')) ?? '', /^PAR1/);
  // A name that says nothing: as the input came. What is stated counts for more than a name.
  assert.equal(await written('out.txt'), 'label,probability_0,probability_1');
  assert.equal(await written('answers'), 'label,probability_0,probability_1');
  assert.equal(await written('stated.parquet', { outputFormat: 'csv' }), 'label,probability_0,probability_1');
});

test('predict, validate and smoke read cells with other delimiters', async () => {
  const world = await worldWithModel();
  const write = (name: string, delimiter: string) =>
    writeFileSync(join(world.cwd, name), ROWS.replaceAll(',', delimiter));
  write('semicolon.csv', ';');
  write('bar.csv', '|');
  write('rows.tsv', '\t');
  write('comma.tsv', ',');
  const streams = () => ({ stdin: Readable.from([]), stdout: new Writable() });
  await run(world, { input: 'rows.csv', output: 'wanted.csv' });
  const wanted = readFileSync(join(world.cwd, 'wanted.csv'), 'utf8');
  for (const [input, delimiter] of [
    ['semicolon.csv', ';'],
    ['bar.csv', '|'],
    ['rows.tsv', undefined],
    ['comma.tsv', ','],
  ] as const) {
    for (const mode of ['strict', 'mlflow'] as const) {
      const how = { mode, ...(delimiter === undefined ? {} : { delimiter }) };
      await run(world, { input, output: 'out.csv', ...how });
      assert.equal(readFileSync(join(world.cwd, 'out.csv'), 'utf8'), wanted, `${input}, ${mode}`);
      assert.equal((await validate(world, { uri: './model', input, ...how }, streams())).valid, true, input);
      const { predictions } = await smokeModel(world, { uri: './model', rows: input, ...how });
      assert.equal(predictions.length, 5, input);
    }
    if (delimiter !== undefined)
      assert.equal((await validate(world, { uri: './model', input }, streams())).valid, false, input);
  }
  for (const delimiter of ['', ',,', '"', '\n', '1', 'e', '.', '-', '§'])
    await assert.rejects(
      run(world, { input: 'rows.csv', output: 'x.csv', delimiter }),
      usage(/cannot be the delimiter/),
      JSON.stringify(delimiter),
    );
  writeFileSync(join(world.cwd, 'rows.ndjson'), '{"a": 1, "b": 2}\n');
  await assert.rejects(
    run(world, { input: 'rows.ndjson', output: 'x.csv', delimiter: ';' }),
    usage(/NDJSON has no delimiter/),
  );
});
