// What was signed and with which key, or which keys were made, for people.
import type { SigningKeyDocument } from '../../../operations/make-signing-key.js';
import type { SignDocument } from '../../../operations/sign.js';
import { plural } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../../style.js';
import { facts } from '../facts.js';
import { resolvedWords } from '../resolved.js';
import { verdictLine } from '../verdict-line.js';

const shownName = ({ resolved, uri }: SignDocument): string =>
  printable(resolved === null ? uri : resolvedWords(resolved), 400);

export const signVerdict = (style: Style, document: SignDocument): string =>
  verdictLine(style, 'pass', `signed ${shownName(document)}`);

export function signText(style: Style, document: SignDocument): string {
  const { bound, statements, files, root, key, path } = document;
  return [
    facts(style, [
      ['files', plural(files, 'file')],
      ['root', root],
      ['run', bound?.run_id ?? null],
      [
        'test result',
        bound === null ? null : statements.includes('test_result') ? 'signed' : 'not signed (--no-smoke)',
      ],
      ['key', key],
      ['signature', path],
    ]),
    signVerdict(style, document),
  ].join('\n\n');
}

export const newKeyVerdict = (style: Style, { private_key: file }: SigningKeyDocument): string =>
  verdictLine(style, 'pass', `made a signing key in ${printable(file, 400)}`);

export function newKeyText(style: Style, document: SigningKeyDocument): string {
  return [
    facts(style, [
      ['private key', `${document.private_key}${document.encrypted ? ' (with a passphrase)' : ''}`],
      ['public key', document.public_key],
      ['key', document.key],
    ]),
    'keep the private key to yourself, and give the public key to everybody who verifies your models',
    newKeyVerdict(style, document),
  ].join('\n\n');
}
