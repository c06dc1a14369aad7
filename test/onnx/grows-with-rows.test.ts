// What is proven to cost in proportion to its rows, and what is not: anything that could make two axes of rows, or sizes out of data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { decodeModel } from '../../src/onnx/decode-model.js';
import type { GraphProto, NodeProto } from '../../src/onnx/graph.js';
import { growsWithRows } from '../../src/onnx/scan/grows-with-rows.js';
import { DOUBLE, endlessLoop, INT64, modelOf, value } from '../inference/models.js';
import { CASES } from './pipelines.js';

const proven = (graph: GraphProto): boolean => growsWithRows(decodeModel(modelOf(graph)));
const number = (name: string, i: number) => ({ name, type: 2, i: BigInt(i) });
const numbers = (name: string, ...ints: number[]) => ({ name, type: 7, ints: ints.map(BigInt) });
/** x [N] → y through these nodes, with whole numbers as weights. */
const through = (
  nodes: readonly NodeProto[],
  weights: Readonly<Record<string, readonly number[]>> = {},
): GraphProto => ({
  input: [value('x', DOUBLE, ['N'])],
  output: [value('y', DOUBLE, ['N'])],
  initializer: Object.entries(weights).map(([name, values]) => int64Tensor(name, [values.length], values.map(BigInt))),
  node: nodes,
});
const node = (
  opType: string,
  input: string[],
  output: string,
  ...attribute: NonNullable<NodeProto['attribute']>[number][]
): NodeProto => ({
  opType,
  input,
  output: [output],
  attribute,
});

test('every graph that mlctl writes is proven', () => {
  for (const { estimator, inputs, name } of CASES)
    assert.ok(growsWithRows(decodeModel(convertEstimator(estimator, inputs))), name);
});

test('rows that are moved, widened, joined and reduced along other axes are proven', () => {
  assert.ok(
    proven(
      through(
        [
          node('Unsqueeze', ['x', 'last'], 'column'),
          node('Concat', ['column', 'column'], 'wide', number('axis', 1)),
          node('Transpose', ['wide'], 'tall', numbers('perm', 1, 0)),
          node('ReduceSum', ['tall', 'first'], 'sums', number('keepdims', 0)),
          node('Reshape', ['sums', 'flat'], 'z'),
          node('Add', ['z', 'x'], 'y'),
        ],
        { last: [-1], first: [0], flat: [-1] },
      ),
    ),
  );
});

test('two axes of rows, sizes out of data, loops and unknown operators are not proven', () => {
  const cases: [string, GraphProto][] = [
    ['a loop', endlessLoop()],
    [
      'a column plus a row',
      through([node('Unsqueeze', ['x', 'last'], 'column'), node('Add', ['column', 'x'], 'y')], { last: [-1] }),
    ],
    [
      'a column plus a turned column',
      through(
        [
          node('Unsqueeze', ['x', 'last'], 'column'),
          node('Transpose', ['column'], 'row'),
          node('Mul', ['column', 'row'], 'y'),
        ],
        { last: [1] },
      ),
    ],
    [
      'a column times a row',
      through(
        [
          node('Unsqueeze', ['x', 'last'], 'column'),
          node('Unsqueeze', ['x', 'first'], 'row'),
          node('MatMul', ['column', 'row'], 'y'),
        ],
        { last: [1], first: [0] },
      ),
    ],
    [
      'a row by a size of weights, which hides where the rows are',
      through(
        [
          node('Reshape', ['x', 'hidden'], 'row'),
          node('Unsqueeze', ['x', 'last'], 'column'),
          node('Add', ['row', 'column'], 'y'),
        ],
        { hidden: [1, -1], last: [1] },
      ),
    ],
    [
      'a size out of data',
      through([node('Cast', ['x'], 'n', number('to', 7)), node('Expand', ['w', 'n'], 'y')], { w: [1] }),
    ],
    ['a shape out of data', through([node('Cast', ['x'], 'n', number('to', 7)), node('Reshape', ['x', 'n'], 'y')])],
    ['a weight out of data', through([node('Slice', ['w', 'x', 'x'], 'y')], { w: [1, 2, 3] })],
    ['an operator that is not known', through([node('Tile', ['x', 'w'], 'y')], { w: [2] })],
    ['a name that nothing makes', through([node('Add', ['x', 'nowhere'], 'y')])],
    [
      'two open sizes',
      {
        input: [value('x', DOUBLE, ['N', 'M'])],
        output: [value('y', DOUBLE, ['N', 'M'])],
        node: [node('Neg', ['x'], 'y')],
      },
    ],
    [
      'a number for all rows',
      { input: [value('x', INT64, [])], output: [value('y', INT64, [])], node: [node('Neg', ['x'], 'y')] },
    ],
  ];
  for (const [what, graph] of cases) assert.ok(!proven(graph), what);
});
