// What is proven to cost in proportion to its rows, and what is not: anything that could make two axes of rows, or sizes out of data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { int64Tensor } from '../../src/onnx/convert/tensors.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { decodeModel } from '../../src/onnx/decode-model.js';
import type { GraphProto, NodeProto, TensorProto } from '../../src/onnx/graph.js';
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

/**
 * Where the rows are in what the node makes, counted from the last axis: a sum with a tensor that has its rows elsewhere is not
 * proven. `fixed`: it has no rows. `-`: nothing is proven. x is [N], t [N, 3], u [2, N], c [N, 2, 3], n are whole numbers [N].
 */
function rowsOf(made: NodeProto | readonly NodeProto[], weights: Readonly<Record<string, TensorProto>> = {}): string {
  const nodes = Array.isArray(made) ? (made as readonly NodeProto[]) : [made as NodeProto];
  const at = ['x', 'column', 'deep'].map((probe) =>
    proven({
      input: [
        value('x', DOUBLE, ['N']),
        value('t', DOUBLE, ['N', 3]),
        value('u', DOUBLE, [2, 'N']),
        value('c', DOUBLE, ['N', 2, 3]),
      ],
      output: [value('y', DOUBLE, ['N'])],
      initializer: [
        ...Object.entries(weights).map(([name, tensor]) => ({ ...tensor, name })),
        int64Tensor('last', [1], [1n]),
        int64Tensor('two', [2], [1n, 2n]),
      ],
      node: [
        node('Unsqueeze', ['x', 'last'], 'column'),
        node('Unsqueeze', ['x', 'two'], 'deep'),
        node('Cast', ['x'], 'n', number('to', 7)),
        ...nodes,
        node('Add', ['z', probe], 'y'),
      ],
    }),
  );
  const found = at.flatMap((is, i) => (is ? [i + 1] : []));
  return found.length === 3 ? 'fixed' : found.join() || '-';
}

const list = (...values: number[]) => int64Tensor('', [values.length], values.map(BigInt));
const matrix = (rows: number, columns: number) =>
  int64Tensor(
    '',
    [rows, columns],
    Array.from({ length: rows * columns }, () => 1n),
  );
const scalar = (i: number) => int64Tensor('', [], [BigInt(i)]);
const made = (opType: string, input: string[], ...attribute: NonNullable<NodeProto['attribute']>[number][]) =>
  node(opType, input, 'z', ...attribute);
const ml = (one: NodeProto): NodeProto => ({ ...one, domain: 'ai.onnx.ml' });

test('of each operator it is known where the rows are afterwards', () => {
  const axis = (i: number) => number('axis', i);
  const kept = (i: number) => number('keepdims', i);
  const cases: [string, string, NodeProto | readonly NodeProto[], Record<string, TensorProto>?][] = [
    ['2', 'as they were', made('Identity', ['t'])],
    ['1', 'as they were', made('Identity', ['u'])],
    ['3', 'as they were', made('Identity', ['c'])],
    ['fixed', 'weights', made('Neg', ['w']), { w: list(1) }],
    ['2', 'broadcast', made('Add', ['t', 'w']), { w: list(1, 2, 3) }],
    ['2', 'broadcast to more axes', made('Add', ['w', 't']), { w: int64Tensor('', [1, 1, 3], [1n, 2n, 3n]) }],
    ['2', 'one operand', made('Sum', ['t'])],
    ['-', 'two axes', made('Add', ['t', 'x'])],
    ['-', 'weights that are rows', made('Clip', ['x', 'x'])],
    ['2', 'rows by weights', made('MatMul', ['t', 'w']), { w: matrix(3, 4) }],
    ['2', 'rows in planes by weights', made('MatMul', ['t', 'w']), { w: int64Tensor('', [1, 3, 1], [1n, 1n, 1n]) }],
    ['1', 'weights by columns', made('MatMul', ['w', 'u']), { w: matrix(5, 2) }],
    ['-', 'summed over, left', made('MatMul', ['u', 'w']), { w: matrix(3, 3) }],
    ['-', 'summed over, right', made('MatMul', ['w', 't']), { w: matrix(3, 3) }],
    ['3', 'planes that are rows, right', made('MatMul', ['w', 'c']), { w: matrix(3, 2) }],
    ['-', 'rows by rows', made('MatMul', ['t', 'u'])],
    ['-', 'by nothing', made('MatMul', ['t'])],
    ['-', 'one axis only', made('MatMul', ['x', 'w']), { w: matrix(3, 3) }],
    ['-', 'one axis only, right', made('MatMul', ['t', 'w']), { w: list(1, 2, 3) }],
    ['2', 'with a bias', made('Gemm', ['t', 'w', 'b']), { w: matrix(3, 3), b: list(1, 2, 3) }],
    ['-', 'with a bias of rows elsewhere', made('Gemm', ['t', 'w', 'x']), { w: matrix(3, 3) }],
    ['-', 'turned, left', made('Gemm', ['t', 'w'], number('transA', 1)), { w: matrix(3, 3) }],
    ['-', 'turned, right', made('Gemm', ['t', 'w'], number('transB', 1)), { w: matrix(3, 3) }],
    ['1', 'reduced', made('ReduceSum', ['t', 'a'], kept(0)), { a: list(1) }],
    ['1', 'reduced from the end', made('ReduceSum', ['t', 'a'], kept(0)), { a: list(-1) }],
    ['2', 'reduced and kept', made('ReduceSum', ['t', 'a']), { a: list(1) }],
    ['2', 'reduced in the middle', made('ReduceMax', ['c'], numbers('axes', 1), kept(0))],
    ['1', 'reduced before', made('ReduceMean', ['u'], numbers('axes', 0), kept(0))],
    ['1', 'reduced twice', made('ReduceMin', ['c'], numbers('axes', 1, 2), kept(0))],
    ['-', 'reduced over the rows', made('ReduceSum', ['t', 'a']), { a: list(0) }],
    ['-', 'reduced over all', made('ReduceSum', ['t'])],
    ['-', 'reduced over what rows say', made('ReduceSum', ['t', 'n'])],
    ['-', 'reduced weights', made('ReduceSum', ['w', 'a']), { w: matrix(2, 2), a: list(1) }],
    ['1', 'the best', made('ArgMax', ['t'], axis(1), kept(0))],
    ['2', 'the best, kept', made('ArgMin', ['t'], axis(-1))],
    ['-', 'the best of the rows', made('ArgMax', ['t'])],
    ['2', 'joined', made('Concat', ['t', 't'], axis(1))],
    ['-', 'joined of other ranks', made('Concat', ['t', 'c'], axis(1))],
    ['2', 'reshaped', made('Reshape', ['t', 's']), { s: list(-1, 3) }],
    ['2', 'reshaped, kept by 0', made('Reshape', ['t', 's']), { s: list(0, 3) }],
    ['2', 'reshaped, kept by 0, others by -1', made('Reshape', ['t', 's']), { s: list(0, -1) }],
    ['1', 'reshaped into the last', made('Reshape', ['t', 's']), { s: list(3, -1) }],
    ['-', 'reshaped, another kept by 0', made('Reshape', ['t', 's']), { s: list(-1, 0) }],
    ['-', 'reshaped, two kept by 0', made('Reshape', ['c', 's']), { s: list(0, 0, 3) }],
    ['-', 'reshaped to fixed sizes', made('Reshape', ['t', 's']), { s: list(6) }],
    ['fixed', 'reshaped weights', made('Reshape', ['w', 's']), { w: matrix(2, 2), s: list(4) }],
    ['2', 'widened after', made('Unsqueeze', ['x', 'a']), { a: list(1) }],
    ['2', 'widened from the end', made('Unsqueeze', ['x', 'a']), { a: list(-1) }],
    ['1', 'widened before', made('Unsqueeze', ['x', 'a']), { a: list(0) }],
    ['2', 'widened by an attribute', made('Unsqueeze', ['x'], numbers('axes', 0, 2))],
    ['fixed', 'widened weights', made('Unsqueeze', ['w', 'a']), { w: list(1), a: list(0) }],
    ['1', 'narrowed after', made('Squeeze', ['column', 'a']), { a: list(1) }],
    ['1', 'narrowed from the end', made('Squeeze', ['column', 'a']), { a: list(-1) }],
    ['1', 'narrowed before', made('Squeeze', ['u', 'a']), { a: list(0) }],
    ['-', 'narrowed over the rows', made('Squeeze', ['t', 'a']), { a: list(0) }],
    ['-', 'narrowed over all', made('Squeeze', ['t'])],
    ['fixed', 'narrowed weights', made('Squeeze', ['w', 'a']), { w: matrix(1, 1), a: list(0) }],
    ['1', 'turned', made('Transpose', ['t'])],
    ['2', 'turned and not', made('Transpose', ['t'], numbers('perm', 0, 1))],
    ['2', 'turned into the middle', made('Transpose', ['c'], numbers('perm', 1, 0, 2))],
    ['fixed', 'turned weights', made('Transpose', ['w']), { w: matrix(2, 2) }],
    ['2', 'flattened after', made('Flatten', ['c'])],
    ['1', 'flattened before', made('Flatten', ['c'], axis(0))],
    ['2', 'flattened from the end', made('Flatten', ['c'], axis(-1))],
    ['1', 'flattened with what is before', made('Flatten', ['u'])],
    ['fixed', 'flattened weights', made('Flatten', ['w']), { w: list(1) }],
    ['2', 'picked', made('Gather', ['t', 'i'], axis(1)), { i: list(0, 2) }],
    ['1', 'picked by one number', made('Gather', ['t', 'i'], axis(1)), { i: scalar(0) }],
    ['1', 'picked before', made('Gather', ['u', 'i']), { i: list(0, 1) }],
    ['1', 'picked before by one number', made('Gather', ['u', 'i']), { i: scalar(0) }],
    ['2', 'picked from the end', made('Gather', ['t', 'i'], axis(-1)), { i: list(0) }],
    ['-', 'picked among the rows', made('Gather', ['t', 'i']), { i: list(0) }],
    ['1', 'looked up', made('Gather', ['w', 'n']), { w: list(1, 2) }],
    ['2', 'looked up in a table', made('Gather', ['w', 'n']), { w: matrix(2, 2) }],
    ['1', 'looked up in its columns', made('Gather', ['w', 'n'], axis(1)), { w: matrix(2, 2) }],
    [
      '1',
      'looked up by columns',
      [node('Cast', ['u'], 'm', number('to', 7)), made('Gather', ['w', 'm'])],
      { w: list(1, 2) },
    ],
    ['fixed', 'weights looked up', made('Gather', ['w', 'i']), { w: list(1, 2), i: list(0) }],
    ['-', 'rows looked up by rows', made('Gather', ['t', 'n'], axis(1))],
    ['2', 'scaled', ml(made('Scaler', ['t']))],
    ['2', 'scored', ml(made('LinearRegressor', ['t']))],
    ['-', 'scored, one axis only', ml(made('LinearRegressor', ['x']))],
    ['-', 'scored, rows elsewhere', ml(made('LinearRegressor', ['u']))],
    ['1', 'labelled', ml({ ...made('LinearClassifier', ['t']), output: ['z', 'scores'] })],
    ['2', 'labelled with scores', ml({ ...made('TreeEnsembleClassifier', ['t']), output: ['label', 'z'] })],
    ['2', 'coded', ml(made('OneHotEncoder', ['x']))],
    ['1', 'extracted by rows', ml(made('ArrayFeatureExtractor', ['w', 'n'])), { w: list(1, 2) }],
    ['fixed', 'weights extracted', ml(made('ArrayFeatureExtractor', ['w', 'i'])), { w: list(1, 2), i: list(0) }],
    ['2', 'extracted', ml(made('ArrayFeatureExtractor', ['t', 'i'])), { i: list(0) }],
    ['-', 'extracted among the rows', ml(made('ArrayFeatureExtractor', ['u', 'i'])), { i: list(0) }],
    ['-', 'extracted from a table by rows', ml(made('ArrayFeatureExtractor', ['w', 'n'])), { w: matrix(2, 2) }],
    ['2', 'side by side', ml(made('FeatureVectorizer', ['t', 't']))],
    ['-', 'side by side, one axis only', ml(made('FeatureVectorizer', ['x', 'x']))],
    ['-', 'of another domain', ml(made('Neg', ['x']))],
    ['2', 'of the domain by its name', { ...made('Neg', ['t']), domain: 'ai.onnx' }],
    ['-', 'without inputs', made('Neg', [])],
    [
      '2',
      'a constant of one number',
      [node('Constant', [], 'k', { name: 'value', type: 4, t: scalar(0) }), made('Gather', ['c', 'k'], axis(1))],
    ],
    [
      '3',
      'a constant of a list',
      [node('Constant', [], 'k', numbers('value_ints', 0)), made('Gather', ['c', 'k'], axis(1))],
    ],
    [
      '2',
      'a constant number',
      [node('Constant', [], 'k', number('value_int', 0)), made('Gather', ['c', 'k'], axis(1))],
    ],
  ];
  for (const [wanted, what, one, weights] of cases) {
    const nodes = Array.isArray(one) ? (one as readonly NodeProto[]) : [one as NodeProto];
    assert.equal(rowsOf(nodes, weights), wanted, `${nodes.at(-1)?.opType}: ${what}`);
  }
});

test('functions and sparse weights are not proven, nor is a model without a graph', () => {
  const graph = through([node('Neg', ['x'], 'y')]);
  const model = decodeModel(modelOf(graph));
  assert.ok(growsWithRows(model));
  assert.ok(!growsWithRows({ ...model, functions: [{ name: 'f' }] }));
  assert.ok(!growsWithRows({ ...model, graph: { ...model.graph, sparseInitializer: [{}] } }));
  const { graph: _, ...none } = model;
  assert.ok(!growsWithRows(none));
});
