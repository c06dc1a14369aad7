import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreRequest } from '../../src/schema/mlflow/wire/score-request.js';
import { parseSignature } from '../../src/schema/parse-signature.js';
import { formatPredictions } from '../../src/scoring/format-predictions.js';
import { formatRefusal } from '../../src/scoring/format-refusal.js';

const signature = parseSignature({ inputs: '[{"type": "long", "name": "a", "required": true}]' });
const answer = (contentType: string | null, body: string) => {
  const verdict = scoreRequest(signature, false, contentType, Buffer.from(body));
  return verdict.ok
    ? { status: 200, contentType: 'application/json', body: formatPredictions(verdict.data) }
    : formatRefusal(verdict, signature);
};

test('a refused table is shown in the message, with the schema, as MLflow 3.18 words it', () => {
  assert.deepEqual(answer('application/json', '{"dataframe_records":[{"b":"x"}]}'), {
    status: 400,
    contentType: 'application/json',
    body:
      '{"error_code": "INVALID_PARAMETER_VALUE", "message": "Failed to predict data \'   b\\n0  x\'. \\nError: ' +
      "Failed to enforce schema of data '   b\\n0  x' with schema '['a': long (required)]'. " +
      "Error: Model is missing inputs ['a']. Note that there were extra inputs: ['b'].\", " +
      '"sqlstate": "KAM01", "error_class": "SCHEMA_ENFORCEMENT_FAILED"}',
  });
});

test('arrays are shown as Python shows them', () => {
  assert.match(String(answer('application/json', '{"inputs":{"b":[1.5]}}').body), /data '\{'b': array\(\[1\.5\]\)\}'/);
});

test('plain text before the body is read', () => {
  assert.deepEqual(answer('text/csv; charset=latin-1', 'a\n1\n'), {
    status: 415,
    contentType: 'text/plain; charset=utf-8',
    body: 'The scoring server only supports UTF-8',
  });
  assert.equal(answer(null, '').status, 500);
});

test('accepted data is what a model that answers its input would answer', () => {
  assert.equal(answer('text/csv', 'a,zz\n1,2\n').body, '{"predictions": [{"a": 1}]}');
  assert.equal(answer('application/json', '{"instances":[{"a":7}]}').body, '{"predictions": [{"a": 7}]}');
});
