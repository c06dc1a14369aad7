// Keys keep the order of the file, whatever they look like, and nothing but keys is marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { markIndexKeys, unmarkedKey } from '../../../src/python/skops/mark-index-keys.js';

const parse = (text: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(markIndexKeys(Buffer.from(text))).toString());

const text = fc.oneof(
  fc.string(),
  fc.nat().map(String),
  fc.constantFrom(
    '0',
    '00',
    '#',
    '##',
    '#1',
    '##12',
    '1#',
    '12"',
    '\\"1',
    '"1":',
    '4294967295',
    '-1',
    '1.5',
    '__proto__',
  ),
);

test('keys come in the order in which they were written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(text), text, fc.constantFrom('', ' ', '\n\t '), (keys, value, space) => {
      const written = keys.map((key) => `${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}`).join(',');
      const read = Object.entries(parse(`{${written}}`));
      assert.deepEqual(
        read.map(([key]) => unmarkedKey(key)),
        keys,
      );
      for (const [, one] of read) assert.equal(one, value);
    }),
    { numRuns: 2000 },
  );
});

test('texts that are not keys stay as they are, and so does JSON without such keys', () => {
  fc.assert(
    fc.property(fc.array(text), (values) => {
      const written = Buffer.from(JSON.stringify(values));
      assert.equal(markIndexKeys(written), written);
    }),
  );
  const plain = Buffer.from('{"a": "1", "b": ["2", {"c": "3"}]}');
  assert.equal(markIndexKeys(plain), plain);
});

test('any bytes at all are marked without a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.ok(markIndexKeys(bytes).length >= bytes.length);
    }),
  );
});
