// Every rule of the scan at its limit: what is just allowed, and what is just too much.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import { encodeModel } from '../../src/onnx/encode-model.js';
import type { AttributeProto, FunctionProto, GraphProto, NodeProto, TensorProto } from '../../src/onnx/graph.js';
import type { ScanOptions } from '../../src/onnx/scan/findings.js';
import { scanError, scanModel } from '../../src/onnx/scan.js';
import { BOOL, DOUBLE, FLOAT, INT64, modelOf, STRING, truth, value } from '../inference/models.js';

const found = (graph: GraphProto, options: ScanOptions = {}) => scanModel(modelOf(graph), options);
const rules = (graph: GraphProto, options: ScanOptions = {}) =>
  found(graph, options)
    .map(({ rule }) => rule)
    .join(' ');
const ints = (name: string, ...values: number[]) => int64Tensor(name, [values.length], values.map(BigInt));
const node = (opType: string, input: string[], ...attribute: AttributeProto[]): NodeProto => ({
  opType,
  input,
  output: ['y'],
  attribute,
});

test('what a node makes of constants alone: to the byte', () => {
  const limits = { madeBytes: 4000 };
  const numbers = (name: string, ...values: number[]): AttributeProto => ({ name, type: 7, ints: values.map(BigInt) });
  const double: AttributeProto = { name: 'value', type: 4, t: { dataType: DOUBLE, dims: [1n], doubleData: [0] } };
  const asDouble: AttributeProto = { name: 'dtype', type: 2, i: BigInt(DOUBLE) };
  /** The node of a size that is given as the constants a, b and c, and the largest size. */
  const makers: [string, (size: number) => [NodeProto, ...TensorProto[]], number][] = [
    ['ConstantOfShape', (n) => [node('ConstantOfShape', ['a']), ints('a', n)], 1000],
    ['ConstantOfShape of two', (n) => [node('ConstantOfShape', ['a']), ints('a', n, 10)], 100],
    ['ConstantOfShape of doubles', (n) => [node('ConstantOfShape', ['a'], double), ints('a', n)], 500],
    ['Expand', (n) => [node('Expand', ['x', 'a']), ints('a', n)], 1000],
    ['Tile', (n) => [node('Tile', ['x', 'a']), ints('a', n)], 1000],
    ['RandomNormal', (n) => [node('RandomNormal', [], numbers('shape', n))], 1000],
    ['RandomUniform of doubles', (n) => [node('RandomUniform', [], numbers('shape', n), asDouble)], 500],
    ['OneHot', (n) => [node('OneHot', ['x', 'a', 'x']), ints('a', n)], 1000],
    ['Resize by sizes', (n) => [node('Resize', ['x', '', 'b', 'a']), ints('a', n), ints('b', 9999)], 1000],
    ['Resize by scales', (n) => [node('Resize', ['x', '', 'a']), ints('a', n)], 1000],
    ['Upsample', (n) => [node('Upsample', ['x', 'a']), ints('a', n)], 1000],
    ['HannWindow', (n) => [node('HannWindow', ['a']), ints('a', n)], 1000],
    ['HammingWindow', (n) => [node('HammingWindow', ['a']), ints('a', n)], 1000],
    ['BlackmanWindow', (n) => [node('BlackmanWindow', ['a']), ints('a', n)], 1000],
    ['MelWeightMatrix', (n) => [node('MelWeightMatrix', ['a', 'b']), ints('a', n), ints('b', 10)], 100],
    ['Pad', (n) => [node('Pad', ['x', 'a']), ints('a', 0, n, 3)], 1000],
    ['Pad by attribute', (n) => [node('Pad', ['x'], numbers('pads', 0, n, 3))], 1000],
    ['Range', (n) => [node('Range', ['a', 'b', 'c']), ints('a', 10), ints('b', 10 + 2 * n), ints('c', 2)], 1000],
  ];
  for (const [what, made, most] of makers) {
    for (const [size, wanted] of [
      [most, ''],
      [most + 1, 'made-size'],
    ] as const) {
      const [maker, ...initializer] = made(size);
      assert.equal(rules({ node: [maker], initializer }, { limits }), wanted, `${what} ${size}`);
    }
  }
  const harmless: [NodeProto, ...TensorProto[]][] = [
    [node('ConstantOfShape', ['a']), ints('a', -1, 100_000, -1)],
    [node('ConstantOfShape', ['x'])],
    [node('ConstantOfShape', ['a']), ints('a')],
    [node('Range', ['a', 'b', 'c']), ints('a', 0), ints('b', 100_000), ints('c', 0)],
    [node('Range', ['a', 'b', 'c']), ints('a', 100_000), ints('b', 0), ints('c', 1)],
    [node('RandomNormal', [], numbers('shape', ...Array.from({ length: 65 }, () => 9)))],
    [node('RandomNormal', [], numbers('other', 100_000))],
    [node('Neg', ['a']), ints('a', 100_000)],
  ];
  for (const [maker, ...initializer] of harmless)
    assert.equal(rules({ node: [maker], initializer }, { limits }), '', JSON.stringify(maker.opType));
});

test('a loop of many trips is refused only if nothing can end it', () => {
  const body = (last: string, more: readonly NodeProto[] = []): GraphProto => ({
    input: [value('i', INT64, []), value('c', BOOL, [])],
    output: [value(last, BOOL, [])],
    initializer: [truth('yes'), { ...truth('no'), rawData: Uint8Array.of(0) }],
    node: more,
  });
  const loop = (trips: string, condition: string, inner: GraphProto | null, domain = ''): GraphProto => ({
    initializer: [ints('many', 101), ints('few', 100), truth('go'), { ...truth('stop'), rawData: Uint8Array.of(0) }],
    input: [value('maybe', BOOL, [])],
    node: [{ ...node('Loop', [trips, condition], ...(inner ? [{ name: 'body', type: 5, g: inner }] : [])), domain }],
  });
  const same = body('c2', [{ opType: 'Identity', input: ['c'], output: ['c2'] }]);
  const decided = body('c2', [{ opType: 'Not', input: ['c'], output: ['c2'] }]);
  const cases: [string, GraphProto, boolean][] = [
    ['a constant condition', loop('many', 'go', body('yes')), true],
    ['its own condition', loop('many', 'go', body('c')), true],
    ['its own condition, passed on', loop('many', 'go', same), true],
    ['no condition at all', loop('many', '', body('yes')), true],
    ['no trip count', loop('', 'go', body('yes')), true],
    ['as many trips as allowed', loop('few', 'go', body('yes')), false],
    ['a condition of false', loop('many', 'stop', body('yes')), false],
    ['a body that ends it', loop('many', 'go', body('no')), false],
    ['a body that decides', loop('many', 'go', decided), false],
    ['a condition that rows decide', loop('many', 'maybe', body('yes')), false],
    ['a trip count that rows decide', loop('maybe', 'go', body('yes')), false],
    ['no body', loop('many', 'go', null), false],
  ];
  for (const [what, graph, refused] of cases)
    assert.equal(rules(graph, { limits: { trips: 100 } }), refused ? 'loop-trips' : '', what);
  const foreign = found(loop('many', 'go', body('yes'), 'com.microsoft'), { limits: { trips: 100 } });
  assert.deepEqual(foreign, [], 'another operator of the same name');
});

test('a tensor must hold exactly what its type and dimensions say', () => {
  const tensor = (one: TensorProto): string => rules({ initializer: [{ name: 'w', ...one }] }, { limits: { rank: 3 } });
  const raw = (bytes: number) => ({ rawData: new Uint8Array(bytes) });
  const cases: [string, TensorProto, string][] = [
    ['raw floats', { dataType: FLOAT, dims: [2n, 3n], ...raw(24) }, ''],
    ['raw floats, one byte less', { dataType: FLOAT, dims: [2n, 3n], ...raw(23) }, 'tensor-data'],
    ['raw floats, one byte more', { dataType: FLOAT, dims: [2n, 3n], ...raw(25) }, 'tensor-data'],
    ['half bytes', { dataType: 22, dims: [3n], ...raw(2) }, ''],
    ['raw text', { dataType: STRING, dims: [1n], ...raw(1) }, 'tensor-data'],
    ['typed doubles', { dataType: DOUBLE, dims: [2n], doubleData: [1, 2] }, ''],
    ['typed doubles, one less', { dataType: DOUBLE, dims: [2n], doubleData: [1] }, 'tensor-data'],
    ['in the field of another type', { dataType: DOUBLE, dims: [1n], floatData: [1] }, 'tensor-data'],
    ['no data', { dataType: DOUBLE, dims: [1n] }, 'tensor-data'],
    ['no data and no elements', { dataType: DOUBLE, dims: [0n] }, ''],
    ['raw and typed', { dataType: DOUBLE, dims: [1n], doubleData: [1], ...raw(8) }, 'tensor-data'],
    ['two typed fields', { dataType: DOUBLE, dims: [1n], doubleData: [1], floatData: [1] }, 'tensor-data'],
    ['a negative dimension', { dataType: DOUBLE, dims: [-1n], ...raw(8) }, 'tensor-dims'],
    ['as many dimensions as allowed', { dataType: DOUBLE, dims: [1n, 1n, 1n], ...raw(8) }, ''],
    ['one more', { dataType: DOUBLE, dims: [1n, 1n, 1n, 1n], ...raw(8) }, 'tensor-rank'],
    ['an unknown type', { dataType: 99, dims: [1n], ...raw(8) }, 'tensor-type'],
    ['no type', { dims: [1n], ...raw(8) }, 'tensor-type'],
    ['a segment', { dataType: DOUBLE, dims: [1n], segment: { begin: 0n, end: 1n }, ...raw(8) }, 'tensor-segment'],
    ['an unknown place', { dataType: DOUBLE, dims: [1n], dataLocation: 2, ...raw(8) }, 'data-location'],
    ['the usual place, said', { dataType: DOUBLE, dims: [1n], dataLocation: 0, ...raw(8) }, ''],
    [
      'a file beside its own data',
      { dataType: DOUBLE, dims: [1n], externalData: [{ key: 'location', value: 'w' }], ...raw(8) },
      'data-location',
    ],
  ];
  for (const [what, one, wanted] of cases) assert.equal(tensor(one), wanted, what);
  const [type] = found({ initializer: [{ name: 'w', dataType: 99 }] });
  assert.equal(type?.severity, 'unsupported');
});

test('a sparse tensor counts as it is when written out', () => {
  const values = (count: number): TensorProto => ({
    dataType: DOUBLE,
    dims: [BigInt(count)],
    rawData: new Uint8Array(8 * count),
  });
  const sparse = (
    dims: readonly number[],
    stored: TensorProto | undefined,
    indices: TensorProto | undefined,
  ): string => {
    const one = {
      dims: dims.map(BigInt),
      ...(stored && { values: stored }),
      ...(indices && { indices }),
    };
    return rules({ sparseInitializer: [one] }, { limits: { madeBytes: 800 } });
  };
  const places = (...dims: number[]) =>
    int64Tensor(
      '',
      dims,
      Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => 0n),
    );
  assert.equal(sparse([100], values(2), places(2)), '');
  assert.equal(sparse([101], values(2), places(2)), 'made-size');
  assert.equal(sparse([10, 10], values(2), places(2, 2)), '');
  for (const [dims, indices] of [
    [[10, 10], places(2, 1)],
    [[10], places(3)],
    [[10], places(2, 1, 1)],
  ] as const)
    assert.equal(
      sparse(dims, values(2), indices),
      'sparse-tensor',
      JSON.stringify(indices.dims, (_, v) => String(v)),
    );
  assert.equal(sparse([10], { ...values(2), dims: [1n, 2n] }, places(2)), 'sparse-tensor');
  assert.equal(sparse([10], values(2), { dataType: DOUBLE, dims: [2n], rawData: new Uint8Array(16) }), 'sparse-tensor');
  assert.equal(sparse([10], undefined, places(2)), 'sparse-tensor');
  assert.equal(sparse([10], values(2), undefined), 'sparse-tensor');
  assert.equal(sparse([-1], values(2), places(2)), 'tensor-dims');
});

test('external data: plain places, known keys, and ranges inside the file', () => {
  const entries = (facts: Readonly<Record<string, string>>) =>
    Object.entries(facts).map(([key, value]) => ({ key, value }));
  const options: ScanOptions = { externalFile: (location) => (location === 'gone' ? 'it is gone' : { size: 64 }) };
  const tensor = (facts: Readonly<Record<string, string>>, more: TensorProto = {}): TensorProto => ({
    name: 'w',
    dataType: DOUBLE,
    dims: [4n],
    dataLocation: 1,
    externalData: entries(facts),
    ...more,
  });
  const scan = (...initializer: TensorProto[]) => rules({ initializer }, options);
  const good = { location: 'a/w.bin', offset: '32', length: '32' };
  const cases: [string, TensorProto, string][] = [
    ['the end of the file', tensor(good), ''],
    ['no offset and no length', tensor({ location: 'w' }), ''],
    ['with a checksum', tensor({ ...good, checksum: 'x' }), ''],
    ['beyond the end', tensor({ ...good, offset: '33' }), 'external-range'],
    ['another length than the dimensions say', tensor({ ...good, length: '31' }), 'external-range'],
    ['a sign', tensor({ ...good, offset: '-1' }), 'external-range'],
    ['a point', tensor({ ...good, offset: '1.0' }), 'external-range'],
    ['nineteen digits', tensor({ ...good, offset: '0'.repeat(19) }), 'external-range'],
    ['eighteen digits', tensor({ ...good, offset: '0'.repeat(18) }), ''],
    ['an unknown key', tensor({ ...good, other: '' }), 'external-key'],
    ['a key twice', tensor(good, { externalData: [...entries(good), { key: 'offset', value: '0' }] }), 'external-key'],
    ['no location', tensor({ offset: '0' }), 'external-location'],
    ['text', tensor({ location: 'w' }, { dataType: STRING }), 'external-data'],
    ['also data in the file', tensor(good, { rawData: new Uint8Array(32) }), 'external-data'],
    ['also typed data in the file', tensor(good, { doubleData: [1, 2, 3, 4] }), 'external-data'],
    ['a file that is refused', tensor({ location: 'gone' }), 'external-file'],
  ];
  for (const [what, one, wanted] of cases) assert.equal(scan(one), wanted, what);
  const locations = [
    '',
    '../w',
    'a/../w',
    './w',
    'a//w',
    '/w',
    '~w',
    'C:w',
    'a\\w',
    'a\u0000w',
    'a\u007fw',
    'w'.repeat(1025),
  ];
  for (const location of locations)
    assert.equal(scan(tensor({ location })), 'external-location', location.slice(0, 20));
  for (const location of ['w'.repeat(1024), 'a/b', '..a', 'a~'])
    assert.equal(scan(tensor({ location })), '', location.slice(0, 20));
  assert.equal(scan(tensor({ location: 'w' }), tensor({ location: 'w' })), '');
  assert.equal(scan(...Array.from({ length: 3 }, () => tensor({ location: 'w' }))), 'external-sum');
  assert.equal(scan(tensor({ location: 'w' }), tensor({ location: 'v' }), tensor({ location: 'u' })), '');
  assert.equal(rules({ initializer: [tensor(good)] }), 'external-file', 'without a folder to look in');
});

test('functions: once each, none calls itself, and few nodes when written out', () => {
  const call = (opType: string, domain = 'f'): NodeProto => ({ opType, domain, input: [], output: [] });
  const fn = (name: string, ...calls: NodeProto[]): FunctionProto => ({ name, domain: 'f', node: calls });
  const scan = (functions: readonly FunctionProto[], nodes: readonly NodeProto[], limit = 500_000) =>
    scanModel(encodeModel({ graph: { node: nodes }, functions }), { limits: { nodes: limit } })
      .map(({ rule }) => rule)
      .join(' ');
  assert.equal(scan([fn('a', call('Neg', ''))], [call('a')]), '');
  assert.equal(scan([], [call('a')]), 'operator-domain');
  assert.equal(scan([fn('a'), fn('a')], []), 'function-twice');
  assert.equal(scan([fn('a', call('a'))], []), 'function-recursion');
  assert.equal(scan([fn('a', call('b')), fn('b', call('c')), fn('c', call('a'))], []), 'function-recursion');
  assert.equal(scan([fn('a', call('b'), call('b')), fn('b', call('c')), fn('c')], []), '', 'twice is not recursion');
  // Twice as many nodes at each level: 1, 3, 7, 15, and two calls of the last.
  const doubling = ['a', 'b', 'c', 'd'].map((name, i, all) =>
    i === 0 ? fn(name) : fn(name, call(all[i - 1]!), call(all[i - 1]!)),
  );
  assert.equal(scan(doubling, [call('d'), call('d')], 30), '');
  assert.equal(scan(doubling, [call('d'), call('d')], 29), 'node-count');
  const plain = [call('Neg', ''), call('Abs', '')];
  assert.equal(scan([], plain, 2), '');
  assert.equal(scan([], plain, 1), 'node-count');
});

test('operators of other domains, and those that leave the file', () => {
  const one = (opType: string, domain: string) => found({ node: [{ ...node(opType, []), domain }] })[0];
  for (const domain of ['', 'ai.onnx', 'ai.onnx.ml', 'ai.onnx.training', 'ai.onnx.preview.training', 'com.microsoft'])
    assert.equal(one('Neg', domain), undefined, domain);
  assert.deepEqual([one('Neg', 'evil')?.rule, one('Neg', 'evil')?.severity], ['operator-domain', 'unsupported']);
  for (const opType of ['EPContext', 'PythonOp', 'PythonOpGrad', 'ATen', 'ExternOp'])
    assert.deepEqual([one(opType, 'com.microsoft')?.rule, one(opType, '')?.severity], ['operator', 'hostile'], opType);
});

test('too many constants are a finding, at most twenty are kept, and the worst names the error', () => {
  const chain = Array.from(
    { length: 60 },
    (_, i): NodeProto => ({ opType: 'Identity', input: [i === 0 ? 'c' : `n${i - 1}`], output: [`n${i}`] }),
  );
  const graph = { initializer: [ints('c', 5)], node: [...chain, node('Tile', ['x', 'n59'])] };
  assert.equal(rules(graph, { limits: { constants: 100 } }), 'constants');
  assert.equal(rules(graph), '');
  const many = Array.from({ length: 25 }, (_, i): TensorProto => ({ name: `w${i}`, dataType: 99 }));
  const unsupported = found({ initializer: many });
  assert.equal(unsupported.length, 20);
  const error = scanError('m.onnx', unsupported);
  assert.deepEqual([error.code, /\(and 19 more\)$/.test(error.message)], ['MODEL_UNSUPPORTED', true]);
  assert.match(error.hint ?? '', /standard ONNX operators/);
  const worse = scanError('m.onnx', found({ initializer: [many[0]!, { name: 'v', dataType: DOUBLE, dims: [-1n] }] }));
  assert.deepEqual([worse.code, /tensor-dims/.test(worse.message)], ['MODEL_HOSTILE', true]);
  assert.match(worse.hint ?? '', /do not use this file/);
  assert.equal(scanModel(encodeModel({ irVersion: 9n }))[0]?.rule, 'format');
});
