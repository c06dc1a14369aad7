// What an S3 server answers is checked, and then parsed by the SDK, in a time that grows with it.
import { test } from 'node:test';
import { xmlExcess } from '../../../src/artifacts/s3/s3-capped.js';
import { assertGrowsWithInput } from '../../support/growth.js';

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['beginnings of tags before one end', (n) => `${'<a'.repeat(n)}${' '.repeat(20 * n)}>`],
  ['beginnings of tags', (n) => '<a'.repeat(n)],
  ['ends of tags', (n) => `<a${'>'.repeat(n)}`],
  ['elements', (n) => `<a>${'<b>c</b>'.repeat(n)}</a>`],
  ['attributes', (n) => `<a ${'b="c" '.repeat(n)}/>`],
  ['comments', (n) => '<!-- <a> -->'.repeat(n)],
  ['text', (n) => `<a>${'&amp;'.repeat(n)}</a>`],
  ['text in square brackets', (n) => `<a><![CDATA[${']]'.repeat(n)}]]></a>`],
];

for (const [what, make] of TEXTS)
  test(`an answer of ${what}`, async () => {
    await assertGrowsWithInput(what, 2000, (n) => {
      const bytes = Buffer.from(make(n));
      return () => void xmlExcess(bytes);
    });
  });
