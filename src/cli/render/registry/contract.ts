// What changes for callers of a version when another takes its place, for people.
import type { ContractDocument } from '../../../documents/contract.js';
import { shortNumber } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { mark, type Style } from '../../style.js';

const MOST_SHOWN = 20;

/** Nothing where signatures are equal and no metric got worse. */
export function contractLines(style: Style, { version, changes, metrics, unknown }: ContractDocument): string[] {
  const breakingFirst = [...changes].sort((a, b) => Number(b.breaking) - Number(a.breaking));
  const worse = metrics.filter(({ change }) => change === 'worse');
  const lines = [
    ...(unknown === null
      ? []
      : [`${mark(style, 'warn')} the signatures could not be compared: ${printable(unknown, 400)}`]),
    ...breakingFirst
      .slice(0, MOST_SHOWN)
      .map(({ breaking, message }) => `${mark(style, breaking ? 'fail' : 'warn')} ${printable(message, 400)}`),
    ...(changes.length > MOST_SHOWN
      ? [style.dim(`  … and ${changes.length - MOST_SHOWN} more; --json has them all`)]
      : []),
    ...worse.map(
      ({ name, before, after }) =>
        `${mark(style, 'warn')} ${printable(name, 80)} got worse: ${shortNumber(after)}, was ${shortNumber(before)}`,
    ),
  ];
  return lines.length === 0 ? [] : [style.bold(`compared with version ${version}`), ...lines, ''];
}
