// The sorts under a tree's splits: ours leaves equal keys in the order in which scikit-learn's own leaves them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MT19937 } from '../../../src/training/mt19937.js';
import { sortTogether } from '../../../src/training/tree/introsort.js';
import { RadixSort } from '../../../src/training/tree/radix-sort.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

const random = new MT19937(11);
/** Keys in orders that part badly, so that the sort goes over to its heap, and with many ties. */
const ORDERS: Record<string, (i: number, n: number) => number> = {
  'rising then falling': (i, n) => Math.min(i, n - i),
  sorted: (i) => i,
  reversed: (i, n) => n - i,
  'falling then rising': (i, n) => Math.abs(n - 2 * i),
  turned: (i, n) => (i + 1) % n,
  'two interleaved': (i, n) => (i % 2 ? i : n - i),
  saw: (i) => i % 37,
  equal: () => 1,
  'few values': () => random.uint32() % 5,
  'zeros of both signs': () => [0, -0, 1, -1][random.uint32() % 4]!,
  random: () => random.uint32() / 2 ** 20 - 2048,
};
const SIZES = [0, 1, 2, 15, 16, 17, 64, 500, 4096];
const arrays = Object.values(ORDERS).flatMap((key) =>
  SIZES.map((n) => Float32Array.from({ length: n }, (_, i) => key(i, n))),
);

const SORT = `
import json, sys, numpy as np
from sklearn.utils._sorting import _py_simultaneous_sort
answers = []
for keys in json.load(open(sys.argv[1])):
    for dtype in ['f4', 'f8']:
        values, places = np.array(keys, dtype), np.arange(len(keys), dtype=np.intp)
        if len(keys): _py_simultaneous_sort(values, places, len(keys), use_three_way_partition=True)
        answers.append(places.tolist())
print(json.dumps(answers))
`;

const found = pythonOf('mlflow');
test('keys and positions end in the order of sklearn.utils._sorting', { skip: 'skip' in found && found.skip }, () => {
  const file = join(scratch(), 'keys.json');
  writeFileSync(file, JSON.stringify(arrays.map((keys) => [...keys])));
  const done = runPython('python' in found ? found.python : '', SORT, [file]);
  assert.equal(done.status, 0, done.stderr);
  const wanted = JSON.parse(done.stdout) as number[][];
  arrays.forEach((keys, k) => {
    [keys.slice(), Float64Array.from(keys)].forEach((own, kind) => {
      const places = Int32Array.from(own.keys());
      sortTogether(own, places, 0, own.length);
      assert.deepEqual([...places], wanted[2 * k + kind], `${Object.keys(ORDERS)[Math.floor(k / SIZES.length)]}`);
    });
  });
});

test('radix sort gives the same keys, each with its position, and changes nothing around them', () => {
  const radix = new RadixSort(5000);
  for (const keys of arrays) {
    const own = Float32Array.of(7, ...keys, Number.NaN);
    const places = Int32Array.from(own.keys());
    radix.sort(own, places, 1, keys.length);
    assert.deepEqual(
      [...own.subarray(1, -1)].map((key) => key + 0),
      [...keys].map((key) => key + 0).sort((a, b) => a - b),
    );
    for (let i = 1; i <= keys.length; i++) assert.ok(Object.is(keys[places[i]! - 1], own[i]));
    assert.deepEqual([own[0], own.at(-1), places[0], places.at(-1)], [7, Number.NaN, 0, own.length - 1]);
  }
});
