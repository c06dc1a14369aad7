// What register did, for people.
import type { RegisterDocument } from '../../../operations/register.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../../style.js';
import { facts } from '../facts.js';
import { verdictLine } from '../verdict-line.js';

export function registerVerdict(style: Style, { name, version, created, dry_run: dry }: RegisterDocument): string {
  if (dry) {
    const words = created ? 'would be registered' : 'is already registered';
    return verdictLine(
      style,
      'pass',
      `dry run: ${words} as ${printable(name)} version ${version}; nothing was written`,
    );
  }
  return verdictLine(style, 'pass', `${created ? '' : 'already '}registered as ${printable(name)} version ${version}`);
}

export function registerText(style: Style, document: RegisterDocument): string {
  const { name, version, source, run_id: run, stage, alias, digest } = document;
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
    registerVerdict(style, document),
  ].join('\n');
}
