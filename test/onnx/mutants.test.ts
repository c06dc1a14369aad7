import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MlctlError } from '../../src/errors/error.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { decodeModel } from '../../src/onnx/decode-model.js';
import { encodeModel } from '../../src/onnx/encode-model.js';
import { inspectModel } from '../../src/onnx/inspect.js';
import { scanModel } from '../../src/onnx/scan.js';
import { readVarint, varintBytes, WireReader, WireWriter } from '../../src/onnx/wire.js';
import { CASES } from './pipelines.js';

const MODELS = CASES.map(({ estimator, inputs }) => convertEstimator(estimator, inputs));

/** Findings, or the clean error; anything else thrown fails the test. */
function judge(bytes: Uint8Array): number | MlctlError {
  try {
    inspectModel(bytes);
    return scanModel(bytes).length;
  } catch (error) {
    if (error instanceof MlctlError) return error;
    throw error;
  }
}

describe('damaged files', () => {
  test('a file cut off anywhere is refused cleanly, or was cut between fields', () => {
    for (const model of MODELS) {
      let refused = 0;
      for (let length = 0; length < model.length; length++) {
        if (judge(model.subarray(0, length)) instanceof MlctlError) refused += 1;
      }
      // Between two fields of the file a cut leaves a well-formed, shorter message; there are fewer than ten such places.
      assert.ok(refused > model.length - 10, `${refused} of ${model.length}`);
    }
  });

  test('any flipped bit is refused cleanly or still describes a whole model', () => {
    const model = MODELS[2]!;
    let refused = 0;
    // Every third bit: still every byte, and every position in it.
    for (let bit = 0; bit < model.length * 8; bit += 3) {
      const flipped = model.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const verdict = judge(flipped);
      if (verdict !== 0) refused += 1;
    }
    assert.ok(refused > model.length / 3, `${refused} of ${model.length * 8} / 3`);
  });

  test('random bytes, and models with random bytes written over them, end in a verdict', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        judge(bytes);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...MODELS),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 12 }),
        (model, at, bytes) => {
          const changed = model.slice();
          changed.set(bytes, at % (model.length - bytes.length));
          judge(changed);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('five million empty messages do not make memory grow without bound', () => {
    const node = new WireWriter();
    const nodes = new Uint8Array(2 * 5_000_000);
    for (let i = 0; i < nodes.length; i += 2) nodes[i] = 0x0a;
    node.bytes(7, nodes);
    const before = process.memoryUsage().rss;
    const verdict = judge(node.finish());
    assert.ok(verdict instanceof MlctlError && verdict.code === 'MODEL_HOSTILE');
    assert.ok(process.memoryUsage().rss - before < 300 * 2 ** 20);
  });
});

describe('the wire format', () => {
  test('varints keep every 64-bit number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), (value) => {
        const bytes = Uint8Array.from(varintBytes(value));
        assert.equal(readVarint(bytes, 0), value);
        if (value < 0n) assert.equal(bytes.length, 10);
      }),
    );
  });

  test('what was decoded is encoded to the same bytes', () => {
    for (const model of MODELS) assert.deepEqual(encodeModel(decodeModel(model)), model);
  });

  test('values packed or not read the same', () => {
    const dims = [1n, 300n, -5n, 1n << 40n];
    const packed = new WireWriter();
    packed.bytes(1, Uint8Array.from(dims.flatMap(varintBytes)));
    packed.bytes(7, Uint8Array.from(dims.flatMap(varintBytes)));
    const plain = new WireWriter();
    for (const dim of dims) plain.varint(1, dim);
    for (const dim of dims) plain.varint(7, dim);
    for (const tensor of [packed.finish(), plain.finish()]) {
      const graph = new WireWriter();
      graph.bytes(5, tensor);
      const model = new WireWriter();
      model.bytes(7, graph.finish());
      const read = decodeModel(model.finish()).graph?.initializer?.[0];
      assert.deepEqual(read?.dims, dims);
      assert.deepEqual([...(read?.int64Data ?? [])], dims);
      assert.equal(read?.int64Data?.length, 4);
    }
    assert.throws(() => new WireReader(Uint8Array.of(0x0b)).next(), /group start/);
  });
});
