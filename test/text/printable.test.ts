import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPrintable, printable } from '../../src/text/printable.js';

test('nothing that moves the cursor or hides text is left', () => {
  assert.equal(printable('a\u001b[31mred'), 'a\\u{1b}[31mred');
  assert.equal(printable('two\nlines\r\n'), 'two\\nlines\\r\\n');
  assert.equal(printable('exe\u202egnp'), 'exe\\u{202e}gnp');
  assert.equal(printable('a\u200bb\u{e0041}\u009b'), 'a\\u{200b}b\\u{e0041}\\u{9b}');
  assert.equal(printable('grün 日本 👍'), 'grün 日本 👍');
  assert.equal(printable('x'.repeat(400), 10), 'xxxxxxxxxx… (390 more characters)');
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => isPrintable(printable(text, 1000))));
});
