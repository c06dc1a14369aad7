// What load found, for people: where the model is, its contract, where it came from, whether it was verified and can be run here.
import type { LoadDocument } from '../../operations/load.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { facts } from './facts.js';
import { hintLines } from './hint-lines.js';
import { lineageText } from './lineage.js';
import { resolvedWords } from './resolved.js';
import { signatureText } from './signature.js';

const VERIFIED: Record<LoadDocument['verified'], string> = {
  registry: 'its files match the digest in the registry',
  run: 'its files match the digest recorded by its run',
  none: 'no digest was recorded, so its files could not be verified',
};

/** The last lines: what was done, and what cannot be done here. */
export function loadVerdict(style: Style, { verified, cannot_run: reason }: LoadDocument, copied: boolean): string {
  const done = reason === null ? 'loaded' : copied ? 'copied' : 'fetched';
  const lines = [
    `${mark(style, verified === 'none' ? 'warn' : 'pass')} ${style.bold(`${done}; ${VERIFIED[verified]}`)}`,
  ];
  if (reason !== null) {
    const words = `mlctl cannot run it here: ${printable(reason.message, 600)}`;
    lines.push(`${mark(style, copied ? 'warn' : 'fail')} ${style.bold(words)}`);
    if (reason.hint !== null) lines.push(...hintLines(style, printable(reason.hint, 600)));
  }
  return lines.join('\n');
}

/** `copied`: a copy was asked for, which is useful also where the model cannot be run. */
export function loadText(style: Style, document: LoadDocument, copied: boolean): string {
  const { digest } = document;
  return [
    `${style.bold(printable(document.uri, 400))}\n${style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`)}`,
    facts(style, [
      ['flavor', document.flavor],
      ['path', document.path],
      ['package', digest.package],
      ['payload', digest.payload],
    ]),
    signatureText(style, document.signature),
    lineageText(style, document.lineage, document.record),
    loadVerdict(style, document, copied),
  ].join('\n\n');
}
