// The graph of a tree in the real runtime: each row ends in the leaf in which the tree itself ends, to the last bit of a threshold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ort from 'onnxruntime-node';
import { DATA_TYPE } from '../../src/data/element-types.js';
import { applyTrees } from '../../src/estimators/tree/apply-trees.js';
import { LEAF, type Tree } from '../../src/estimators/tree/tree.js';
import { GraphBuilder } from '../../src/onnx/convert/graph-builder.js';
import { leavesOf, treeLeaves } from '../../src/onnx/convert/tree/tree-leaves.js';
import { encodeModel } from '../../src/onnx/encode-model.js';
import { MT19937 } from '../../src/training/mt19937.js';
import { fitNumberTree } from '../../src/training/tree/fit-tree.js';
import { finish } from '../../src/work.js';
import { frameOfColumns, TREE_DEFAULTS, TREE_RULES } from '../training/tree/tree-cases.js';

function valueInfo(name: string, elemType: number, dims: readonly string[]) {
  return { name, type: { tensorType: { elemType, shape: { dim: dims.map((dimParam) => ({ dimParam })) } } } };
}

async function runLeaves(trees: readonly Tree[], columns: readonly Float64Array[], rows: number): Promise<number[]> {
  const graph = new GraphBuilder(['matrix', 'leaves']);
  graph.node('Identity', [treeLeaves(graph, 'matrix', trees, 'trees')], {}, 'leaves');
  const bytes = encodeModel({
    irVersion: 9n,
    graph: graph.finish(
      'leaves',
      [valueInfo('matrix', DATA_TYPE.DOUBLE, ['F', 'N'])],
      [valueInfo('leaves', DATA_TYPE.INT64, ['N', 'T'])],
    ),
    opsetImport: [
      { domain: '', version: 17n },
      { domain: 'ai.onnx.ml', version: 3n },
    ],
  });
  const session = await ort.InferenceSession.create(bytes);
  const matrix = Float64Array.from(columns.flatMap((column) => [...column]));
  const { leaves } = await session.run({ matrix: new ort.Tensor('float64', matrix, [columns.length, rows]) });
  await session.release();
  return Array.from(leaves!.data as BigInt64Array, Number);
}

const params = { ...TREE_DEFAULTS, criterion: 'squared_error' } as const;

/** Random rows, some without a value, and the trees grown from them. */
function grown(seed: number, rows: number, count: number): { trees: Tree[]; columns: Float64Array[] } {
  const random = new MT19937(seed);
  const column = (whole: boolean) =>
    Float64Array.from({ length: rows }, () => {
      const bits = random.uint32();
      if (bits % 10 === 0) return Number.NaN;
      return whole ? bits % 7 : bits / 2 ** 31 - 1;
    });
  const columns = [column(false), column(true), column(false)];
  const target = Float64Array.from({ length: rows }, () => random.uint32() % 50);
  const trees = Array.from({ length: count }, (_, i) =>
    finish(
      fitNumberTree({ columns: columns.map((c) => Float32Array.from(c)), weights: null }, target, {
        ...params,
        splitter: i % 2 ? 'random' : 'best',
        random_state: i,
      }),
    ),
  );
  return { trees, columns };
}

test('each row ends in the same leaf of each of three trees, values at a threshold and its neighbours in float64 among them', async () => {
  const { trees, columns } = grown(3, 400, 3);
  const [tree] = trees as [Tree];
  const nextTo = (value: number, by: number) => value + by * Math.max(Math.abs(value), 1e-300) * Number.EPSILON;
  const edges = Array.from(tree.threshold.filter(Number.isFinite)).flatMap((t) => [
    t,
    nextTo(t, 1),
    nextTo(t, -1),
    nextTo(t, 2 ** 28),
    -0,
  ]);
  const asked = columns.map((column, j) =>
    Float64Array.from([...column, ...edges.map((edge, i) => ((i + j) % 3 === 0 ? column[i % column.length]! : edge))]),
  );
  const rows = asked[0]!.length;
  const answers = await runLeaves(trees, asked, rows);
  trees.forEach((one, k) => {
    const places = leavesOf(one);
    const wanted = Array.from(applyTrees([one], frameOfColumns(asked), TREE_RULES), (leaf) => places.indexOf(leaf));
    assert.deepEqual(
      answers.filter((_, i) => i % trees.length === k),
      wanted,
    );
  });
});

test('a tree of one leaf answers that leaf', async () => {
  const columns = [Float64Array.of(1, Number.NaN, 3)];
  const tree = finish(
    fitNumberTree({ columns: [Float32Array.of(1, 1, 1)], weights: null }, Float64Array.of(1, 2, 3), {
      ...params,
      random_state: 0,
    }),
  );
  assert.equal(tree.children_left[0], LEAF);
  assert.deepEqual(await runLeaves([tree], columns, 3), [0, 0, 0]);
});

test('a row that is infinite in float32 gets a number that no leaf has', async () => {
  const { trees } = grown(4, 50, 1);
  const columns = [Float64Array.of(1, 1e39, 1), Float64Array.of(1, 1, -Infinity), Float64Array.of(1, 1, Number.NaN)];
  const [fine, ...refused] = await runLeaves(trees, columns, 3);
  assert.ok(fine! < trees[0]!.node_count);
  assert.deepEqual(refused, [2 ** 24, 2 ** 24]);
});
