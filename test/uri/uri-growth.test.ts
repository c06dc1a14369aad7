// Addresses and paths of others are taken apart in a time that grows with them.
import { test } from 'node:test';
import { openArtifacts } from '../../src/artifacts/open.js';
import { parseModelUri } from '../../src/uri/parse-model-uri.js';
import { faultOfPath } from '../../src/uri/safe-join.js';
import { assertGrowsWithInput } from '../support/growth.js';
import { testWorld } from '../tracking/test-world.js';

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['slashes', (n) => `${'/'.repeat(n)}x${'/'.repeat(n)}`],
  ['dots', (n) => `${'.'.repeat(n)}x`],
  ['dots and slashes', (n) => '../'.repeat(n)],
  ['percents', (n) => '%25'.repeat(n)],
  ['percents of percents', (n) => `%${'25'.repeat(n)}2e`],
  ['colons', (n) => ':'.repeat(n)],
  ['blanks', (n) => ` ${' '.repeat(n)}x`],
  ['signs', (n) => '@#?'.repeat(n)],
  ['letters', (n) => 'a'.repeat(n)],
];
const HEADS = [
  '',
  'models:/',
  'runs:/',
  's3://bucket/',
  'mlflow-artifacts:/',
  'mlflow-artifacts://',
  'http://h/',
  'file:///',
];

const quietly = async (work: () => unknown): Promise<void> => {
  try {
    await work();
  } catch {
    // Refused is an answer.
  }
};

for (const [what, make] of TEXTS)
  test(`addresses of ${what}`, async () => {
    for (const head of HEADS) {
      const readers: readonly [string, (text: string) => unknown][] = [
        ['parseModelUri', parseModelUri],
        ['faultOfPath', (text) => faultOfPath(text)],
        [
          'openArtifacts',
          (text) => openArtifacts(text, { world: testWorld('/tmp'), trackingUri: 'http://127.0.0.1:1' }),
        ],
      ];
      for (const [name, read] of readers)
        await assertGrowsWithInput(`${name} of ${head} and ${what}`, 2000, (n) => {
          const text = head + make(n);
          return () => quietly(() => read(text));
        });
    }
  });
