// Models that are not one value a row: logged, proven and asked, with a signature and without one.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import type { ErrorCode } from '../../src/errors/codes.js';
import { MlctlError } from '../../src/errors/error.js';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import type { GraphProto } from '../../src/onnx/graph.js';
import { scanError, scanModel } from '../../src/onnx/scan.js';
import { logExisting } from '../../src/operations/log.js';
import { predict } from '../../src/operations/predict.js';
import { smokeModel } from '../../src/operations/smoke.js';
import { BOOL, DOUBLE, FLOAT, INT64, identity, modelOf, STRING, value } from '../inference/models.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const fails = (code: ErrorCode, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(`${error.message} ${JSON.stringify(error.details)}`, words);
  return true;
};

function worldOf(graph: GraphProto, files: Readonly<Record<string, string>>): TestWorld {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'model.onnx'), modelOf(graph));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(world.cwd, name), text);
  return world;
}

async function logged(world: TestWorld, inputExample?: string): Promise<string> {
  const noSignature = inputExample === undefined ? { noSignature: true } : { inputExample };
  return (await logExisting(world, { path: 'model.onnx', ...noSignature })).model_uri ?? '';
}

async function answer(world: TestWorld, uri: string, input: string): Promise<string> {
  let text = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  await predict(world, { uri, input, output: '-', outputFormat: 'ndjson' }, { stdin: Readable.from([]), stdout });
  return text;
}

test('matrices of long integers and booleans keep their type in predictions, golden predictions and smoke', async () => {
  const graph = identity(
    [value('i', INT64, ['N', 2]), value('b', BOOL, ['N', 2])],
    [value('I', INT64, ['N', 2]), value('B', BOOL, ['N', 2])],
  );
  const rows = '{"inputs": {"i": [[9007199254740993, -1], [0, 7]], "b": [[true, false], [false, false]]}}';
  const world = worldOf(graph, { 'rows.json': rows });
  const uri = await logged(world, 'rows.json');
  const lines = '{"I": [9007199254740993,-1], "B": [true,false]}\n{"I": [0,7], "B": [false,false]}\n';
  assert.equal(await answer(world, uri, 'rows.json'), lines);
  const smoke = await smokeModel(world, { uri });
  assert.deepEqual(
    smoke.checks.filter(({ status }) => status === 'fail').map(({ message }) => message),
    [],
  );
  assert.deepEqual({ ...smoke.predictions[0] }, { I: ['9007199254740993', -1], B: [true, false] });
});

test('a model without a signature is fed by the types of its graph, and refuses inputs of different lengths', async () => {
  const graph = identity(
    [value('a', INT64, ['N']), value('x', FLOAT, ['M', 2])],
    [value('A', INT64, ['N']), value('X', FLOAT, ['M', 2])],
  );
  const inputs = (a: string, x: string): string => `{"inputs": {"a": ${a}, "x": ${x}}}`;
  const world = worldOf(graph, {
    'good.json': inputs('[1, 9007199254740993]', '[[1, 2], [3.5, 4]]'),
    'rows.json': inputs('[1, 2, 3]', '[[1, 2], [3, 4]]'),
    'one.json': inputs('1', '[[1, 2], [3, 4]]'),
    'half.json': inputs('[1, 1.5]', '[[1, 2], [3, 4]]'),
    'wide.json': inputs('[1, 2]', '[[1, 2, 3], [3, 4, 5]]'),
    'ragged.json': inputs('[1, 2]', '[[1, 2], [3]]'),
  });
  const uri = await logged(world);
  assert.equal(await answer(world, uri, 'good.json'), '{"A": 1, "X": [1,2]}\n{"A": 9007199254740993, "X": [3.5,4]}\n');
  for (const [file, code, words] of [
    ['rows.json', 'SCHEMA_VIOLATION', /'a' has 3 rows and 'x' has 2:/],
    ['one.json', 'MODEL_FAILED', /"x" takes the shape \[-1, 2\], but the rows have \[1, 2, 2\]/],
    ['half.json', 'DATA_INVALID', /"a" takes int64, but row 1 holds 1\.5/],
    ['wide.json', 'MODEL_FAILED', /"x" takes the shape \[-1, 2\], but the rows have \[2, 3\]/],
    ['ragged.json', 'SCHEMA_VIOLATION', /item 1 has the shape \(1\)/],
  ] as const)
    await assert.rejects(answer(world, uri, file), fails(code, words), file);
});

test('a single input takes the name of the only column of its example, and a graph of one row says so', async () => {
  const column = worldOf(identity([value('X', FLOAT, ['N', 1])], [value('y', FLOAT, ['N', 1])]), {
    'rows.csv': 'bmi\n0.5\n3\n',
  });
  const uri = await logged(column, 'rows.csv');
  assert.equal(await answer(column, uri, 'rows.csv'), '{"y": 0.5}\n{"y": 3.0}\n');
  assert.equal(
    (await smokeModel(column, { uri })).checks.some(({ status }) => status === 'fail'),
    false,
  );

  const fixed = worldOf(identity([value('x', DOUBLE, [1, 2])], [value('y', DOUBLE, [1, 2])]), {
    'one.json': '{"inputs": [[1, 2]]}',
    'two.json': '{"inputs": [[1, 2], [3, 4]]}',
  });
  const one = await logged(fixed, 'one.json');
  await assert.rejects(answer(fixed, one, 'two.json'), fails('MODEL_FAILED', /takes exactly 1 row, .* are 2 rows/));
});

test('text that a model cannot be given is refused by every road', async () => {
  const world = worldOf(identity([value('s', STRING, ['N'])], [value('t', STRING, ['N'])]), { 'rows.csv': 's\na\n' });
  const uri = await logged(world, 'rows.csv');
  for (const [text, words] of [
    ['a\\u0000b', /a NUL character/],
    ['a\\ud83d', /half a surrogate pair/],
  ] as const) {
    writeFileSync(join(world.cwd, 'bad.json'), `{"dataframe_records": [{"s": "a"}, {"s": "${text}"}]}`);
    writeFileSync(join(world.cwd, 'bad.ndjson'), `{"s": "a"}\n{"s": "${text}"}\n`);
    for (const file of ['bad.json', 'bad.ndjson']) {
      await assert.rejects(answer(world, uri, file), fails('SCHEMA_VIOLATION', words));
      await assert.rejects(logged(world, file), fails('SCHEMA_VIOLATION', words));
    }
    // MLflow takes it, but the runtime would cut or change it.
    const request = { uri, input: 'bad.json', output: '-', mode: 'mlflow' } as const;
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });
    await assert.rejects(predict(world, request, { stdin: Readable.from([]), stdout }), fails('DATA_INVALID', words));
  }
  writeFileSync(join(world.cwd, 'bad.csv'), 's\na\0b\n');
  await assert.rejects(answer(world, uri, 'bad.csv'), fails('SCHEMA_VIOLATION', /a NUL character/));
});

test('a graph that makes a large tensor from constants is judged by its size', () => {
  const makes = (elements: bigint): string => {
    const graph: GraphProto = {
      ...identity([value('x', INT64, ['N'])], [value('y', FLOAT, ['N'])]),
      initializer: [int64Tensor('size', [1], [elements])],
      node: [
        { opType: 'ConstantOfShape', input: ['size'], output: ['w'] },
        { opType: 'Gather', input: ['w', 'x'], output: ['y'] },
      ],
    };
    const findings = scanModel(modelOf(graph));
    return findings.length === 0 ? 'fine' : scanError('model.onnx', findings).code;
  };
  assert.deepEqual([2n ** 20n, 75n * 2n ** 20n, 2n ** 36n].map(makes), ['fine', 'MODEL_UNSUPPORTED', 'MODEL_HOSTILE']);
});

test('weights that were left behind are missing, and named', async () => {
  const graph: GraphProto = {
    ...identity([value('x', FLOAT, ['N', 1])], [value('y', FLOAT, ['N', 1])]),
    initializer: [
      { name: 'w', dataType: FLOAT, dims: [1n], dataLocation: 1, externalData: [{ key: 'location', value: 'w.data' }] },
    ],
    node: [{ opType: 'Add', input: ['x', 'w'], output: ['y'] }],
  };
  const world = worldOf(graph, { 'rows.csv': 'a\n1\n' });
  const missing = fails('PACKAGE_INVALID', /it keeps tensors in "w\.data", which is missing/);
  await assert.rejects(logged(world, 'rows.csv'), missing);
  writeFileSync(join(world.cwd, 'w.data'), new Uint8Array(Float32Array.of(2).buffer));
  assert.equal(await answer(world, await logged(world, 'rows.csv'), 'rows.csv'), '{"y": 3.0}\n');
});
