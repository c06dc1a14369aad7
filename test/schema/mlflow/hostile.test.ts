import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DataFrame, PyDict } from '../../../src/schema/mlflow/python/python-value.js';
import { scoreRequest } from '../../../src/schema/mlflow/wire/score-request.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';

const named = parseSignature({ inputs: '[{"type": "long", "name": "__proto__", "required": true}]' });
const score = (signature: typeof named, body: string, type = 'application/json') =>
  scoreRequest(signature, false, type, Buffer.from(body));

test('nesting and long integers have the limits of Python, with 500', () => {
  const deep = (levels: number) => `{"inputs":${'['.repeat(levels)}1${']'.repeat(levels)}}`;
  for (const body of [deep(2000), `{"inputs":${'9'.repeat(4301)}}`]) {
    const verdict = score(null, body);
    assert.ok(!verdict.ok && verdict.status === 500 && verdict.message === 'Internal Server Error');
  }
  assert.ok(score(null, `{"inputs":${'9'.repeat(4300)}}`).ok);
  const refused = score(null, deep(900));
  assert.ok(!refused.ok && refused.status === 400);
});

test('names that are also members of objects are ordinary names', () => {
  const verdict = score(named, '{"dataframe_records":[{"__proto__":1}]}');
  assert.ok(verdict.ok);
  assert.deepEqual(
    (verdict.data as DataFrame).columns.map(({ name }) => name),
    ['__proto__'],
  );
  const untouched = score(null, '{"inputs":{"__proto__":[1],"constructor":[2]}}');
  assert.ok(untouched.ok && untouched.data instanceof PyDict);
  assert.deepEqual([...untouched.data.map.keys()], ['__proto__', 'constructor']);
  assert.equal(({} as Record<string, unknown>)['0'], undefined);
});

test('wide and long inputs are read in linear time', { timeout: 60_000 }, () => {
  const header = Array(20_000).fill('a').join(',');
  const wide = score(null, `${header}\n${Array(20_000).fill('1').join(',')}\n`, 'text/csv');
  assert.ok(wide.ok);
  const long = score(null, `{"inputs":[${Array(300_000).fill('1.5').join(',')}]}`);
  assert.ok(long.ok);
});
