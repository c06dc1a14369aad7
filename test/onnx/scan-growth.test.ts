// The scan of a hostile graph ends in a time that grows with the file: no chain, fan-in, list or nesting makes it a bomb.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeModel } from '../../src/onnx/encode-model.js';
import type { FunctionProto, GraphProto, NodeProto, TensorProto } from '../../src/onnx/graph.js';
import { scanModel } from '../../src/onnx/scan.js';
import { WireWriter } from '../../src/onnx/wire.js';
import { assertGrowsWithInput } from '../support/growth.js';

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const int64s = (name: string, values: readonly bigint[]): TensorProto => ({
  name,
  dataType: 7,
  dims: [BigInt(values.length)],
  int64Data: values,
});
const scan = (graph: GraphProto, functions: FunctionProto[] = []) => {
  const bytes = encodeModel({ graph, functions });
  return () => void scanModel(bytes);
};
const maker = (input: string, i = 0): NodeProto => ({
  opType: 'ConstantOfShape',
  input: [input],
  output: [`made${i}`],
});

test('levels of nodes that each read all inputs from the level below', async () => {
  const levels = (count: number, fanIn: number): NodeProto[] =>
    many(count, (i) => ({ opType: 'Max', input: many(fanIn, () => `v${i}`), output: [`v${i + 1}`] }));
  const bomb = (count: number) => ({
    node: [...levels(count, 16), maker(`v${count}`)],
    initializer: [int64s('v0', [1n])],
  });
  await assertGrowsWithInput('levels', 32, (n) => scan(bomb(n)));
});

test('constants computed from constants have their own limit, and the error names it', () => {
  const nodes = many(3000, (i) => ({ opType: 'Max', input: many(16, () => 'wide'), output: [`v${i}`] }));
  const graph = {
    node: [...nodes, ...many(3000, (i) => maker(`v${i}`, i))],
    initializer: [
      int64s(
        'wide',
        many(64, () => 1n),
      ),
    ],
  };
  const findings = scanModel(encodeModel({ graph }));
  assert.deepEqual(
    findings.map(({ rule, allowed }) => [rule, allowed]),
    [['constants', '1000000 values at most']],
  );
});

test('a circle of constants is not a constant, and a long chain is read to its end', () => {
  const circle: NodeProto[] = [
    { opType: 'Add', input: ['a', 'one'], output: ['b'] },
    { opType: 'Add', input: ['b', 'one'], output: ['a'] },
  ];
  assert.deepEqual(
    scanModel(encodeModel({ graph: { node: [...circle, maker('a')], initializer: [int64s('one', [1n])] } })),
    [],
  );
  const chain = many(5000, (i) => ({ opType: 'Identity', input: [`v${i}`], output: [`v${i + 1}`] }));
  const graph = { node: [...chain, maker('v5000')], initializer: [int64s('v0', [1n << 40n])] };
  assert.deepEqual(
    scanModel(encodeModel({ graph })).map(({ rule }) => rule),
    ['made-size'],
  );
});

test('inputs, initializers, makers and names that nobody makes', async () => {
  await assertGrowsWithInput('inputs', 500, (n) =>
    scan({ input: many(n, (i) => ({ name: `i${i}` })), node: many(n, (i) => maker(`i${n - 1}`, i)) }),
  );
  await assertGrowsWithInput('initializers', 500, (n) =>
    scan({ initializer: many(n, (i) => int64s(`t${i}`, [1n])), node: many(n, (i) => maker(`t${i}`, i)) }),
  );
  await assertGrowsWithInput('names of nobody', 500, (n) => scan({ node: many(n, (i) => maker('nobody', i)) }));
});

test('a tensor whose data is longer than it says, asked for by every node', async () => {
  await assertGrowsWithInput('data', 500, (n) =>
    scan({
      initializer: [{ name: 't', dataType: 1, dims: [1n], floatData: many(n, () => 1) }],
      node: many(n, (i) => maker('t', i)),
    }),
  );
});

test('dimensions, one to a packed field', async () => {
  await assertGrowsWithInput('packed fields', 500, (n) => {
    const tensor = new WireWriter();
    for (let i = 0; i < n; i++) tensor.bytes(1, Uint8Array.of(2));
    const graph = new WireWriter();
    graph.bytes(5, tensor.finish());
    const model = new WireWriter();
    model.bytes(7, graph.finish());
    const bytes = model.finish();
    return () => void scanModel(bytes);
  });
});

test('a product of huge dimensions', async () => {
  await assertGrowsWithInput('huge dimensions', 500, (n) =>
    scan({
      initializer: [{ name: 't', dataType: 7, dims: many(n, () => (1n << 62n) + 1n), rawData: Uint8Array.of(1) }],
      node: [maker('t')],
    }),
  );
});

test('functions that call functions, many at once and in a chain', async () => {
  const fn = (name: string, calls: readonly string[]): FunctionProto => ({
    name,
    domain: 'own',
    node: calls.map((opType) => ({ opType, domain: 'own' })),
  });
  await assertGrowsWithInput('calls', 250, (n) =>
    scan({ node: [{ opType: 'all', domain: 'own' }] }, [
      fn(
        'all',
        many(n, (i) => `f${i}`),
      ),
      ...many(n, (i) => fn(`f${i}`, [])),
    ]),
  );
  await assertGrowsWithInput('chain', 250, (n) =>
    scan(
      { node: [{ opType: 'f0', domain: 'own' }] },
      many(n, (i) => fn(`f${i}`, i + 1 < n ? [`f${i + 1}`] : [])),
    ),
  );
});

test('loops side by side, each asking the graphs around it', async () => {
  await assertGrowsWithInput('loops', 100, (n) =>
    scan({
      initializer: [int64s('trips', [1n << 40n])],
      node: many(n, (i) => ({
        opType: 'Loop',
        input: ['trips', ''],
        output: [`l${i}`],
        attribute: [
          {
            name: 'body',
            g: { node: [{ opType: 'Identity', input: ['c'], output: [`c${i}`] }], output: [{ name: `c${i}` }] },
          },
        ],
      })),
    }),
  );
});
