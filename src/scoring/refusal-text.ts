// Turns what is wrong with the rows of a request into one sentence that says no more than it may.
import type { CastResult } from '../schema/cast-types.js';
import { type FindingGroup, groupText, singleGroups } from '../schema/finding-group.js';
import type { ErrorDetail } from './types.js';

type Refused = Extract<CastResult, { ok: false }>;

const MOST_SHOWN = 5;

export function refusalText(
  { findings, groups = singleGroups(findings), total }: Refused,
  detail: ErrorDetail,
): string {
  const broken = `the rows break the signature${total === 1 ? '' : ` in ${total} places`}`;
  if (detail === 'none') return broken;
  const said = groups.slice(0, MOST_SHOWN).map((group) => (detail === 'full' ? groupText(group) : namesOf(group)));
  const rest = groups.length > MOST_SHOWN ? `; and ${groups.length - MOST_SHOWN} more` : '';
  return `${broken}: ${said.join('; ')}${rest}`;
}

/** What is wrong without any value of the request. */
function namesOf({ code, column, count }: FindingGroup): string {
  return `${column === undefined ? '' : `column ${JSON.stringify(column)}: `}${count} × ${code}`;
}
