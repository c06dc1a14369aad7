// Settings and checks of doctor, for people.

import type { SettingDocument } from '../../checks/doctor/settings.js';
import type { DoctorDocument } from '../../operations/doctor.js';
import { plural } from '../../text/numbers.js';
import type { Style } from '../style.js';
import { checksLines } from './checks.js';
import { facts } from './facts.js';
import { table } from './table.js';
import { verdictLine } from './verdict-line.js';

const shownValue = ({ value, set }: SettingDocument) => value ?? (set ? '(set, not shown)' : '');

export function doctorVerdict(style: Style, checks: DoctorDocument['checks']): string {
  const failed = checks.filter((check) => check.status === 'fail');
  const unseen = checks.filter((check) => check.status === 'skip').map(({ name }) => name);
  const notSeen = unseen.length === 0 ? '' : `; not checked: ${unseen.join(', ')}`;
  const warned = checks.filter((check) => check.status === 'warn');
  if (failed.length > 0)
    return verdictLine(
      style,
      'fail',
      `${plural(failed.length, 'check')} failed: ${failed.map(({ name }) => name).join(', ')}`,
    );
  return verdictLine(
    style,
    'pass',
    `${warned.length > 0 ? `all works, with ${plural(warned.length, 'warning')}` : 'all works'}${notSeen}`,
  );
}

export function doctorText(style: Style, { settings, checks, repair }: DoctorDocument): string {
  const sections = [
    `${style.bold('settings')}\n${table<SettingDocument>(
      style,
      [
        { title: 'name', of: ({ name }) => name, kept: true },
        { title: 'value', of: shownValue, most: 60, least: 16 },
        { title: 'from', of: ({ source }) => source, most: 60, least: 10 },
      ],
      settings,
    )}`,
  ];
  if (repair)
    sections.push(
      `${style.bold('repair')}\n${facts(
        style,
        [
          ['done', repair.action === 'none' ? 'nothing to repair' : repair.action],
          ['kept', repair.kept_beside],
          ['dropped', repair.dropped.join(', ')],
          ...repair.remarks.map((remark) => ['note', remark] as const),
        ],
        '  ',
      )}`,
    );
  sections.push(`${style.bold('checks')}\n${checksLines(style, checks).join('\n')}`);
  sections.push(doctorVerdict(style, checks));
  return sections.join('\n\n');
}
