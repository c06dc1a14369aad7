// A filter, an order and a page token are read in a time that grows with them.
import { test } from 'node:test';
import { parseFilter } from '../../src/tracking/filter.js';
import { parsePageToken } from '../../src/tracking/page-token.js';
import { parseOrderBy } from '../../src/tracking/parse-order-by.js';
import { assertGrowsWithInput } from '../support/growth.js';

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['comparisons', (n) => `${'metrics.a > 1 AND '.repeat(n)}metrics.a > 1`],
  ['blanks', (n) => `metrics.a${' '.repeat(n)}x`],
  ['quotes', (n) => `params.${'`a`'.repeat(n)}`],
  ['doubled quotes', (n) => `params.a = ${"''".repeat(n)}`],
  ['quotes that do not end', (n) => `params.${'`"'.repeat(n)}x'`],
  ['digits', (n) => `metrics.a > ${'1'.repeat(n)}x`],
  ['points', (n) => `metrics.a > ${'1.'.repeat(n)}`],
  ['a list', (n) => `attributes.run_id IN (${"'a',".repeat(n)}'a')`],
  ['words', (n) => 'a.'.repeat(n)],
  ['brackets', (n) => '('.repeat(n)],
];
const READERS: readonly [string, (text: string) => unknown][] = [
  ['parseFilter', (text) => parseFilter(text.slice(0, 100_000), 'run')],
  ['parseOrderBy', (text) => parseOrderBy(text, 'run')],
  ['parsePageToken', parsePageToken],
];

for (const [what, make] of TEXTS)
  test(`a search by ${what}`, async () => {
    for (const [name, read] of READERS)
      await assertGrowsWithInput(`${name} of ${what}`, 500, (n) => {
        const text = make(n);
        return () => {
          try {
            read(text);
          } catch {
            // Refused is an answer.
          }
        };
      });
  });
