// One door for requests of the scoring protocol: headers and bodies are judged in both modes, with one type of answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSignature } from '../../src/schema/parse-signature.js';
import type { Signature } from '../../src/schema/types.js';
import { castRequest } from '../../src/scoring/cast-request.js';

const signature = parseSignature({ inputs: '[{"type": "long", "name": "a", "required": true}]' }) as Signature;
const BODIES = [
  ['application/json', '{"dataframe_records": [{"a": 1}, {"a": 2}]}'],
  ['application/json; charset=utf-8', '{"inputs": {"a": [1, 2]}}'],
  ['text/csv', 'a\n1\n2\n'],
] as const;

test('bodies are cast to the same table in both modes', async () => {
  for (const [type, body] of BODIES) {
    const answers = await Promise.all(
      (['strict', 'mlflow'] as const).map((mode) => castRequest(type, Buffer.from(body), signature, mode)),
    );
    for (const answer of answers) {
      assert.ok(answer.ok, type);
      assert.deepEqual(answer.table, {
        rows: 2,
        columns: [{ name: 'a', type: 'long', values: BigInt64Array.of(1n, 2n) }],
      });
    }
  }
});

test('a header that is refused is refused in both modes; in mode mlflow in the words of the server', async () => {
  for (const type of [null, 'text/html', 'text/csv; header=present', 'application/json; charset=latin-1', '']) {
    for (const mode of ['strict', 'mlflow'] as const) {
      const answer = await castRequest(type, Buffer.from('a\n1\n'), signature, mode);
      assert.ok(!answer.ok, `${type} ${mode}`);
      assert.equal(answer.total, 1);
    }
  }
  const refused = await castRequest('text/html', Buffer.from('a\n1\n'), signature, 'mlflow');
  assert.match(JSON.stringify(refused), /This predictor only supports the following content types/);
});
