// The audit of a whole registry: a line for each version, and what is refuted below it.
import type { AuditAllDocument, AuditedVersionDocument } from '../../../documents/audit.js';
import { duration, plural } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { mark, type Style } from '../../style.js';
import { wrap } from '../../wrap.js';
import { verdictLine } from '../verdict-line.js';

function versionLines(style: Style, { uri, places, ok, refuted, counts, error }: AuditedVersionDocument): string[] {
  const words =
    counts === null
      ? 'could not be audited'
      : `${counts.proven} proven, ${counts.recorded} recorded, ${counts.unknown} unknown`;
  const told = [
    ...refuted.map(({ id, message }) => `${id}: ${message}`),
    ...(error === null ? [] : [`${error.code}: ${error.message}`]),
  ];
  const head = `${printable(uri, 300)} (${printable(places.join(', '), 300)})`;
  return [
    `${mark(style, ok ? 'pass' : 'fail')} ${head}: ${ok ? '' : `${refuted.length > 0 ? `${refuted.length} refuted, ` : ''}`}${words}`,
    ...told.flatMap((one) => wrap(printable(one, 600), style.width - 4).map((text) => `    ${style.red(text)}`)),
  ];
}

export function auditAllVerdict(style: Style, { versions, elapsed_ms }: AuditAllDocument): string {
  const failed = versions.filter(({ ok }) => !ok);
  const time = duration(elapsed_ms);
  if (versions.length === 0)
    return verdictLine(style, 'pass', `no stage or alias points to a version, so nothing was audited (${time})`);
  return failed.length === 0
    ? verdictLine(style, 'pass', `audit passed for ${plural(versions.length, 'version')} (${time})`)
    : verdictLine(
        style,
        'fail',
        `audit failed for ${failed.length} of ${plural(versions.length, 'version')}: ${failed.map(({ uri }) => printable(uri, 200)).join(', ')} (${time})`,
      );
}

export const auditAllText = (style: Style, document: AuditAllDocument): string =>
  [
    ...document.versions.flatMap((one) => versionLines(style, one)),
    ...(document.more ? [style.dim('… more with --max')] : []),
    ...(document.versions.length === 0 ? [] : ['']),
    auditAllVerdict(style, document),
  ].join('\n');
