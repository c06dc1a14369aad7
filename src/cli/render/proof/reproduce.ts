// What a reproduction came to, for people: what is identical, what differs and why, and what cannot be proven.
import type { ReproduceDocument, ReproductionDifference } from '../../../reproduction/types.js';
import { plural } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { mark, type Style } from '../../style.js';
import { wrap } from '../../wrap.js';
import { facts } from '../facts.js';
import { resolvedWords } from '../resolved.js';
import { verdictLine } from '../verdict-line.js';

const RESULTS = ['payload', 'predictions', 'metrics'] as const;

export function reproduceVerdict(style: Style, { ok, identical, actual, differences }: ReproduceDocument): string {
  const proven = RESULTS.filter((name) => identical[name] === true);
  if (ok) {
    const all = proven.length === RESULTS.length;
    const words = all
      ? 'reproduced: the same bytes, predictions and metrics'
      : `replayed: the same ${proven.join(' and ')}`;
    return verdictLine(style, 'pass', words);
  }
  const different = RESULTS.filter((name) => identical[name] === false);
  if (different.length > 0) return verdictLine(style, 'fail', `not reproduced: other ${different.join(', ')}`);
  const [first] = differences.filter(({ matters }) => matters);
  if (first !== undefined) return verdictLine(style, 'fail', `not reproduced: ${printable(first.message, 300)}`);
  return verdictLine(style, 'fail', actual.payload === null ? 'nothing could be proven' : 'not reproduced');
}

function countWords({ actual }: ReproduceDocument): string {
  const { golden_rows: golden = 0, evaluation_rows: evaluated = 0 } = actual.predictions ?? {};
  return `${plural(golden, 'row')} of the input example, ${evaluated} that were held out`;
}

function resultLines(style: Style, document: ReproduceDocument): string {
  const { identical, expected, actual } = document;
  const words = {
    payload: actual.payload ?? expected.payload ?? '',
    predictions: actual.predictions === null ? '' : countWords(document),
    metrics: plural(Object.keys(actual.metrics).length, 'metric'),
  };
  return RESULTS.map((name) => {
    const verdict = identical[name];
    const shown =
      verdict === null ? 'cannot be proven' : `${verdict ? 'identical' : 'different'}  ${style.dim(words[name])}`;
    return `${mark(style, verdict === null ? 'warn' : verdict ? 'pass' : 'fail')} ${name.padEnd(12)} ${shown}`;
  }).join('\n');
}

function differenceLines(style: Style, one: ReproductionDifference): string {
  const { what, name, message, matters, expected, actual } = one;
  const head = wrap(printable(`${what}: ${message}`, 500), style.width - 4);
  const values = facts(
    style,
    [
      ['what', what === 'payload' || what === 'predictions' ? null : name],
      ['recorded', expected],
      ['now', actual],
    ],
    '    ',
  );
  const lines = head.map((line, at) => (at === 0 ? `${mark(style, matters ? 'fail' : 'warn')} ${line}` : `  ${line}`));
  return [...lines, ...(values === '' ? [] : [values])].join('\n');
}

export function reproduceText(style: Style, document: ReproduceDocument): string {
  const { uri, resolved, differences, unprovable, at_commit: commit } = document;
  const [data] = document.actual.data;
  return [
    `${style.bold(printable(uri, 400))}\n${style.dim(`is ${printable(resolvedWords(resolved), 400)}`)}`,
    ...(data === undefined
      ? []
      : [
          facts(style, [
            ['data', `${data.source}, ${plural(data.rows ?? 0, 'row')}`],
            ['commit', commit],
          ]),
        ]),
    resultLines(style, document),
    ...differences.map((one) => differenceLines(style, one)),
    ...(unprovable.length === 0
      ? []
      : [unprovable.map((why) => `${mark(style, 'warn')} cannot be proven: ${printable(why, 400)}`).join('\n')]),
    reproduceVerdict(style, document),
  ].join('\n\n');
}
