// What audit found, as a list of lines and a verdict.
import { auditExitCode } from '../../../checks/audit-exit-code.js';
import type { AuditDocument, AuditLineDocument, AuditVerdict } from '../../../documents/audit.js';
import { exactTime } from '../../../text/exact-time.js';
import { duration, plural } from '../../../text/numbers.js';
import { printable } from '../../../text/printable.js';
import { mark, type Style } from '../../style.js';
import { wrap } from '../../wrap.js';
import { hintLines } from '../hint-lines.js';
import { resolvedWords } from '../resolved.js';
import { verdictLine } from '../verdict-line.js';

const MARKS = { proven: 'pass', recorded: 'note', unknown: 'skip', refuted: 'fail' } as const;
const COLOURS = { proven: 'green', recorded: 'cyan', unknown: 'dim', refuted: 'red' } as const;
/** Columns before the message. */
const LEFT = 28;

/** `verbose`: with all that it rests on. */
function lineLines(style: Style, line: AuditLineDocument, verbose: boolean): string[] {
  const word = style[COLOURS[line.verdict]](line.verdict.padEnd(8));
  const indent = ' '.repeat(LEFT);
  const room = Math.max(style.width - LEFT, 20);
  const [first = '', ...rest] = wrap(printable(line.message, 600), room);
  const shade = line.verdict === 'unknown' ? style.dim : (text: string) => text;
  return [
    `  ${mark(style, MARKS[line.verdict])} ${line.id.padEnd(12)}  ${word}  ${shade(first)}`,
    ...rest.map((text) => indent + shade(text)),
    ...(verbose ? line.evidence : []).flatMap(({ what, where, value }) =>
      wrap(`${what} (${printable(where, 300)}): ${printable(String(value ?? 'none'), 300)}`, room).map(
        (text) => indent + style.dim(text),
      ),
    ),
    ...(line.hint !== null && (verbose || line.verdict === 'refuted')
      ? hintLines(style, printable(line.hint, 600), LEFT + room, LEFT)
      : []),
  ];
}

const countWords = ({ counts }: Pick<AuditDocument, 'counts'>): string =>
  (['refuted', 'proven', 'recorded', 'unknown'] as const satisfies readonly AuditVerdict[])
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ');

/** `named`: says of which model, where nothing above says it. */
export function auditVerdict(style: Style, document: AuditDocument, named = true): string {
  const about = named ? ` for ${printable(document.uri, 400)}` : '';
  const refuted = document.lines.filter(({ ok }) => !ok).map(({ id }) => id);
  const problems = document.bundle?.problems.length ?? 0;
  const wrong = [...refuted, ...(problems > 0 ? [`${plural(problems, 'problem')} of the bundle`] : [])];
  const rest = `${countWords(document)}, ${duration(document.elapsed_ms)}`;
  return auditExitCode(document) === 0
    ? verdictLine(style, 'pass', `audit passed${about}: nothing is refuted (${rest})`)
    : verdictLine(style, 'fail', `audit failed${about}: ${wrong.join(', ')} (${rest})`);
}

export function auditText(style: Style, document: AuditDocument, verbose: boolean): string {
  const { bundle } = document;
  return [
    style.bold(printable(document.uri, 400)),
    style.dim(`is ${printable(resolvedWords(document.resolved), 400)}`),
    ...madeLines(style, document.made),
    '',
    ...document.lines.flatMap((line) => lineLines(style, line, verbose)),
    '',
    ...(bundle === null ? [] : [...bundleLines(style, bundle), '']),
    auditVerdict(style, document, false),
  ].join('\n');
}

/** `made by ada on 30 November … with mlctl train from recipe.yaml, data iris, commit 52778c87e78e` */
function madeLines(style: Style, made: AuditDocument['made']): string[] {
  if (made === null) return [];
  const words = [
    `made by ${printable(made.user ?? 'unknown', 100)}`,
    ...(made.started === null ? [] : [`on ${exactTime(printable(made.started, 40))}`]),
    ...(made.command === null ? [] : [`with ${made.command}`]),
    ...(made.source === null || made.source === made.command ? [] : [`from ${printable(made.source, 200)}`]),
  ].join(' ');
  const rest = [
    ...(made.data.length === 0 ? [] : [`data ${made.data.map((one) => printable(one, 200)).join(', ')}`]),
    ...(made.commit === null ? [] : [`commit ${printable(made.commit.slice(0, 12), 80)}`]),
  ];
  return wrap([words, ...rest].join(', '), style.width).map((line) => style.dim(line));
}

function bundleLines(style: Style, { path, digest, files, problems }: NonNullable<AuditDocument['bundle']>): string[] {
  return [
    `  ${mark(style, problems.length > 0 ? 'fail' : 'pass')} bundle of ${plural(files.length, 'file')}: ${printable(path, 300)}`,
    `    ${style.dim(digest)}`,
    ...problems.flatMap((problem) =>
      wrap(printable(problem, 600), style.width - 4).map((text) => `    ${style.red(text)}`),
    ),
  ];
}
