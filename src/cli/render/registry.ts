// What register and promote did, for people.
import type { PromoteDocument, RegisterDocument } from '../../operations/types.js';
import { printable } from '../../uri/printable.js';
import { mark, type Style } from '../style.js';
import { facts } from './facts.js';
import { smokeText } from './smoke.js';

export function registerText(style: Style, document: RegisterDocument): string {
  const { name, version, source, run_id: run, stage, alias, digest, created } = document;
  const shown = printable(name);
  return [
    facts(style, [
      ['model', `models:/${name}/${version}`],
      ['source', source],
      ['run', run],
      ['stage', stage],
      ['alias', alias],
      ['package', digest?.package],
    ]),
    '',
    `${mark(style, 'pass')} ${style.bold(created ? `registered as ${shown} version ${version}` : `was registered before: ${shown} version ${version}`)}`,
  ].join('\n');
}

export function promoteText(style: Style, document: PromoteDocument): string {
  const { name, version, stage, alias, previous_version: before, promoted, smoke } = document;
  const place = [stage && `stage ${stage}`, alias && `alias ${alias}`].filter(Boolean).join(' and ');
  const was =
    before === null ? ' (nothing was there before)' : before === version ? ' (as before)' : ` (was version ${before})`;
  const verdict = printable(
    promoted
      ? `${place} of ${name} is now version ${version}${was}`
      : `${name} version ${version} was not promoted to ${place}: smoke failed`,
    600,
  );
  return [
    ...(smoke ? [smokeText(style, smoke), ''] : []),
    `${mark(style, promoted ? 'pass' : 'fail')} ${style.bold(promoted ? style.green(verdict) : style.red(verdict))}`,
  ].join('\n');
}
