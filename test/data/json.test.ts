import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonSyntaxError, parseJson } from '../../src/data/json.js';
import { formatJson } from '../../src/data/json-format.js';
import { JsonEncodingError } from '../../src/data/json-text.js';

const number = (text: string, double?: number) => ({ kind: 'number', text, double });

test('numbers keep their spelling, objects their order and repeated keys', () => {
  assert.deepEqual(parseJson('[3, 3.0, 9007199254740993, 9007199254740991, -0, 1E+2, 0.10000000000000001, 1e400]'), [
    number('3', 3),
    number('3.0', 3),
    // what a double does not hold is said where the number is used
    number('9007199254740993'),
    number('9007199254740991', 9007199254740991),
    number('-0', -0),
    number('1E+2'),
    number('0.10000000000000001', 0.1),
    number('1e400'),
  ]);
  const text = '{"b":1,"2":2,"__proto__":3,"b":4}';
  assert.equal(formatJson(parseJson(text)), text);
});

test('a number that is known while it is read is the one that JavaScript reads', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 14 });
  const spelling = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.constantFrom('', '-'), digits, digits).map(([sign, a, b]) => `${sign}${BigInt(a)}.${b}`),
    fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }).map(String),
  );
  let known = 0;
  fc.assert(
    fc.property(spelling, (text) => {
      const read = parseJson(text) as { text: string; double?: number };
      assert.equal(read.text, text);
      if (read.double === undefined) return;
      known++;
      assert.ok(Object.is(read.double, JSON.parse(text)), text);
      if (/^-?\d+$/.test(text)) assert.equal(BigInt(read.double), BigInt(text));
    }),
    { numRuns: 20_000 },
  );
  assert.ok(known > 5000, String(known));
});

test('keys that begin alike, have escapes or change from record to record are read as they stand', () => {
  const records = [
    { a: 1, ab: 2 },
    { ab: 1, a: 2 },
    { 'a"': 1, 'a\\': 2 },
    { 'a\\': 1, 'a"': 2, c: { a: 1 } },
    { a: { a: 1 }, '': 2 },
    { '': 1, 'é😀': 2 },
    { é: 1, 'é😀': 2 },
  ];
  for (const text of [JSON.stringify([...records, ...records]), '[{"a\\u0062":1},{"ab":1},{"a\\u0062":1}]'])
    assert.deepEqual(JSON.parse(formatJson(parseJson(text))), JSON.parse(text));
  assert.throws(() => parseJson('[{"a":1},{"a\\":1}]'), JsonSyntaxError);
});

test('the words of Python are accepted only where asked for', () => {
  assert.deepEqual(parseJson('[NaN, Infinity, -Infinity]', { python: true }), [
    number('NaN'),
    number('Infinity'),
    number('-Infinity'),
  ]);
  for (const text of ['NaN', 'Infinity', '-Infinity']) assert.throws(() => parseJson(text), JsonSyntaxError);
});

test('errors have the words and the position of JSONDecodeError', () => {
  const cases: [string, string][] = [
    ['', 'Expecting value: line 1 column 1 (char 0)'],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
    ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['01', 'Extra data: line 1 column 2 (char 1)'],
    ['1.', 'Extra data: line 1 column 2 (char 1)'],
    ['-', 'Expecting value: line 1 column 1 (char 0)'],
    ['\n["é😀" x', "Expecting ',' delimiter: line 2 column 7 (char 7)"],
    ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
    ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
    ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
    ['\ufeff1', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
  ];
  for (const [text, message] of cases) {
    assert.throws(
      () => parseJson(text),
      (error) => error instanceof JsonSyntaxError && error.pythonMessage === message,
      `${JSON.stringify(text)} should say ${message}`,
    );
  }
});

test('depth is capped', () => {
  assert.throws(() => parseJson('['.repeat(100_000)), /Nested more than 900 deep/);
  assert.doesNotThrow(() => parseJson('['.repeat(900) + ']'.repeat(900)));
});

test('bytes: UTF-8, UTF-16 and UTF-32 with and without BOM, surrogates kept', () => {
  const text = '{"é":"😀"}';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const points = [...text].map((letter) => letter.codePointAt(0)!);
  const wide = Buffer.alloc(points.length * 4);
  for (const [i, point] of points.entries()) wide.writeUInt32LE(point, i * 4);
  const wideBig = Buffer.from(wide).swap32();
  const expected = parseJson(text);
  for (const bytes of [Buffer.from(text), little, big, wide, wideBig]) assert.deepEqual(parseJson(bytes), expected);
  for (const bytes of [
    [0xef, 0xbb, 0xbf, ...Buffer.from(text)],
    [0xff, 0xfe, ...little],
    [0xfe, 0xff, ...big],
    [0xff, 0xfe, 0, 0, ...wide],
  ])
    assert.deepEqual(parseJson(Uint8Array.from(bytes)), expected);
  assert.equal(parseJson(Uint8Array.from([34, 0xed, 0xa0, 0x80, 34])), '\ud800');
  assert.equal(parseJson('"\\ud800"'), '\ud800');
  for (const bad of [
    [34, 0xff, 34],
    [34, 0xc0, 0x80, 34],
    [34, 0xf8, 34],
    [34, 0xe2, 0x82],
  ])
    assert.throws(() => parseJson(Uint8Array.from(bad)), JsonEncodingError);
});

test('whatever JSON.stringify writes comes back the same', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(JSON.parse(formatJson(parseJson(text))), JSON.parse(text));
      assert.deepEqual(JSON.parse(formatJson(parseJson(text), { python: true })), JSON.parse(text));
    }),
  );
});
