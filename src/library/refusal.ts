// Turns what is wrong with the rows of a call into the error that the call throws.
import type { CastResult } from '../schema/cast-types.js';
import { groupText, singleGroups } from '../schema/finding-group.js';
import { SchemaError } from '../schema/schema-error.js';
import { grouped } from '../text/numbers.js';

type Refused = Extract<CastResult, { ok: false }>;

export function refusal({ findings, groups = singleGroups(findings), total }: Refused): SchemaError {
  const shown = groups.slice(0, 5).map((group) => `  ${groupText(group)}`);
  const rest = groups.length > shown.length ? `\n  … and ${grouped(groups.length - shown.length)} more` : '';
  const places = total === 1 ? '' : ` in ${grouped(total)} places`;
  return new SchemaError(findings, `the rows break the signature${places}:\n${shown.join('\n')}${rest}`, {
    hint: hintFor(groups),
    details: { findings, total },
  });
}

/** Columns that are nobody's near miss are probably not a mistake. */
function hintFor(groups: NonNullable<Refused['groups']>): string {
  const extra = groups.filter(({ code, first }) => code === 'SCHEMA_UNKNOWN_COLUMN' && first.suggestion === undefined);
  if (extra.length === 0 || extra.length < groups.length)
    return 'correct the rows: `model.signature` says what the model takes';
  return `load the model with { ignore: ${JSON.stringify(extra.map(({ column }) => column))} } if these columns may be there`;
}
