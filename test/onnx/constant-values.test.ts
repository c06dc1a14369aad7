// What constants alone decide in a graph, and what rows decide.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import type { AttributeProto, NodeProto, TensorProto } from '../../src/onnx/graph.js';
import { ConstantValues } from '../../src/onnx/scan/constant-values.js';
import type { Scope } from '../../src/onnx/walk-model.js';

const scopeOf = (
  nodes: readonly NodeProto[],
  initializers: readonly TensorProto[] = [],
  inputs: readonly string[] = ['x'],
  parent: Scope | null = null,
): Scope => ({ parent, nodes, initializers, inputs });
const valuesOf = (scope: Scope, name = 'y', constants = 10_000) => {
  const found = new ConstantValues({ constants }).of(name, scope);
  return found === null ? null : found.map(Number);
};
const ints = (name: string, values: readonly number[]) => int64Tensor(name, [values.length], values.map(BigInt));
const node = (opType: string, input: readonly string[], ...attribute: AttributeProto[]): NodeProto => ({
  opType,
  input,
  output: ['y'],
  attribute,
});

test('arithmetic on constants', () => {
  const computed: [string, readonly (readonly number[])[], readonly number[] | null][] = [
    ['Identity', [[3, 4], [9]], [3, 4]],
    ['Cast', [[5]], [5]],
    ['Concat', [[1, 2], [3], []], [1, 2, 3]],
    ['Add', [[1, 2], [10]], [11, 12]],
    ['Add', [[10], [1, 2], [100]], [111, 112]],
    [
      'Add',
      [
        [1, 2],
        [1, 2, 3],
      ],
      null,
    ],
    ['Sub', [[7], [2]], [5]],
    [
      'Mul',
      [
        [3, 4],
        [5, 6],
      ],
      [15, 24],
    ],
    [
      'Div',
      [
        [7, 8],
        [2, 0],
      ],
      [3, 0],
    ],
    [
      'Pow',
      [
        [2, 2, 2, 3],
        [10, 64, -1, 0],
      ],
      [1024, 0, 0, 1],
    ],
    ['Max', [[1, 9], [5]], [5, 9]],
    ['Min', [[1, 9], [5]], [1, 5]],
    ['ReduceProd', [[2, 3, 4]], [24]],
    ['ReduceSum', [[2, 3, 4]], [9]],
    ['ReduceProd', [[]], [1]],
    ['ReduceSum', [[]], [0]],
    ['And', [[6], [3]], [2]],
    ['Or', [[6], [3]], [7]],
    ['Relu', [[1]], null],
  ];
  for (const [opType, operands, wanted] of computed) {
    const names = operands.map((_, i) => `c${i}`);
    const scope = scopeOf(
      [node(opType, names)],
      operands.map((values, i) => ints(`c${i}`, values)),
    );
    assert.deepEqual(valuesOf(scope), wanted, `${opType} ${JSON.stringify(operands)}`);
  }
  const wrapped = scopeOf([node('Mul', ['big', 'big'])], [int64Tensor('big', [1], [1n << 62n])]);
  assert.deepEqual(valuesOf(wrapped), [0], 'as the runtime computes, in 64 bits');
  const other = scopeOf([{ ...node('Add', ['c', 'c']), domain: 'com.microsoft' }], [ints('c', [1])]);
  assert.equal(valuesOf(other), null);
  // Only the first input of a reshape decides its values.
  assert.deepEqual(valuesOf(scopeOf([node('Reshape', ['c', 'x'])], [ints('c', [4])])), [4]);
  assert.equal(valuesOf(scopeOf([node('Add', ['c', 'x'])], [ints('c', [4])])), null);
});

test('lists up to 64 values, and up to 16 operands', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => i);
  assert.deepEqual(valuesOf(scopeOf([], [ints('y', many(64))])), many(64));
  assert.equal(valuesOf(scopeOf([], [ints('y', many(65))])), null);
  const halves = [ints('a', many(32)), ints('b', many(32)), ints('c', [1])];
  assert.equal(valuesOf(scopeOf([node('Concat', ['a', 'b'])], halves))?.length, 64);
  assert.equal(valuesOf(scopeOf([node('Concat', ['a', 'b', 'c'])], halves)), null);
  const names = many(17).map((i) => `c${i}`);
  const all = names.map((name) => ints(name, [1]));
  assert.deepEqual(valuesOf(scopeOf([node('Add', names.slice(0, 16))], all)), [16]);
});

test('tensors of every type, raw and typed; what does not hold what it claims decides nothing', () => {
  const bytesOf = (size: number, write: (view: DataView) => void) => {
    const bytes = new Uint8Array(size);
    write(new DataView(bytes.buffer));
    return bytes;
  };
  const [FLOAT, INT32, INT64, BOOL, DOUBLE] = [1, 6, 7, 9, 11];
  const one: [string, TensorProto, readonly number[] | null][] = [
    ['raw int64', { dataType: INT64, dims: [1n], rawData: bytesOf(8, (v) => v.setBigInt64(0, -5n, true)) }, [-5]],
    [
      'raw int32',
      {
        dataType: INT32,
        dims: [2n],
        rawData: new Uint8Array(Int32Array.of(7, -8).buffer),
      },
      [7, -8],
    ],
    ['raw bool', { dataType: BOOL, dims: [3n], rawData: Uint8Array.of(0, 1, 1) }, [0, 1, 1]],
    ['raw float', { dataType: FLOAT, dims: [1n], rawData: bytesOf(4, (v) => v.setFloat32(0, 2.25, true)) }, [3]],
    ['raw double', { dataType: DOUBLE, dims: [1n], rawData: bytesOf(8, (v) => v.setFloat64(0, -2.25, true)) }, [-3]],
    ['raw of another type', { dataType: 2, dims: [1n], rawData: Uint8Array.of(1) }, null],
    ['raw, too short', { dataType: INT64, dims: [2n], rawData: new Uint8Array(8) }, null],
    ['raw, too long', { dataType: INT64, dims: [1n], rawData: new Uint8Array(16) }, null],
    ['typed int64', { dataType: INT64, dims: [2n], int64Data: [1n, 2n] }, [1, 2]],
    ['typed int32', { dataType: INT32, dims: [1n], int32Data: [4n] }, [4]],
    ['typed bool', { dataType: BOOL, dims: [1n], int32Data: [1n] }, [1]],
    ['typed float', { dataType: FLOAT, dims: [1n], floatData: [1.5] }, [2]],
    ['typed double', { dataType: DOUBLE, dims: [1n], doubleData: [3] }, [3]],
    ['typed infinity', { dataType: DOUBLE, dims: [1n], doubleData: [Number.POSITIVE_INFINITY] }, null],
    ['typed, too many', { dataType: INT64, dims: [1n], int64Data: [1n, 2n] }, null],
    ['typed in the field of another type', { dataType: INT64, dims: [1n], int32Data: [1n] }, null],
    ['typed of a small type', { dataType: 2, dims: [1n], int32Data: [1n] }, null],
    ['none', { dataType: INT64, dims: [0n] }, []],
    ['a scalar', { dataType: INT64, dims: [], int64Data: [6n] }, [6]],
    ['negative sizes', { dataType: INT64, dims: [-1n], int64Data: [6n] }, null],
  ]; // prettier-ignore
  for (const [what, tensor, wanted] of one) {
    assert.deepEqual(valuesOf(scopeOf([], [{ name: 'y', ...tensor }])), wanted, what);
    const constant = scopeOf([node('Constant', [], { name: 'value', t: tensor })]);
    assert.deepEqual(valuesOf(constant), wanted, `a constant: ${what}`);
  }
});

test('the attributes of a constant', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => BigInt(i));
  const constant = (attribute: AttributeProto) => valuesOf(scopeOf([node('Constant', [], attribute)]));
  assert.deepEqual(constant({ name: 'value_int', i: 0n }), [0]);
  assert.deepEqual(constant({ name: 'value_float', f: 0.5 }), [1]);
  assert.deepEqual(constant({ name: 'value_ints', ints: [3n, 4n] }), [3, 4]);
  assert.equal(constant({ name: 'value_ints', ints: many(64) })?.length, 64);
  assert.equal(constant({ name: 'value_ints', ints: many(65) }), null);
  assert.equal(constant({ name: 'value_string', s: new Uint8Array(1) }), null);
  assert.equal(constant({ name: 'value_int' }), null);
  assert.equal(constant({ name: 'other', i: 1n, f: 1, ints: [1n], t: ints('', [1]) }), null);
});

test('names are looked up from the inside out; an input hides them, and a cycle is not a constant', () => {
  const outer = scopeOf([], [ints('a', [1]), ints('b', [2])], []);
  const inner = scopeOf([{ ...node('Add', ['a', 'b']) }], [ints('a', [10])], ['x'], outer);
  assert.deepEqual(valuesOf(inner), [12]);
  const hidden = scopeOf([node('Add', ['a', 'b'])], [ints('a', [10])], ['b'], outer);
  assert.equal(valuesOf(hidden), null);
  assert.equal(valuesOf(outer, 'nowhere'), null);
  assert.equal(new ConstantValues({ constants: 1 }).of(undefined, outer), null);
  const cycle = scopeOf([
    { opType: 'Identity', input: ['y'], output: ['z'] },
    { opType: 'Identity', input: ['z'], output: ['y'] },
  ]);
  assert.equal(valuesOf(cycle), null);
  // An initializer wins over a node of the same name.
  assert.deepEqual(valuesOf(scopeOf([node('Constant', [], { name: 'value_int', i: 1n })], [ints('y', [2])])), [2]);
});

test('beyond the limit nothing more is computed, and each value is computed once', () => {
  const chain = Array.from(
    { length: 10 },
    (_, i): NodeProto => ({ opType: 'Identity', input: [i === 0 ? 'c' : `n${i - 1}`], output: [`n${i}`] }),
  );
  const scope = scopeOf(chain, [ints('c', [5])]);
  // Each of the eleven costs one and its values, and each of the ten nodes reads one value.
  const enough = new ConstantValues({ constants: 32 });
  assert.deepEqual(enough.of('n9', scope), [5n]);
  assert.deepEqual(enough.of('n9', scope), [5n]);
  assert.equal(enough.exhausted, false);
  const short = new ConstantValues({ constants: 31 });
  assert.equal(short.of('n9', scope), null);
  assert.equal(short.exhausted, true);
  const doubled = scopeOf(
    Array.from(
      { length: 40 },
      (_, i): NodeProto => ({
        opType: 'Add',
        input: [i === 0 ? 'c' : `n${i - 1}`, i === 0 ? 'c' : `n${i - 1}`],
        output: [`n${i}`],
      }),
    ),
    [ints('c', [1])],
  );
  assert.deepEqual(valuesOf(doubled, 'n39', 1000), [2 ** 40]);
});
