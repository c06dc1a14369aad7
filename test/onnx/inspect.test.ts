import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { encodeModel } from '../../src/onnx/encode-model.js';
import { inspectModel } from '../../src/onnx/inspect.js';
import { MESSAGES } from '../../src/onnx/messages.js';
import { pythonOf, runPython } from '../support/python.js';
import { CASES } from './pipelines.js';

describe('inspectModel', () => {
  test('reports what is in a graph that mlctl wrote', () => {
    const facts = inspectModel(convertEstimator(CASES[0]!.estimator, CASES[0]!.inputs));
    assert.deepEqual(facts.inputs[0], { name: 'sepal length', elementType: 'float64', shape: [-1] });
    assert.deepEqual(facts.outputs[0], { name: 'label', elementType: 'int64', shape: [-1] });
    assert.equal(facts.nodes.get('Gemm'), 1);
    assert.deepEqual(
      facts.opsets,
      new Map([
        ['', 17],
        ['ai.onnx.ml', 3],
      ]),
    );
    assert.deepEqual([facts.irVersion, facts.producer.name], [9, 'mlctl']);
    // 3 means, 3 scales, 3×3 coefficients, 3 intercepts, 3 labels, shape of 2, three class numbers, one row number, one bound.
    assert.equal(facts.tensorBytes, 8 * (3 + 3 + 9 + 3 + 3 + 2 + 3 + 1 + 1));
    assert.deepEqual(inspectModel(convertEstimator(CASES[4]!.estimator, CASES[4]!.inputs)).inputs[0]?.shape, [-1, 1]);
  });

  test('counts inside sub-graphs, names other domains, types that are no tensors, defaults and external files', () => {
    const facts = inspectModel(
      encodeModel({
        graph: {
          input: [
            { name: 'X', type: { tensorType: { elemType: 1 } } },
            { name: 'W', type: { tensorType: { elemType: 1 } } },
          ],
          output: [
            {
              name: 'P',
              type: {
                sequenceType: { elemType: { mapType: { keyType: 7, valueType: { tensorType: { elemType: 1 } } } } },
              },
            },
          ],
          initializer: [{ name: 'W', dataLocation: 1, externalData: [{ key: 'location', value: 'w.bin' }] }],
          node: [
            {
              opType: 'If',
              attribute: [{ name: 'then_branch', g: { node: [{ opType: 'Gelu', domain: 'com.microsoft' }] } }],
            },
          ],
        },
        metadataProps: [{ key: '__proto__', value: 'x' }],
      }),
    );
    assert.deepEqual(facts.inputs, [{ name: 'X', elementType: 'float32', shape: null }]);
    assert.equal(facts.outputs[0]?.elementType, 'sequence(map(int64,float32))');
    assert.deepEqual(
      [...facts.nodes],
      [
        ['If', 1],
        ['com.microsoft.Gelu', 1],
      ],
    );
    assert.deepEqual(facts.externalFiles, ['w.bin']);
    assert.equal(facts.metadata.get('__proto__'), 'x');
  });

  test("the table of fields is that of Python's onnx", (t) => {
    const python = pythonOf('mlflow');
    if ('skip' in python) return t.skip(python.skip);
    const done = runPython(python.python, DESCRIPTORS, [JSON.stringify(Object.keys(MESSAGES))]);
    assert.equal(done.status, 0, done.stderr);
    const theirs = JSON.parse(done.stdout) as Record<string, Record<string, [string, string, boolean]>>;
    const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    for (const [message, fields] of Object.entries(MESSAGES)) {
      for (const [number, { name, kind, repeated }] of Object.entries(fields)) {
        const [theirName, theirKind, theirRepeated] = theirs[message]?.[number] ?? [];
        assert.equal(name, camel(theirName ?? ''), `${message} ${number}`);
        assert.equal(theirRepeated, repeated !== undefined, `${message}.${name}`);
        // uint64 and repeated int32 are read as int64: the same varints.
        const same: Record<string, string> = {
          uint64: 'int64',
          enum: 'int32',
          ...(repeated ? { int32: 'int64' } : {}),
        };
        assert.equal(kind, same[theirKind ?? ''] ?? theirKind, `${message}.${name}`);
      }
    }
  });
});

const DESCRIPTORS = `
import json, sys, onnx
pool = onnx.ModelProto.DESCRIPTOR.file.pool
kinds = {1: 'double', 2: 'float', 3: 'int64', 4: 'uint64', 5: 'int32', 9: 'string', 12: 'bytes', 14: 'enum'}
print(json.dumps({name: {f.number: [f.name, f.message_type.full_name[5:] if f.type == 11 else kinds[f.type], f.is_repeated if hasattr(f, 'is_repeated') else f.label == 3] for f in pool.FindMessageTypeByName('onnx.' + name).fields} for name in json.loads(sys.argv[1])}))
`;
