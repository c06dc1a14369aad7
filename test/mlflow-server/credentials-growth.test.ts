// ~/.mlflow/credentials, and the headers of a request of the scoring protocol, are read in a time that grows with them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCredentials } from '../../src/mlflow-server/credentials-file.js';
import { readContentType } from '../../src/schema/mlflow/wire/read-content-type.js';
import { assertGrowsWithInput } from '../support/growth.js';

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['keys', (n) => `[mlflow]\n${Array.from({ length: n }, (_, i) => `k${i} = v`).join('\n')}`],
  ['sections', (n) => Array.from({ length: n }, (_, i) => `[s${i}]`).join('\n')],
  ['lines of one value', (n) => `[mlflow]\nmlflow_tracking_username = a\n${'  b\n'.repeat(n)}`],
  ['blank lines', (n) => `[mlflow]\nmlflow_tracking_username = a\n${'\n'.repeat(n)}`],
  ['percents', (n) => `[mlflow]\nmlflow_tracking_username = ${'%%'.repeat(n)}`],
  ['percents that do not end', (n) => `[mlflow]\nmlflow_tracking_username = ${'%('.repeat(n)}`],
  ['blanks', (n) => `[mlflow]\nmlflow_tracking_username${' '.repeat(n)}x`],
  ['parameters', (n) => `application/json${'; a=b'.repeat(n)}`],
  ['parameters of other names', (n) => `text/csv${Array.from({ length: n }, (_, i) => `;k${i}`).join('')}`],
];

for (const [what, make] of TEXTS)
  test(`settings of ${what}`, async () => {
    for (const read of [parseCredentials, readContentType])
      await assertGrowsWithInput(`${read.name} of ${what}`, 1000, (n) => {
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

test('a value that names others, which name others, is refused before it unfolds', () => {
  const levels = Array.from({ length: 9 }, (_, i) => `k${i} = ${`%(k${i + 1})s`.repeat(20)}`);
  const text = `[mlflow]\nmlflow_tracking_username = %(k0)s\n${levels.join('\n')}\nk9 = x\n`;
  assert.throws(() => parseCredentials(text), {
    code: 'CONFIG_INVALID',
    message: /names other keys more than 100 times/,
  });
});
