// A dtype of records is refused if its fields overlap, leave the record, or could make more of the bytes than there are.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeArray } from '../../../src/python/numpy/decode-array.js';
import { type DTypeField, dtypeText, parseDType } from '../../../src/python/numpy/dtype.js';
import { recordDType } from '../../../src/python/numpy/record-dtype.js';

const field = (name: string, text: string, offset: number, shape: number[] = []): DTypeField => ({
  name,
  dtype: parseDType(text, 'x'),
  offset,
  shape,
});

describe('records', () => {
  test('are read by the offsets of their fields, whatever the order and the gaps', () => {
    const dtype = recordDType([field('b', '>u2', 4), field('a', '|i1', 1, [2])], 8, 'x');
    const bytes = Uint8Array.of(9, 255, 2, 9, 1, 0, 9, 9, 9, 3, 4, 9, 0, 7, 9, 9);
    const { fields, values } = decodeArray(dtype, [2], 'C', bytes, 'x');
    assert.equal(values, null);
    assert.deepEqual(fields?.get('b')?.values, Uint16Array.of(256, 7));
    assert.deepEqual(fields?.get('a')?.values, Int8Array.of(-1, 2, 3, 4));
    assert.deepEqual(fields?.get('a')?.shape, [2, 2]);
  });

  test('are turned from Fortran order as whole records', () => {
    const dtype = recordDType([field('a', '|u1', 0), field('b', '|u1', 1)], 2, 'x');
    const { fields } = decodeArray(dtype, [2, 2], 'F', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 'x');
    assert.deepEqual(fields?.get('a')?.values, Uint8Array.of(1, 5, 3, 7));
  });

  for (const [what, fields, size] of [
    ['fields that overlap', [field('a', '<f8', 0), field('b', '<f8', 4)], 16],
    ['a field that leaves the record', [field('a', '<f8', 4)], 8],
    ['a field before the record', [field('a', '<f8', -4)], 8],
    ['a field at no whole byte', [field('a', '<f8', 0.5)], 16],
    ['an offset that is not a number', [field('a', '<f8', Number.NaN)], 16],
    ['a repeated field', [field('a', '|u1', 0), field('a', '|u1', 1)], 2],
    ['a field of many elements', [field('a', '<f8', 0, [2 ** 50])], 8],
    ['a size that is not a number', [field('a', '|u1', 0)], Number.NaN],
  ] as const)
    test(`are refused: ${what}`, () => {
      assert.throws(() => recordDType(fields, size, 'x'), { code: 'MODEL_MALFORMED' });
    });

  test('without bytes have no elements', () => {
    const dtype = recordDType([], 0, 'x');
    assert.throws(() => decodeArray(dtype, [2 ** 40], 'C', new Uint8Array(), 'x'), { code: 'MODEL_MALFORMED' });
    const empty = recordDType([field('a', '<U0', 0)], 1, 'x');
    assert.throws(() => decodeArray(empty, [2], 'C', new Uint8Array(2), 'x'), { code: 'MODEL_MALFORMED' });
  });
});

test('the text of a dtype is read and written the same', () => {
  for (const text of ['<f8', '>i4', '|u1', '|b1', '<U10', '|S5', '<M8[ns]', '>m8[25s]', '<c16', '|V7', '|O'])
    assert.equal(dtypeText(parseDType(text, 'x')), text);
  assert.equal(dtypeText(parseDType('?', 'x')), '|b1');
  assert.equal(dtypeText(parseDType('=f4', 'x')), '<f4');
  assert.equal(dtypeText(parseDType('a3', 'x')), '|S3');
});
