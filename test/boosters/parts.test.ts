import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Hash64 } from '../../src/boosters/catboost/hash-64.js';
import { hashOfCategory } from '../../src/boosters/catboost/hash-of-category.js';
import { rankValues } from '../../src/boosters/catboost/rank-values.js';
import { buildForest } from '../../src/boosters/forest/build-forest.js';
import { findLeaves } from '../../src/boosters/forest/find-leaves.js';
import { CATEGORY, NUMBER, type RawTree, ZERO_IS_MISSING } from '../../src/boosters/forest/forest.js';
import { refuseFile } from '../../src/boosters/refuse.js';
import { readJson } from '../../src/boosters/xgboost/read-json.js';
import type { Value } from '../../src/boosters/xgboost/value.js';
import { Chance } from './mutate.js';

const refuse = refuseFile('model');

/** A value of the reader as JSON.parse gives it. */
function plain(value: Value): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner as Value)]));
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('the JSON reader', () => {
  test('reads what JSON.parse reads, to the last bit', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        // JSON.parse keeps -0, and so do we; objects keep their last key, which no file of XGBoost needs.
        assert.deepEqual(plain(readJson(Buffer.from(text), refuse)), JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });
  test('reads the words that XGBoost writes for floats', () => {
    const found = readJson(Buffer.from('[NaN, -Infinity, Infinity, 1E-7, -0.5e+3, 1.2345678901234567e19]'), refuse);
    assert.deepEqual(plain(found), [NaN, -Infinity, Infinity, 1e-7, -500, 1.2345678901234567e19]);
  });
});

/** A random tree with nodes of every kind, and what it says of a row, by recursion. */
function randomTree(
  chance: Chance,
  features: number,
  nodes: number,
): { tree: RawTree; leafOf: (row: number[]) => number } {
  const kind = Uint8Array.from({ length: nodes }, () => chance.of([NUMBER, NUMBER, ZERO_IS_MISSING, CATEGORY]));
  const tree = {
    root: 0,
    first: new Int32Array(nodes),
    second: new Int32Array(nodes),
    feature: Int32Array.from({ length: nodes }, () => chance.below(features)),
    threshold: Float64Array.from({ length: nodes }, () => chance.below(9) / 2 - 2),
    kind,
    missing: Uint8Array.from({ length: nodes }, () => chance.below(2)),
    sets: Int32Array.from({ length: nodes * 2 }, (_, i) => (i >> 1) + (i & 1)),
    bits: Uint32Array.from({ length: nodes }, () => chance.below(2 ** 31)),
    leaves: nodes + 1,
  };
  // Each node but the root takes the place of a leaf of an earlier one.
  const open: [Int32Array, number][] = [];
  for (let node = 0; node < nodes; node++) {
    if (node > 0) {
      const [side, at] = open.splice(chance.below(open.length), 1)[0]!;
      side[at] = node;
    }
    open.push([tree.first, node], [tree.second, node]);
  }
  for (const [leaf, [side, at]] of open.entries()) side[at] = ~leaf;
  const goesFirst = (node: number, value: number): boolean => {
    if (Number.isNaN(value)) return tree.missing[node] === 0;
    if (kind[node] === ZERO_IS_MISSING && value === 0) return tree.missing[node] === 0;
    if (kind[node] !== CATEGORY) return value <= tree.threshold[node]!;
    return value > -1 && value < 32 && ((tree.bits[node]! >>> Math.trunc(value)) & 1) === 1;
  };
  const walk = (row: number[], node: number): number => {
    if (node < 0) return ~node;
    return walk(row, goesFirst(node, row[tree.feature[node]!]!) ? tree.first[node]! : tree.second[node]!);
  };
  return { tree, leafOf: (row) => walk(row, 0) };
}

describe('a forest', () => {
  test('leads rows to the leaves that each tree says, missing values, zeros and categories among them', () => {
    const chance = new Chance(7);
    for (let round = 0; round < 60; round++) {
      const trees = [3, 1, 20].map((nodes) => randomTree(chance, 4, nodes));
      const forest = buildForest(
        trees.map(({ tree }) => tree),
        { features: 4, aboveCategory: -1 },
        refuse,
      );
      const rows = Array.from({ length: 40 }, () =>
        Array.from({ length: 4 }, () =>
          chance.of([NaN, 0, -0, 1, -1, 0.5, 2, -0.5, 31, 32, 33.5, 1e9, -Infinity, Infinity]),
        ),
      );
      const values = Float64Array.from(rows.flat());
      const leaves = new Int32Array(rows.length);
      let before = 0;
      for (const [i, { tree, leafOf }] of trees.entries()) {
        findLeaves(forest, i, { values, width: 4, count: rows.length, complete: false }, leaves);
        assert.deepEqual(
          Array.from(leaves),
          rows.map((row) => before + leafOf(row)),
        );
        before += tree.leaves;
      }
    }
  });
  test('walks the same without missing values', () => {
    const chance = new Chance(8);
    const { tree } = randomTree(chance, 3, 50);
    const forest = buildForest([{ ...tree, kind: new Uint8Array(50) }], { features: 3, aboveCategory: -1 }, refuse);
    const values = Float64Array.from({ length: 300 }, () => chance.below(9) / 2 - 2);
    const [quick, careful] = [new Int32Array(100), new Int32Array(100)];
    findLeaves(forest, 0, { values, width: 3, count: 100, complete: true }, quick);
    findLeaves(forest, 0, { values, width: 3, count: 100, complete: false }, careful);
    assert.deepEqual(quick, careful);
  });
});

describe('the hashes of CatBoost', () => {
  test('of combinations are those of 64-bit arithmetic', () => {
    const multiplier = 0x4906ba494954cb65n;
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 8 }), (values) => {
        const hash = new Hash64();
        let expected = 0n;
        for (const value of values) {
          hash.add(value);
          expected = BigInt.asUintN(64, multiplier * (expected + BigInt.asUintN(64, multiplier * BigInt(value))));
        }
        assert.equal((BigInt(hash.high >>> 0) << 32n) | BigInt(hash.low >>> 0), expected);
      }),
    );
  });
  test('of texts of every length differ', () => {
    const texts = Array.from({ length: 200 }, (_, length) => 'é'.repeat(length >> 1) + 'x'.repeat(length & 1));
    assert.equal(new Set(texts.map(hashOfCategory)).size, texts.length);
  });
});

test('a rank is the number of borders that a value is above', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.float({ noNaN: true }), { maxLength: 40 }),
      fc.array(fc.float(), { minLength: 1, maxLength: 20 }),
      (unsorted, values) => {
        const borders = Float64Array.from(unsorted).sort();
        const ranks = new Int32Array(values.length);
        rankValues(Float64Array.from(values), 1, values.length, [borders], ranks);
        assert.deepEqual(
          Array.from(ranks),
          values.map((value) => borders.filter((border) => value > border).length),
        );
      },
    ),
  );
});
