import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exp, exp2, log, log1p } from '../../src/estimators/exponential.js';
import { singleExp } from '../../src/estimators/special/single-exp.js';

/** Distance in units of the last place of the reference; the engine's own functions are themselves good to about one. */
function places(mine: number, reference: number): number {
  if (Object.is(mine, reference)) return 0;
  return Math.abs(mine - reference) / Math.max(Math.abs(reference) * Number.EPSILON, 5e-324);
}

test('exp, log and log1p stay within two units of the last place of the engine', () => {
  fc.assert(
    fc.property(fc.double({ min: -745, max: 709.7, noNaN: true }), (x) => places(exp(x), Math.exp(x)) <= 2),
    { numRuns: 20_000, seed: 20261130 },
  );
  fc.assert(
    fc.property(fc.double({ min: 5e-324, noNaN: true }), (x) => places(log(x), Math.log(x)) <= 2),
    { numRuns: 20_000, seed: 20261130 },
  );
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => places(log(x), Math.log(x)) <= 2),
    { numRuns: 20_000, seed: 20261130 },
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => places(log1p(x), Math.log1p(x)) <= 2),
    { numRuns: 20_000, seed: 20261130 },
  );
});

test('powers of 2 stay within two units of the last place of the engine, and are exact where the exponent is whole', () => {
  fc.assert(
    fc.property(fc.double({ min: -1074, max: 1023.9, noNaN: true }), (x) => places(exp2(x), 2 ** x) <= 2),
    { numRuns: 20_000, seed: 20261130 },
  );
  assert.deepEqual(
    [exp2(-1074), exp2(-1), exp2(0), exp2(10), exp2(1024)],
    [5e-324, 0.5, 1, 1024, Number.POSITIVE_INFINITY],
  );
});

test('float32: numbers that numpy answered, bit by bit', () => {
  // numpy.exp of numpy.float32, read as float64
  const known: readonly (readonly [x: number, wanted: number])[] = [
    [-80.30000305175781, 1.3370628351004454e-35],
    [-17.770000457763672, 1.9168442833006338e-8],
    [-5.099999904632568, 0.006096746772527695],
    [-1.899999976158142, 0.14956863224506378],
    [-0.699999988079071, 0.49658527970314026],
    [-0.12300000339746475, 0.8842636346817017],
    [-0.0010000000474974513, 0.9990004897117615],
    [0.0, 1.0],
    [0.30000001192092896, 1.3498587608337402],
    [2.5, 12.182493209838867],
    [41.900001525878906, 1.5737634284288082e18],
  ];
  for (const [x, wanted] of known) assert.equal(singleExp(Math.fround(x)), wanted);
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
