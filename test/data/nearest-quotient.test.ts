// Digits and their point give the double that JavaScript reads, or none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestQuotient } from '../../src/data/nearest-quotient.js';

/** Digits as the readers cut them: nine without zeros before them, then nine more. */
function read(digits: string, places: number): number {
  const short = digits.replace(/^0+/, '');
  const tail = short.slice(9);
  return nearestQuotient(Number(short.slice(0, 9)), Number(tail), tail.length, places);
}

/** The digits and places of a decimal number. */
function partsOf(text: string): [string, number] {
  const [whole, fraction = ''] = text.split('.') as [string, string?];
  return [whole + fraction, fraction.length];
}

const digitsOf = (most: number) =>
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: most - 1 }));

test('up to eighteen digits are read as JavaScript reads them', () => {
  fc.assert(
    fc.property(digitsOf(18), fc.integer({ min: 0, max: 22 }), ([first, more], places) => {
      assert.equal(read(`${first}${more}`, places), Number(`${first}${more}e-${places}`));
    }),
    { numRuns: 50_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (value) => {
      // the last digit of a neighbour decides
      for (const digits of [15, 16, 17, 18]) {
        const text = value.toPrecision(digits);
        const [all, places] = partsOf(text);
        if (!text.includes('e') && places <= 22) assert.equal(read(all, places), Number(text), text);
      }
    }),
    { numRuns: 50_000 },
  );
});

test('what is half-way between two doubles, or has too many places, is left to others', () => {
  for (let i = 0; i < 20_000; i++) {
    // between 2^53 and 2^54 only even numbers are doubles
    const odd = 2n ** 53n + 1n + 2n * BigInt(i) * 7919n;
    assert.ok(Number.isNaN(read(String(odd), 0)), String(odd));
    for (const places of [1, 2]) {
      const near = odd * 10n ** BigInt(places);
      assert.ok(Number.isNaN(read(String(near), places)), String(near));
      assert.equal(read(String(near + 1n), places), Number(`${near + 1n}e-${places}`));
      assert.equal(read(String(near - 1n), places), Number(`${near - 1n}e-${places}`));
    }
  }
  assert.ok(Number.isNaN(read('1', 23)));
  assert.equal(read('1', 22), 1e-22);
});
