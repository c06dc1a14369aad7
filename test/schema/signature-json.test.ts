import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { describeSchema } from '../../src/schema/describe-schema.js';
import { formatSignature } from '../../src/schema/format-signature.js';
import { parseSignature } from '../../src/schema/parse-signature.js';

test('reads and writes back every type in the spelling of json.dumps', () => {
  const inputs =
    '[{"type": "long", "name": "a", "required": true}, {"type": "array", "items": {"type": "double"}, "name": "b", "required": false}, ' +
    '{"type": "object", "properties": {"k": {"type": "string", "required": true}}, "name": "\\u00e9", "required": true}, ' +
    '{"type": "map", "values": {"type": "long"}, "name": "m", "required": true}, {"type": "any", "name": "x", "required": null}]';
  const outputs = '[{"name": "x", "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}}]';
  const params =
    '[{"name": "p", "default": 1e-05, "shape": null, "type": "double"}, {"name": "d", "default": "2024-01-31T12:00:00", "shape": null, "type": "datetime"}]';
  const signature = parseSignature({ inputs, outputs, params });
  assert.ok(signature);
  assert.deepEqual(formatSignature(signature), { inputs, outputs, params });
  assert.equal(
    describeSchema(signature.inputs!),
    "['a': long (required), 'b': Array(double) (optional), 'é': {k: string (required)} (required), 'm': Map(str -> DataType.long) (required), 'x': Any (optional)]",
  );
  assert.equal(describeSchema(signature.outputs!), "['x': Tensor('float32', (-1, 3))]");
});

test('a scalar without `required` is required, a complex type optional', () => {
  const signature = parseSignature({ inputs: '[{"type":"long","name":"a"},{"type":"any","name":"b"}]' });
  const schema = signature!.inputs!;
  assert.deepEqual(schema.kind === 'columns' && schema.columns.map((column) => column.required), [true, false]);
});

test('older spellings: dtype for type in params, any spelling of a numpy type', () => {
  const signature = parseSignature({
    inputs: '[{"type":"tensor","tensor-spec":{"dtype":"<f4","shape":[-1]}}]',
    params: '[{"name":"p","dtype":"long","default":1}]',
  });
  assert.equal(
    formatSignature(signature!).inputs,
    '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1]}}]',
  );
  assert.equal(formatSignature(signature!).params, '[{"name": "p", "default": 1, "shape": null, "type": "long"}]');
});

test('refuses what MLflow refuses and says which part', () => {
  const refused = [
    '[]',
    '[{"type":"long","name":"a","dtype":1}]',
    '[{"type":"LONG"}]',
    '[{"type":"object","properties":{}}]',
    '[{"type":"long","required":false}]',
    '[{"type":"long","name":"a"},{"type":"long"}]',
    '[{"type":"tensor","tensor-spec":{"dtype":"U10","shape":[-1]}}]',
    '[{"type":"long"}]x',
  ];
  for (const inputs of refused)
    assert.throws(
      () => parseSignature({ inputs }),
      (error) => error instanceof MlctlError && error.code === 'SIGNATURE_INVALID' && error.details.part === 'inputs',
      inputs,
    );
  assert.equal(parseSignature({ inputs: '', outputs: null }), null);
});
