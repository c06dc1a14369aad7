// The fast text of a double reads back as the same double and is as short as JavaScript's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MOST_DOUBLE_BYTES, writeDouble } from '../../../src/data/write/write-double.js';

const bytes = Buffer.alloc(64);
const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const textOf = (value: number): string => bytes.toString('latin1', 0, writeDouble(Float64Array.of(value), 0, view, 0));

function check(value: number): void {
  const text = textOf(value);
  assert.ok(text.length <= MOST_DOUBLE_BYTES, text);
  assert.ok(Object.is(Number(text), value), `${value} was written ${text}`);
  const short = String(value);
  // As many digits as JavaScript writes, but for `.0`.
  if (Number.isFinite(value) && value !== 0) assert.equal(text.replace(/\.0$/, '').length, short.length, text);
}

test('written doubles read back alike', () => {
  for (const value of [
    0,
    -0,
    1,
    -1,
    0.1,
    0.95,
    1e15,
    1e21,
    1e22,
    5e-324,
    1.7976931348623157e308,
    0.5,
    2 ** -17,
    100,
    1e14,
    999999999999999.9,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    123456789.125,
    9.5367431640625e-7,
    0.1 + 0.2,
    1 / 3,
    2 / 3,
  ])
    check(value); // prettier-ignore
  fc.assert(fc.property(fc.double(), check), { numRuns: 5000 });
  fc.assert(fc.property(fc.double({ min: 1e-5, max: 1e15, noNaN: true }), check), { numRuns: 20_000 });
  fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), check), { numRuns: 20_000 });
  fc.assert(fc.property(fc.double({ min: 1e-24, max: 1e-5, noNaN: true }), check), { numRuns: 10_000 });
  for (let i = 0; i < 50_000; i++) {
    check(Math.abs(Math.sin(i)) * 10 ** -(i % 25));
    check(10 ** -(i % 25) * (1 - 2 ** -53 * (i % 40)));
    check(Number(`${1 + (i % 999)}e-${i % 26}`));
    check(Math.abs(Math.sin(i)));
    check(Math.round(Math.abs(Math.sin(i)) * 1e4) / 1e3);
  }
});
