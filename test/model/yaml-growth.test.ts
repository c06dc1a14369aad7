// YAML of others, MLmodel and recipe, is read or refused in a time that grows with it.
import { test } from 'node:test';
import { readMlModel } from '../../src/model/read-ml-model.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { assertGrowsWithInput } from '../support/growth.js';

const list = (n: number, make: (i: number) => string): string => Array.from({ length: n }, (_, i) => make(i)).join('');

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['keys', (n) => list(n, (i) => `k${i}: ${i}\n`)],
  ['one key', (n) => list(n, () => 'a: 1\n')],
  ['items', (n) => `a:\n${list(n, (i) => `- ${i}\n`)}`],
  ['a line of items', (n) => `a: [${'1, '.repeat(n)}1]`],
  ['nested lists', (n) => `a: ${'['.repeat(n)}`],
  ['nested lists that end', (n) => `a: ${'['.repeat(n)}${']'.repeat(n)}`],
  ['nested maps', (n) => list(Math.min(n, 400), (i) => `${' '.repeat(i)}a:\n`)],
  ['dashes', (n) => `a:\n${'- '.repeat(n)}x`],
  ['anchors', (n) => list(n, (i) => `k${i}: &a${i} x\n`)],
  ['aliases', (n) => `a: &a x\n${list(n, (i) => `k${i}: *a\n`)}`],
  ['anchors of anchors', (n) => `a0: &a0 [x, x]\n${list(n, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}`],
  ['merges', (n) => `a: &a {x: 1}\n${list(n, (i) => `k${i}:\n  <<: *a\n`)}`],
  ['one long text', (n) => `a: ${'b '.repeat(n)}`],
  ['a text in quotes', (n) => `a: "${'\\u0041 '.repeat(n)}"`],
  ['a text of lines', (n) => `a: |\n${'  b\n'.repeat(n)}`],
  ['a text of blank lines', (n) => `a: "${'\n'.repeat(n)}"`],
  ['a text that does not end', (n) => `a: "${'b'.repeat(n)}`],
  ['blanks', (n) => `a:${' '.repeat(n)}b${' '.repeat(n)}`],
  ['comments', (n) => '# b\n'.repeat(n)],
  ['digits', (n) => `a: ${'1'.repeat(n)}x`],
  ['digits and colons', (n) => `a: 1${':1'.repeat(n)}x`],
  ['digits and underscores', (n) => `a: ${'1_'.repeat(n)}.`],
  ['documents', (n) => '---\na: 1\n'.repeat(n)],
  ['tags', (n) => list(n, (i) => `k${i}: !!str x\n`)],
  ['question marks', (n) => '? '.repeat(n)],
  [
    'a signature',
    (n) =>
      `signature:\n  inputs: '[${list(n, (i) => `{"type": "double", "name": "c${i}"}, `)}{"type": "double", "name": "z"}]'\n`,
  ],
  ['columns of a recipe', (n) => `features: [${list(n, (i) => `c${i}, `)}z]\ntarget: y\n`],
];

const quietly = async (work: () => unknown): Promise<void> => {
  try {
    await work();
  } catch {
    // Refused is an answer.
  }
};

for (const [what, make] of TEXTS)
  test(`YAML of ${what}`, async () => {
    await assertGrowsWithInput(`MLmodel of ${what}`, 500, (n) => {
      const text = make(n);
      return () => quietly(() => readMlModel(text));
    });
    await assertGrowsWithInput(`recipe of ${what}`, 500, (n) => {
      const text = make(n);
      return () => quietly(() => parseRecipe(text, { file: 'recipe.yaml' }));
    });
  });
