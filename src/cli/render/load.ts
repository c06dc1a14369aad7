// What load found, for people: where the model is, its contract, where it came from, and whether it could be verified.
import type { LoadDocument } from '../../operations/load.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { facts } from './facts.js';
import { lineageText } from './lineage.js';
import { resolvedWords } from './resolved.js';
import { signatureText } from './signature.js';

const VERIFIED: Record<LoadDocument['verified'], string> = {
  registry: 'loaded; its bytes equal the digest in the registry',
  run: 'loaded; its bytes equal the digest its run recorded',
  none: 'loaded; nobody recorded a digest, so its bytes could not be verified',
};

export function loadText(style: Style, document: LoadDocument): string {
  const { digest, verified } = document;
  return [
    `${style.bold(printable(document.uri, 400))}\n${style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`)}`,
    facts(style, [
      ['flavor', document.flavor],
      ['path', document.path],
      ['package', digest.package],
      ['payload', digest.payload],
    ]),
    signatureText(style, document.signature),
    lineageText(style, document.lineage),
    `${mark(style, verified === 'none' ? 'warn' : 'pass')} ${style.bold(VERIFIED[verified])}`,
  ].join('\n\n');
}
