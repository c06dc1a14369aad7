// Turns the findings about an input into the error that it breaks the signature: the first finding in words, all kept ones as
// data.
import type { MlctlError } from '../errors/error.js';
import { type FindingGroup, groupText } from '../schema/finding-group.js';
import { SchemaError } from '../schema/schema-error.js';
import type { SchemaFinding } from '../schema/types.js';
import { grouped, plural } from '../text/numbers.js';
import { hintFor } from './hint-for.js';

/** What a document says of a group. */
export const groupDocument = ({ first, kind, ...group }: FindingGroup & { readonly message: string }) => ({
  ...group,
  ...(first.row === undefined ? {} : { first_row: first.row }),
  ...(first.suggestion === undefined ? {} : { suggestion: first.suggestion }),
});

interface Found {
  readonly advice?: () => string | null;
  readonly findings: {
    readonly kept: readonly SchemaFinding[];
    readonly groups: readonly FindingGroup[];
    readonly total: number;
  };
}

interface How {
  /** Rows predicted before it stopped. */
  readonly rowsDone?: number;
  /** Bad rows were to be skipped, but could not be. */
  readonly skipping?: boolean;
  /** Reading stopped before the end, so there may be more findings. */
  readonly early?: boolean;
}

export function violation(
  input: string,
  found: Found,
  { rowsDone, skipping = false, early = false }: How = {},
): MlctlError {
  const { findings } = found;
  const [first] = findings.kept;
  if (first === undefined) {
    return new SchemaError(findings.kept, `${input} has no row that meets the signature`, {
      details: { findings: [], total: 0 },
    });
  }
  const groups = findings.groups.map((group) => ({ ...group, message: groupText(group, early) }));
  const shown = groups.slice(0, 5).map(({ message }) => `  ${message}`);
  const more = groups.length - shown.length;
  const rest = more > 0 ? `\n  … and ${grouped(more)} more` : '';
  const done =
    rowsDone === undefined || rowsDone === 0
      ? ''
      : `; ${plural(rowsDone, 'row')} before ${rowsDone === 1 ? 'was' : 'were'} predicted`;
  const head =
    findings.total === 1
      ? `${input} breaks the signature${done}`
      : `${input} breaks the signature in ${early ? 'at least ' : ''}${grouped(findings.total)} places${done}`;
  const rowly = findings.kept.some(({ row }) => row !== undefined);
  return new SchemaError(findings.kept, `${head}:\n${shown.join('\n')}${rest}`, {
    hint:
      hintFor(found) ??
      (!rowly
        ? 'correct the input; `mlctl load` prints the signature'
        : skipping
          ? 'this input can only be refused as a whole; send NDJSON or CSV to skip single rows'
          : 'correct the rows, or go on without them: --on-bad-row skip --rejects rejects.ndjson; `mlctl validate` counts every finding'),
    details: {
      findings: findings.kept,
      groups: groups.map(groupDocument),
      total: findings.total,
      ...(rowsDone === undefined ? {} : { rows_answered: rowsDone }),
    },
  });
}
