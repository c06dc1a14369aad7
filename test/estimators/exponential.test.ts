import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exp, log, log1p } from '../../src/estimators/exponential.js';

/** Distance in units of the last place of the reference; the engine's own functions are themselves good to about one. */
function places(mine: number, reference: number): number {
  if (Object.is(mine, reference)) return 0;
  return Math.abs(mine - reference) / Math.max(Math.abs(reference) * Number.EPSILON, 5e-324);
}

test('exp, log and log1p stay within two units of the last place of the engine', () => {
  fc.assert(
    fc.property(fc.double({ min: -745, max: 709.7, noNaN: true }), (x) => places(exp(x), Math.exp(x)) <= 2),
    { numRuns: 20_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: 5e-324, noNaN: true }), (x) => places(log(x), Math.log(x)) <= 2),
    { numRuns: 20_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => places(log(x), Math.log(x)) <= 2),
    { numRuns: 20_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => places(log1p(x), Math.log1p(x)) <= 2),
    { numRuns: 20_000 },
  );
});

test('the edges', () => {
  assert.deepEqual(
    [
      exp(0),
      exp(-0),
      exp(710),
      exp(-746),
      exp(Number.POSITIVE_INFINITY),
      exp(Number.NEGATIVE_INFINITY),
      exp(Number.NaN),
    ],
    [1, 1, Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0, Number.NaN],
  );
  assert.deepEqual(
    [log(1), log(0), log(-1), log(Number.POSITIVE_INFINITY), log(Number.NaN)],
    [0, Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN],
  );
  assert.equal(exp(-745), 5e-324);
  assert.equal(log(5e-324), -744.4400719213812);
});
