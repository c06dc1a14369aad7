// A float is written with the fewest of 6, 7 and 8 digits that read back as the same float, else as the double that it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeFloat } from '../../../src/data/write/write-float.js';

const bytes = Buffer.alloc(64);
const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function check(value: number): void {
  const text = bytes.toString('latin1', 0, writeFloat(Float32Array.of(value), 0, view, 0));
  const wanted = [6, 7, 8]
    .map((digits) => Number(value.toPrecision(digits)))
    .find((short) => Math.fround(short) === value);
  assert.ok(Object.is(Number(text), wanted ?? value), `${value} was written ${text}`);
  assert.ok(text.includes('.') || text.includes('e') || !Number.isFinite(value), text);
}

test('written floats read back alike, with the fewest digits', () => {
  for (const value of [
    0,
    -0,
    0.1,
    1,
    1e6,
    1e-6,
    999999.94,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e-45,
    3.4028234663852886e38,
  ])
    check(Math.fround(value));
  fc.assert(fc.property(fc.float(), check), { numRuns: 20_000 });
  fc.assert(fc.property(fc.float({ min: 0, max: 1, noNaN: true }), check), { numRuns: 20_000 });
  for (let i = 0; i < 50_000; i++) {
    check(Math.fround(Number((Math.abs(Math.sin(i)) * 10 ** ((i % 16) - 8)).toPrecision(1 + (i % 9)))));
    // halves, quarters and so on, whose last digit is a 5
    check(Math.fround(i * 2 ** -(i % 30)));
    check(Math.fround(-(10 ** ((i % 16) - 8)) * (1 + (i % 7) * 2 ** -24)));
  }
});
