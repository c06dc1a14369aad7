// Text of others is shown, hidden and compared in a time that grows with it.
import { test } from 'node:test';
import { jsonExcess } from '../../src/text/json-limits.js';
import { nearestNames } from '../../src/text/nearest-names.js';
import { printable } from '../../src/text/printable.js';
import { redactText, redactUri } from '../../src/text/redact.js';
import { textWidth } from '../../src/text/width.js';
import { withoutEnd } from '../../src/text/without-end.js';
import { assertGrowsWithInput } from '../support/growth.js';

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['letters', (n) => 'a'.repeat(n)],
  ['blanks', (n) => `a${' '.repeat(n)}b`],
  ['slashes', (n) => `http://a${'/'.repeat(n)}b`],
  ['signs of addresses', (n) => `${'a:@'.repeat(n)}/`],
  ['addresses', (n) => 'http://u:p@h/ '.repeat(n)],
  ['beginnings of addresses', (n) => 'a:/'.repeat(n)],
  ['sign-ins', (n) => `${'Bearer '.repeat(n)}`],
  ['names of secrets', (n) => 'token'.repeat(n)],
  ['names of secrets with dashes', (n) => '-token_'.repeat(n)],
  ['secrets without a value', (n) => 'password = '.repeat(n)],
  ['queries', (n) => `http://h/?${'a=b&'.repeat(n)}`],
  ['controls', (n) => '\u001b[0m'.repeat(n)],
  ['wide characters', (n) => '漢😀\u0301'.repeat(n)],
  ['brackets', (n) => '[{'.repeat(n)],
];

for (const [what, make] of TEXTS)
  test(`text of ${what}`, async () => {
    const readers: readonly [string, (text: string) => unknown][] = [
      ['printable', (text) => printable(text, Number.POSITIVE_INFINITY)],
      ['redactText', redactText],
      ['redactUri', redactUri],
      ['textWidth', textWidth],
      ['withoutEnd', (text) => withoutEnd(text, '/')],
      ['jsonExcess', (text) => jsonExcess(Buffer.from(text))],
      ['nearestNames', (text) => nearestNames(text, [text.slice(1), 'token'])],
    ];
    for (const [name, read] of readers)
      await assertGrowsWithInput(`${name} of ${what}`, 2000, (n) => {
        const text = make(n);
        return () => void read(text);
      });
  });
