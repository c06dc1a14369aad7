// The exact spelling of a number decides what it becomes: the nearest value of the type, or what would be lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { doubleOf, floatOf, INT32, INT64, integerOf, isIntegerSpelling } from '../../../src/schema/strict/numbers.js';
import { Problem } from '../../../src/schema/strict/problem.js';

type Rule = (text: string) => unknown;
function refuses(rule: Rule, cases: readonly (readonly [string, RegExp])[]): void {
  for (const [text, say] of cases) {
    const found = rule(text);
    assert.ok(found instanceof Problem, `${text} became ${found}`);
    assert.equal(found.code, 'SCHEMA_LOSSY_CAST', text);
    assert.match(found.say, say, text);
  }
}
function accepts(rule: Rule, cases: readonly (readonly [string, unknown])[]): void {
  for (const [text, value] of cases) assert.equal(rule(text), value, text);
}

test('a double: fractions are rounded, integers must be exact, nothing overflows or vanishes', () => {
  accepts(doubleOf, [
    ['0.1', 0.1],
    ['-0', -0],
    ['-2.50', -2.5],
    ['123456789012345', 123456789012345],
    ['+7', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['0e9', 0],
    ['-0.000e-999', -0],
    ['4.9e-324', 5e-324],
    ['9007199254740992', 2 ** 53],
    ['-9007199254740992', -(2 ** 53)],
    ['9007199254740993.5', 9007199254740994],
    ['1.7976931348623157e308', Number.MAX_VALUE],
  ]);
  refuses(doubleOf, [
    ['1e309', /overflows double$/],
    ['-1e309', /overflows double$/],
    ['1e-400', /underflows to 0 in a double$/],
    ['-0.0000001e-400', /underflows/],
    ['2e-324', /underflows/],
    ['9007199254740993', /has no exact double$/],
    ['-9007199254740993', /has no exact double$/],
    ['+9007199254740993', /has no exact double$/],
  ]);
});

test('the short way through plain decimals gives what Number gives', () => {
  const digits = (most: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((all) => all.join(''));
  fc.assert(
    fc.property(fc.constantFrom('', '-'), digits(9), fc.option(digits(9)), (sign, before, after) => {
      const text = `${sign}${before}${after === null ? '' : `.${after}`}`;
      assert.equal(doubleOf(text), Number(text));
    }),
    { numRuns: 2000 },
  );
});

test('a float: as a double, in 24 bits', () => {
  accepts(floatOf, [
    ['0.1', Math.fround(0.1)],
    ['16777216', 2 ** 24],
    ['-16777216', -(2 ** 24)],
    ['16777217.0', 2 ** 24],
    ['16777218', 16777218],
    ['0.0', 0],
    ['1e-45', Math.fround(1e-45)],
    ['3.4028234e38', Math.fround(3.4028234e38)],
  ]);
  refuses(floatOf, [
    ['1e39', /overflows float/],
    ['1e-46', /underflows to 0 in a float/],
    ['16777217', /has no exact float/],
    ['-16777217', /has no exact float/],
  ]);
});

test('an integer: by its digits, also if it is spelt as a fraction or with an exponent', () => {
  accepts(
    (text) => integerOf(text, INT64),
    [
      ['9223372036854775807', 2n ** 63n - 1n],
      ['-9223372036854775808', -(2n ** 63n)],
      ['+5', 5n],
      ['-0', 0n],
      ['2.0', 2n],
      ['2.', 2n],
      ['-2.00', -2n],
      ['1e2', 100n],
      ['1E+2', 100n],
      ['1.5e1', 15n],
      ['120e-1', 12n],
      ['0.00e-5', 0n],
      ['9007199254740991.0', 2n ** 53n - 1n],
    ],
  );
  refuses(
    (text) => integerOf(text, INT64),
    [
      ['9223372036854775808', /is out of range for long/],
      ['-9223372036854775809', /is out of range for long/],
      ['1'.repeat(401), /is out of range for long/],
      ['1e400', /is out of range for long/],
      ['1.7', /is not an integer/],
      ['.5', /is not an integer/],
      ['12e-1', /is not an integer/],
      ['1.25e1', /is not an integer/],
      ['1.00000000000000000001', /is not an integer/],
      ['0x10', /is not an integer/],
      ['9007199254740993.0', /digits are lost/],
      ['-9007199254740993.0', /digits are lost/],
      ['1e18', /digits are lost/],
    ],
  );
  accepts(
    (text) => integerOf(text, INT32),
    [
      ['2147483647', 2n ** 31n - 1n],
      ['-2147483648', -(2n ** 31n)],
    ],
  );
  refuses(
    (text) => integerOf(text, INT32),
    [
      ['2147483648', /is out of range for integer/],
      ['-2147483649', /is out of range for integer/],
      ['3e9', /is out of range for integer/],
    ],
  );
  for (const text of ['3', '+3', '-03']) assert.ok(isIntegerSpelling(text), text);
  for (const text of ['3.0', '3e0', '', '-', '٣', ' 3']) assert.ok(!isIntegerSpelling(text), text);
});
