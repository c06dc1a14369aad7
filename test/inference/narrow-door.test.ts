import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Table } from '../../src/data/table.js';
import { openInProcess } from '../../src/inference/open-in-process.js';
import { SESSION_OPTIONS } from '../../src/inference/session.js';
import { fromTensors } from '../../src/inference/tensors/from-tensors.js';
import { toTensors } from '../../src/inference/tensors/to-tensors.js';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { decodeModel } from '../../src/onnx/decode-model.js';
import type { GraphProto } from '../../src/onnx/graph.js';
import { graphValues } from '../../src/onnx/inspect.js';
import { findNarrowDoor } from '../../src/onnx/narrow-door.js';
import { CASES } from '../onnx/pipelines.js';
import { scratch } from '../support/paths.js';
import { DOUBLE, FLOAT, filesAsTheyLie, INT64, identity, modelOf, packageOf, STRING, value } from './models.js';

/** What the runtime answers for the whole graph, through all its inputs and outputs. */
async function wholeGraph(bytes: Uint8Array, table: Table): Promise<Table> {
  const { inputs, outputs } = graphValues(decodeModel(bytes).graph ?? {});
  const session = await InferenceSession.create(bytes, SESSION_OPTIONS);
  const feeds = Object.create(null) as Record<string, Tensor>;
  for (const { name, type, data, dims } of toTensors(table, inputs))
    feeds[name] = new Tensor(type as 'float64', data as Float64Array, dims);
  const answers = await session.run(feeds);
  await session.release();
  return fromTensors(
    outputs.map(({ name }) => ({ name, classes: null })),
    outputs.map(({ name }) => answers[name] as never),
    table.rows,
  );
}

const open = (packageFolder: string) =>
  openInProcess({
    packageFolder,
    payload: 'model.onnx',
    digest: filesAsTheyLie(packageFolder),
    copyFolder: join(scratch('mlctl-copies-'), 'copy'),
    trusted: true,
    manyCalls: true,
  });

const plain = ({ rows, columns }: Table) => ({
  rows,
  columns: columns.map(({ name, type, values }) => ({ name, type, values: Array.from(values as ArrayLike<unknown>) })),
});

const doorOf = (bytes: Uint8Array) => findNarrowDoor(decodeModel(bytes), bytes.length);

async function sameThroughDoor(packageFolder: string, tables: readonly Table[]): Promise<void> {
  const bytes = readFileSync(join(packageFolder, 'model.onnx'));
  const opened = await open(packageFolder);
  for (const table of tables)
    assert.deepEqual(plain(await opened.predict(table)), plain(await wholeGraph(bytes, table)));
  await opened.close();
}

const first = (table: Table, rows: number): Table => ({
  rows,
  columns: table.columns.map((column) => ({ ...column, values: column.values.slice(0, rows) }) as never),
});

describe('a graph answers through its narrow door as it does through all its inputs and outputs', () => {
  for (const { name, estimator, inputs, table } of CASES)
    test(name, async () => {
      const graph = decodeModel(convertEstimator(estimator, inputs)).graph!;
      await sameThroughDoor(packageOf(graph), [table, first(table, 1), first(table, 0)]);
    });

  test('columns of doubles are joined, and classes are taken from one tensor', () => {
    const { estimator, inputs } = CASES[0]!;
    const { joined, taken } = doorOf(convertEstimator(estimator, inputs))!;
    assert.deepEqual(
      joined?.inputs,
      inputs.map((input) => input.name),
    );
    assert.equal(taken.size, 3);
    assert.equal(new Set([...taken.values()].map(({ from }) => from)).size, 1);
  });
});

const line = (name: string, type = DOUBLE) => value(name, type, ['N']);
const axis = (i: bigint) => [{ name: 'axis', i, type: 2 }];
const concat = { opType: 'Concat', input: ['a', 'b'], output: ['ab'], attribute: axis(0n) };
const keep = { opType: 'Identity', input: ['ab'], output: ['y'] };
const PAIR: GraphProto = { input: [line('a'), line('b')], output: [line('y')], node: [concat, keep] };

describe('inputs that are not only joined stay', () => {
  const cases: [string, GraphProto][] = [
    ['one is used again', { ...PAIR, node: [concat, keep, { opType: 'Neg', input: ['a'], output: ['z'] }] }],
    ['one comes twice', { ...PAIR, node: [{ ...concat, input: ['a', 'b', 'a'] }, keep] }],
    ['one is answered as it is', { ...PAIR, output: [line('y'), line('a')] }],
    ['the join is answered', { ...PAIR, output: [line('ab')], node: [concat] }],
    ['texts', { ...PAIR, input: [line('a', STRING), line('b', STRING)] }],
    ['two types', { ...PAIR, input: [line('a'), line('b', FLOAT)] }],
    ['tables', { ...PAIR, input: [value('a', DOUBLE, ['N', 1]), value('b', DOUBLE, ['N', 1])] }],
    ['a fixed length', { ...PAIR, input: [value('a', DOUBLE, [2]), value('b', DOUBLE, [2])] }],
    ['another axis', { ...PAIR, node: [{ ...concat, attribute: axis(1n) }, keep] }],
    ['an operator of others', { ...PAIR, node: [{ ...concat, domain: 'custom' }, keep] }],
    ['a default', { ...PAIR, initializer: [{ ...int64Tensor('a', [1], [1n]), dataType: DOUBLE }] }],
    ['graphs inside', { ...PAIR, node: [concat, { ...keep, attribute: [{ name: 'then_branch', g: PAIR, type: 5 }] }] }],
  ];
  for (const [name, graph] of cases) test(name, () => assert.equal(doorOf(modelOf(graph)), null));

  test('but two lists that are only joined are one', () => assert.ok(doorOf(modelOf(PAIR))));
  test('not in a large graph', () => assert.equal(findNarrowDoor(decodeModel(modelOf(PAIR)), 2 ** 23), null));
});

const scalar = (name: string, index: bigint) => int64Tensor(name, [], [index]);
const gather = (output: string, index: string, from = 'negative') => ({
  opType: 'Gather',
  input: [from, index],
  output: [output],
});
const GRID: GraphProto = {
  input: [value('x', DOUBLE, ['C', 'N'])],
  output: [line('first'), line('last')],
  initializer: [scalar('0', 0n), scalar('1', 1n)],
  node: [{ opType: 'Neg', input: ['x'], output: ['negative'] }, gather('first', '0'), gather('last', '1')],
};

describe('outputs that are not rows of one tensor stay', () => {
  const with2 = (node: GraphProto['node']) => ({ ...GRID, node: [GRID.node![0]!, ...node!] });
  const cases: [string, GraphProto][] = [
    ['the index is a list', { ...GRID, initializer: [int64Tensor('0', [1], [0n]), int64Tensor('1', [1], [1n])] }],
    ['from the end', { ...GRID, initializer: [scalar('0', -1n), scalar('1', -2n)] }],
    ['of an input', with2([gather('first', '0', 'x'), gather('last', '1', 'x')])],
    ['one row alone', { ...GRID, output: [line('first')], node: GRID.node!.slice(0, 2) }],
    ['used again', with2([gather('first', '0'), { opType: 'Neg', input: ['first'], output: ['last'] }])],
    [
      'the index is computed',
      { ...GRID, input: [...GRID.input!, value('0', INT64, []), value('1', INT64, [])], initializer: [] },
    ],
    ['nothing to take', identity([line('x')], [line('y')])],
  ];
  for (const [name, graph] of cases) test(name, () => assert.equal(doorOf(modelOf(graph)), null));

  test('but two rows of one are', () => assert.equal(doorOf(modelOf(GRID))?.taken.size, 2));

  test('also if the tensor is an output itself, and of any type', async () => {
    const graph: GraphProto = {
      input: [line('x')],
      output: [line('second', INT64), value('both', INT64, [2, 'N']), line('first', INT64)],
      initializer: [scalar('0', 0n), scalar('1', 1n), int64Tensor('shape', [2], [2n, -1n])],
      node: [
        { opType: 'Cast', input: ['x'], output: ['whole'], attribute: [{ name: 'to', i: 7n, type: 2 }] },
        { opType: 'Concat', input: ['whole', 'whole'], output: ['twice'], attribute: axis(0n) },
        { opType: 'Reshape', input: ['twice', 'shape'], output: ['both'] },
        gather('second', '1', 'both'),
        gather('first', '0', 'both'),
      ],
    };
    assert.equal(doorOf(modelOf(graph))?.taken.size, 2);
    const two = { name: 'x', type: 'double', values: Float64Array.of(3, -4) } as const;
    await sameThroughDoor(packageOf(graph), [{ rows: 2, columns: [two] }]);
  });

  test('a row that is not there is said', async () => {
    const graph = {
      ...GRID,
      input: [line('x')],
      initializer: [scalar('0', 0n), scalar('1', 7n), int64Tensor('shape', [2], [2n, -1n])],
    };
    const node = [
      { opType: 'Concat', input: ['x', 'x'], output: ['xx'], attribute: axis(0n) },
      { opType: 'Reshape', input: ['xx', 'shape'], output: ['negative'] },
      gather('first', '0'),
      gather('last', '1'),
    ];
    const opened = await open(packageOf({ ...graph, node }));
    const one = { rows: 1, columns: [{ name: 'x', type: 'double', values: Float64Array.of(3) }] } as const;
    await assert.rejects(opened.predict(one), /"last" is row 7 of 2/);
  });
});
