// What a conversion came to, for people: what was written where, and how far its answers are from the model's own.
import type { ConvertDocument } from '../../operations/convert.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { Style } from '../style.js';
import { facts } from './facts.js';
import { resolvedWords } from './resolved.js';
import { signatureText } from './signature.js';
import { verdictLine } from './verdict-line.js';

export function convertVerdict(style: Style, { from, path }: ConvertDocument): string {
  const done = path === null ? 'can be written as ONNX (dry run)' : `written as ONNX to ${printable(path, 400)}`;
  return verdictLine(style, 'pass', `${from.estimator} ${done}`);
}

export function convertText(style: Style, document: ConvertDocument): string {
  const { from, digest, verification } = document;
  const { rows, refused, largest_difference: largest, tolerance } = verification;
  return [
    `${style.bold(printable(document.uri, 400))}\n${style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`)}`,
    facts(style, [
      ['from', `${from.estimator} (${from.flavor}), ${from.predict_fn}`],
      ['compared', `${plural(rows, 'row')}${refused === 0 ? '' : `, and ${refused} that both refuse`}`],
      ['largest difference', `${largest === 0 ? 'none' : largest.toExponential(1)} (tolerance ${tolerance})`],
      ['package', digest.package],
      ['payload', digest.payload],
    ]),
    signatureText(style, document.signature),
    convertVerdict(style, document),
  ].join('\n\n');
}
