// Files of joblib: arrays that follow their descriptions, zlib and gzip within limits, and everything else refused by name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { deflateSync, gzipSync } from 'node:zlib';
import { MlctlError } from '../../../src/errors/error.js';
import { isSaved } from '../../../src/python/is-saved.js';
import { isSupportName } from '../../../src/python/is-support-name.js';
import { readJoblib } from '../../../src/python/pickle/read-joblib.js';
import { PICKLE_LIMITS, readPickle } from '../../../src/python/pickle/read-pickle.js';
import type { Saved } from '../../../src/python/saved.js';
import { FIXTURES } from '../../support/paths.js';

const bytesOf = (...parts: (string | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
const read = (bytes: Uint8Array) => readJoblib(bytes, isSupportName);

function refused(work: () => unknown): MlctlError {
  try {
    work();
  } catch (error) {
    if (error instanceof MlctlError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was read' });
}
const found = (bytes: Uint8Array) => refused(() => read(bytes)).details['found'];

const F8 = 'cnumpy\ndtype\n(Vf8\nI00\nI01\ntR(I3\nV<\nNNNI-1\nI-1\nI0\ntb';
const O8 = F8.replace('f8', 'O8').replace('V<', 'V|');
const description = (
  parts: { subclass?: string; dtype?: string; shape?: string; order?: string; more?: string } = {},
) =>
  `cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81}(Vsubclass\ncnumpy\n${parts.subclass ?? 'ndarray'}\n` +
  `Vshape\n(${parts.shape ?? 'I2\n'}tVorder\nV${parts.order ?? 'C'}\nVdtype\n${parts.dtype ?? F8}${parts.more ?? ''}ub`;
const TWO = Buffer.from(new Float64Array([1.5, -2]).buffer);

function values(saved: Saved): unknown {
  return isSaved(saved, 'array') ? Array.from((saved.values ?? []) as readonly unknown[]) : saved;
}

describe('an array in a file of joblib', () => {
  test('follows its description', () => {
    assert.deepEqual(values(read(bytesOf(description(), TWO, '.'))), [1.5, -2]);
  });

  test('may begin at a round place', () => {
    const padded = description({ more: 'Vnumpy_array_alignment_bytes\nI16\n' });
    assert.deepEqual(values(read(bytesOf(padded, '\x03\xff\xff\xff', TWO, '.'))), [1.5, -2]);
    assert.deepEqual(values(read(bytesOf(padded, '\0', TWO, '.'))), [1.5, -2]);
    assert.match(String(found(bytesOf(padded, '\xff', TWO, '.'))), /where 255 follow/);
    const none = description({ more: 'Vnumpy_array_alignment_bytes\nN' });
    assert.deepEqual(values(read(bytesOf(none, TWO, '.'))), [1.5, -2]);
  });

  test('of objects is a pickle of its own, with a memo of its own', () => {
    const inner = `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntC\x01btRp0\n(I1\n(I2\nt${O8}I00\n(Va\nI7\nltb.`;
    assert.deepEqual(values(read(bytesOf(description({ dtype: O8 }), inner, '.'))), ['a', 7n]);
    assert.equal(found(bytesOf('N\x940', description({ dtype: O8 }), 'h\0.', '.')), 'the memo number 0');
    assert.equal(
      found(bytesOf(description({ dtype: O8 }), 'N.', '.')),
      'another value behind the description of an array',
    );
    assert.equal(found(bytesOf(description({ dtype: O8 }), 'cposix\nsystem\n.', '.')), 'posix.system');
    assert.equal(
      found(bytesOf(description({ dtype: O8 }), description(), TWO, '..')),
      'joblib.numpy_pickle.NumpyArrayWrapper',
    );
  });

  test('is not cut off, and not followed by anything', () => {
    assert.match(String(found(bytesOf(description(), TWO.subarray(2), '.'))), /where 16 follow/);
    assert.equal(found(bytesOf(description(), TWO, '.N')), '1 bytes after its end');
    assert.match(String(found(bytesOf(description({ shape: 'I1099511627776\n' }), TWO, '.'))), /follow$/);
    assert.equal(found(bytesOf(description({ shape: 'I-2\n' }), TWO, '.')), 'a dimension of length -2');
  });

  test('is an ordinary array in an order that numpy has', () => {
    assert.equal(found(bytesOf(description({ subclass: 'float64' }), TWO, '.')), 'an array of the class numpy.float64');
    assert.equal(found(bytesOf(description({ order: 'K' }), TWO, '.')), 'the order K');
  });

  test('is a description only for joblib', () => {
    const error = refused(() => readPickle(bytesOf(description(), TWO, '.'), isSupportName));
    assert.equal(error.details['found'], 'joblib.numpy_pickle.NumpyArrayWrapper');
  });
});

describe('a compressed file of joblib', () => {
  const plain = bytesOf(description(), TWO, '.');

  test('is read if it is zlib or gzip', () => {
    assert.deepEqual(values(read(deflateSync(plain))), [1.5, -2]);
    assert.deepEqual(values(read(gzipSync(plain))), [1.5, -2]);
  });

  test('is refused by the name of any other compression', () => {
    const marks = { bz2: 'BZh9', xz: '\xfd7zXZ\0', lzma: ']\0\0', lz4: '\x04"M\x18', 'joblib before 0.10': 'ZF0x1' };
    for (const [name, mark] of Object.entries(marks)) {
      const error = refused(() => read(bytesOf(mark, 'rest')));
      assert.deepEqual([error.code, error.details['found']], ['MODEL_UNSUPPORTED', `the compression ${name}`]);
    }
  });

  test('does not inflate to far more than the file explains', () => {
    const bomb = deflateSync(Buffer.alloc(100 << 20));
    const before = process.memoryUsage();
    const error = refused(() => read(bomb));
    assert.deepEqual([error.code, error.details['found']], ['MODEL_HOSTILE', 'far more bytes than the file explains']);
    assert.ok(process.memoryUsage().arrayBuffers - before.arrayBuffers < 200 << 20);
    assert.equal(
      refused(() => readJoblib(deflateSync(plain), isSupportName, { ...PICKLE_LIMITS, fileBytes: plain.length - 1 }))
        .code,
      'MODEL_HOSTILE',
    );
  });

  test('is whole', () => {
    assert.equal(found(deflateSync(plain).subarray(0, 30)), 'data that cannot be inflated');
    assert.equal(found(bytesOf('\x1f\x8b', 'rest')), 'data that cannot be inflated');
  });
});

test('every byte at which a file of joblib may be cut off is refused', () => {
  const whole = readFileSync(join(FIXTURES, 'python', 'pickle', 'rich.joblib'));
  for (let end = 0; end < whole.length; end += end < 3000 ? 1 : 997)
    assert.ok(refused(() => readJoblib(whole.subarray(0, end), () => true)));
});
