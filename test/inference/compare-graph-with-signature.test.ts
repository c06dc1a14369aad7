import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareGraphWithSignature } from '../../src/inference/compare-graph-with-signature.js';
import type { GraphValue } from '../../src/inference/types.js';
import type { ScalarName, Schema } from '../../src/schema/types.js';

const graph = (...values: [string, string, number[]][]): GraphValue[] =>
  values.map(([name, elementType, shape]) => ({ name, elementType, shape }));
const columns = (...specs: [string | undefined, ScalarName, boolean?][]): Schema => ({
  kind: 'columns',
  columns: specs.map(([name, scalar, required = true]) => ({ name, type: { kind: 'scalar', scalar }, required })),
});
const tensors = (...specs: [string | undefined, string, number[]][]): Schema => ({
  kind: 'tensors',
  tensors: specs.map(([name, dtype, shape]) => ({ name, dtype, shape })),
});
const compare = (inputs: GraphValue[], outputs: GraphValue[], ins: Schema | null, outs: Schema | null) =>
  compareGraphWithSignature(inputs, outputs, { inputs: ins, outputs: outs, params: null });

describe('compareGraphWithSignature', () => {
  const inputs = graph(['a', 'float64', [-1]], ['b', 'string', [-1]]);
  const outputs = graph(['label', 'int64', [-1]]);

  test('finds nothing if they agree, in any order', () => {
    assert.deepEqual(
      compare(inputs, outputs, columns(['b', 'string'], ['a', 'double']), columns(['label', 'long'])),
      [],
    );
    assert.deepEqual(compare(inputs, outputs, null, null), []);
    assert.deepEqual(
      compare(inputs, outputs, columns(['b', 'string'], ['a', 'double'], ['c', 'double', false]), null),
      [],
    );
    assert.deepEqual(
      compare(graph(['a', 'float32', [-1]], ['b', 'int64', [-1]]), [], columns(['a', 'double'], ['b', 'long']), null),
      [],
    );
    assert.deepEqual(compare(graph(['a', 'float64', [-1, 1]]), [], columns(['a', 'double']), null), []);
    assert.deepEqual(compare(inputs, outputs, null, columns([undefined, 'long'])), []);
  });

  test('names what is missing, what is of another type and what has another shape', () => {
    assert.deepEqual(compare(inputs, outputs, columns(['a', 'long'], ['c', 'string']), columns(['label', 'string'])), [
      'the input "a" is float64 in the graph and int64 in the signature',
      'the graph\'s input "b" is not in the signature',
      'the signature\'s input "c" is not in the graph',
      'the output "label" is int64 in the graph and string in the signature',
    ]);
    assert.deepEqual(compare([], graph(['p', 'float64', [-1, 3]]), null, columns(['p', 'double'])), [
      'the output "p" has the shape [-1, 3] in the graph, a column has one value a row',
    ]);
    assert.equal(
      compare(inputs, [], columns(['a', 'double'], ['b', 'string'], ['__proto__', 'string']), null).length,
      1,
    );
  });

  test('takes a packed input for as many columns as it is wide', () => {
    const packed = graph(['X', 'float32', [-1, 2]]);
    assert.deepEqual(compare(packed, [], columns(['a', 'double'], ['b', 'double']), null), []);
    assert.deepEqual(compare(packed, [], columns(['a', 'double'], ['b', 'double'], ['c', 'double']), null), [
      'the graph\'s input "X" takes 2 columns, the signature has 3',
    ]);
    assert.equal(compare(packed, [], columns(['a', 'double'], ['b', 'string']), null).length, 1);
  });

  test('compares tensors by type and by the sizes that both state', () => {
    const X = graph(['X', 'float32', [-1, 4]]);
    assert.deepEqual(compare(X, [], tensors([undefined, 'float32', [-1, 4]]), null), []);
    assert.deepEqual(compare(X, [], tensors(['X', 'float64', [-1, 4]]), null), []);
    assert.deepEqual(compare(X, [], tensors(['X', 'int64', [-1, 5]]), null), [
      'the input "X" is float32 in the graph and int64 in the signature',
      'the input "X" has the shape [-1, 4] in the graph and [-1, 5] in the signature',
    ]);
    assert.deepEqual(compare(X, [], tensors(['Z', 'float32', [-1, 4]]), null), [
      'the signature\'s input "Z" is not in the graph',
    ]);
    assert.deepEqual(
      compare([], graph(['p', 'sequence(map(int64,float32))', []]), null, tensors(['p', 'object', [-1]])),
      [],
    );
  });
});
