// Turns the findings about an input into the error that it breaks the signature: the first finding in words, all kept ones as
// data.
import { MlctlError } from '../errors/error.js';
import type { SchemaFinding } from '../schema/types.js';

interface Found {
  readonly advice?: () => string | null;
  readonly findings: { readonly kept: readonly SchemaFinding[]; readonly total: number };
}

/** `rowsDone`: rows predicted before it stopped, if known; `skipping`: bad rows were to be skipped, but could not be. */
export function violation(input: string, { findings, advice }: Found, rowsDone?: number, skipping = false): MlctlError {
  const [first] = findings.kept;
  if (first === undefined) {
    return new MlctlError('SCHEMA_VIOLATION', `${input} has no row that meets the signature`, {
      details: { findings: [], total: 0 },
    });
  }
  const shown = findings.kept.slice(0, 5).map(({ message }) => `  ${message}`);
  const more = findings.total - shown.length;
  const rest = more > 0 ? `\n  … and ${more} more` : '';
  const done = rowsDone === undefined || rowsDone === 0 ? '' : `; ${rowsDone} rows before were predicted`;
  const head =
    findings.total === 1
      ? `${input} breaks the signature${done}`
      : `${input} breaks the signature in ${findings.total} places${done}`;
  const rowly = findings.kept.some(({ row }) => row !== undefined);
  return new MlctlError('SCHEMA_VIOLATION', `${head}:\n${shown.join('\n')}${rest}`, {
    hint:
      advice?.() ??
      (!rowly
        ? 'correct the input; `mlctl load` prints the signature'
        : skipping
          ? 'this input can only be refused as a whole; send NDJSON or CSV to skip single rows'
          : 'correct the rows, or go on without them: --on-bad-row skip --rejects rejects.ndjson; `mlctl validate` counts every finding'),
    details: {
      findings: findings.kept,
      total: findings.total,
      ...(rowsDone === undefined ? {} : { rows_answered: rowsDone }),
    },
  });
}
