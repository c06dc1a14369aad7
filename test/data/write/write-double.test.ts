// The fast text of a double reads back as the same double and is as short as JavaScript's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MOST_DOUBLE_BYTES, writeDouble } from '../../../src/data/write/write-double.js';
import { fourDigits, writeInteger } from '../../../src/data/write/write-integer.js';

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
  // any bits, which are subnormal, tiny or huge as often as not, and both neighbours of what has few digits
  const words = new Uint32Array(1);
  const [any, bits] = [new Float64Array(1), new DataView(new ArrayBuffer(8))];
  for (let i = 0; i < 100_000; i++) {
    words[0] = Math.imul(i + 1, 2654435761);
    bits.setUint32(0, i % 2 === 0 ? words[0] : 0x3b800000 + (words[0] % 0x07800000));
    bits.setUint32(4, Math.imul(words[0], 1597334677));
    any[0] = bits.getFloat64(0);
    check(any[0]);
    const short = Number((Math.abs(Math.sin(i)) * 10).toPrecision(1 + (i % 17)));
    bits.setFloat64(0, short);
    const low = bits.getUint32(4);
    for (const near of [low - 1, low, low + 1]) {
      bits.setUint32(4, near);
      check(bits.getFloat64(0));
    }
    // halves, quarters and so on, whose last digit is a 5
    check(i * 2 ** -(i % 60));
  }
});

test('the digits are those of JavaScript, rounded up where two are as near', () => {
  for (let i = 1; i < 200_000; i++) {
    const value = Math.abs(Math.sin(i)) * 10 ** ((i % 28) - 22);
    assert.equal(textOf(value).replace(/\.0$/, ''), String(value));
  }
  assert.equal(textOf(0.0004892349243164062), '0.0004892349243164063');
  assert.equal(textOf(9704771468791.8125), '9704771468791.813');
  assert.equal(textOf(123456789012.5), '123456789012.5');
  assert.equal(textOf(1e-7), '1e-7');
  assert.equal(textOf(-1.25e-10), '-1.25e-10');
  assert.equal(textOf(1e-22), '1e-22');
  assert.equal(textOf(99999999999999.98), '99999999999999.98');
});

test('whole numbers of 32 bits', () => {
  const wholes = [0, 9, 10, 99, 100, 12345, 999_999_999, 1_000_000_000, 2 ** 31 - 1, -(2 ** 31), -1, -10, -12345];
  for (const value of wholes) assert.equal(bytes.toString('latin1', 0, writeInteger(value, view, 0)), String(value));
  for (let value = 0; value < 10_000; value++) {
    view.setUint32(0, fourDigits(value));
    assert.equal(bytes.toString('latin1', 0, 4), String(value).padStart(4, '0'));
  }
});
