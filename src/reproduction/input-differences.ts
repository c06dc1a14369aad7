// Turns what was recorded of data, split and held-out rows, and what a second training takes, into differences.
import { formatCsv } from '../data/write/csv.js';
import { sha256 } from '../files/digest-folder.js';
import type { Lineage } from '../lineage/types.js';
import type { Evaluation } from '../loader/evaluation.js';
import type { Trained } from '../recipe/train-recipe.js';
import { printable } from '../text/printable.js';
import type { ReproductionDifference } from './types.js';

export function dataDifferences(
  recorded: Lineage['data'],
  { digest, source, rows }: { readonly digest: string; readonly source: string; readonly rows: number | null },
): ReproductionDifference[] {
  const [expected] = recorded;
  // MLflow keeps 32 digits of the digest of a run that an older mlctl logged.
  if (expected === undefined || expected.digest === digest || digest === `sha256:${expected.digest}`) return [];
  const more =
    expected.rows === null || rows === null || expected.rows === rows
      ? ''
      : `; it had ${expected.rows} rows and has ${rows}`;
  return [
    {
      what: 'data',
      name: source,
      expected: expected.digest,
      actual: digest,
      matters: true,
      message: `the data ${printable(source, 200)} is not that of the training${more}`,
    },
  ];
}

export function splitDifferences(before: Lineage['split'], digest: string): ReproductionDifference[] {
  if (before === null || before.digest === digest) return [];
  return [
    {
      what: 'split',
      name: 'rows to train on and to test on',
      expected: before.digest,
      actual: digest,
      matters: true,
      message: 'other rows were chosen to train on and to test on',
    },
  ];
}

/** The held-out rows that the run kept, against those that come out now. */
export function evaluationDifferences(kept: Evaluation, trained: Trained): ReproductionDifference[] {
  if ('missing' in kept) return [];
  const now = [
    ['evaluation/X_te.csv', kept.rows, formatCsv(trained.testInputs)],
    ['evaluation/y_te.csv', kept.labels, formatCsv({ rows: trained.testInputs.rows, columns: [trained.testTarget] })],
  ] as const;
  return now.flatMap(([name, bytes, text]) => {
    const [expected, actual] = [`sha256:${sha256(bytes)}`, `sha256:${sha256(text)}`];
    if (expected === actual) return [];
    return [
      {
        what: 'evaluation' as const,
        name,
        expected,
        actual,
        matters: true,
        message: `${name} of the run does not hold the rows that were held out`,
      },
    ];
  });
}
