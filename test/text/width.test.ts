// The short way over plain text against string-width itself, over every character.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { padTo, textWidth } from '../../src/text/width.js';

test('every character, alone and beside others, is as wide as string-width says', () => {
  for (let code = 1; code <= 0x1ffff; code++) {
    const character = String.fromCodePoint(code);
    if (textWidth(character) !== stringWidth(character)) assert.fail(`U+${code.toString(16)}`);
  }
  const parts = fc.string({
    unit: fc.constantFrom('a', 'é', 'e', '\u0301', '…', '✔', '✖', '–', '日', '\ufe0f', '\u200d', '\u20e3'),
  });
  fc.assert(fc.property(parts, (text) => assert.equal(textWidth(text), stringWidth(text))));
});

test('width counts columns, not characters', () => {
  assert.equal(textWidth('日本'), 4);
  assert.equal(textWidth('e\u0301'), 1);
  assert.equal(textWidth('👨‍👩‍👧'), 2);
  assert.equal(padTo('日本', 6), '日本  ');
});
