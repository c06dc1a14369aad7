// Settings and checks of doctor, for people.

import type { SettingDocument } from '../../checks/doctor/settings.js';
import type { DoctorDocument } from '../../operations/doctor.js';
import { mark, type Style } from '../style.js';
import { checkLines } from './checks.js';
import { facts } from './facts.js';
import { plural } from './numbers.js';
import { table } from './table.js';

const shownValue = ({ value, set }: SettingDocument) => value ?? (set ? '(set, not shown)' : '');

export function doctorText(style: Style, { settings, checks, repair }: DoctorDocument): string {
  const failed = checks.filter((check) => check.status === 'fail');
  const unseen = checks.filter((check) => check.status === 'skip').map(({ name }) => name);
  const notSeen = unseen.length === 0 ? '' : `; not checked: ${unseen.join(', ')}`;
  const warned = checks.filter((check) => check.status === 'warn');
  const sections = [
    `${style.bold('settings')}\n${table<SettingDocument>(
      style,
      [
        { title: 'name', of: ({ name }) => name },
        { title: 'value', of: shownValue, most: 60 },
        { title: 'from', of: ({ source }) => source, most: 60 },
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
  sections.push(`${style.bold('checks')}\n${checks.flatMap((check) => checkLines(style, check)).join('\n')}`);
  sections.push(
    failed.length > 0
      ? `${mark(style, 'fail')} ${style.bold(style.red(`${plural(failed.length, 'check')} failed: ${failed.map(({ name }) => name).join(', ')}`))}`
      : `${mark(style, 'pass')} ${style.bold(style.green(warned.length > 0 ? `all works, with ${plural(warned.length, 'warning')}` : 'all works'))}${notSeen}`,
  );
  return sections.join('\n\n');
}
