// The verdict on a signature for people: one line for each part, and the sum.
import type { VerifyDocument } from '../../../operations/verify.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../../style.js';
import { checksLines } from '../checks.js';
import { facts } from '../facts.js';
import { resolvedWords } from '../resolved.js';
import { verdictLine } from '../verdict-line.js';

export function verifyVerdict(style: Style, { valid, resolved, uri }: VerifyDocument): string {
  const name = printable(resolved === null ? uri : resolvedWords(resolved), 400);
  return verdictLine(style, valid ? 'pass' : 'fail', valid ? `${name} is as it was signed` : `${name} is refused`);
}

const WORDS = { signature: 'signature', files: 'files', provenance: 'origin', test_result: 'tested' } as const;

export function verifyText(style: Style, document: VerifyDocument): string {
  const { root, key, parts } = document;
  const lines = parts.map(({ part, status, message }) => ({ name: WORDS[part], status, message, hint: null }));
  return [
    checksLines(style, lines).join('\n'),
    facts(style, [
      ['key', key],
      ['root', root],
    ]),
    verifyVerdict(style, document),
  ].join('\n\n');
}
