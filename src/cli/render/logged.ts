// What train and log left behind, for people: how good the model is, where it is, what to type next; the rest with --verbose.
import type { LoggedDocument } from '../../documents/logged.js';
import { metricWords } from '../../documents/metric-words.js';
import { plural, shortNumber } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { padTo, textWidth } from '../../text/width.js';
import type { Style } from '../style.js';
import { wrap } from '../wrap.js';
import { facts } from './facts.js';
import { nearPath } from './near-path.js';
import { shortId } from './short-id.js';
import { signatureText } from './signature.js';
import { verdictLine } from './verdict-line.js';

/** A table of hundreds of columns, or a target of hundreds of classes, would hide the rest. */
const MOST_COLUMNS = 20;

interface Shown {
  /** `trained`, `logged`. */
  readonly verb: string;
  readonly cwd: string;
  readonly verbose: boolean;
  /** A copy of the package was asked for. */
  readonly copied: boolean;
}

export function loggedVerdict(style: Style, document: LoggedDocument, verb: string): string {
  const { registered, run_id: run, path } = document;
  const words = () => {
    if (document.dry_run) return 'dry run: everything was checked and nothing was written';
    if (registered) return `${verb}, registered as ${printable(registered.name)} version ${registered.version}`;
    if (run !== null) return `${verb} in run ${shortId(style, run)}`;
    return `${verb}${path ? `, written to ${printable(path)}` : ''}; no run was recorded`;
  };
  return verdictLine(style, 'pass', words());
}

/** Side by side, because train promises to fit in ten lines. */
function metricsText(style: Style, metrics: LoggedDocument['metrics']): string | null {
  const shown = Object.keys(metrics)
    .sort()
    .map((name) => [printable(name, 60), shortNumber(metrics[name]!)] as const);
  if (shown.length === 0) return null;
  const [names, values] = [0, 1].map((at) => Math.max(...shown.map((pair) => textWidth(pair[at as 0 | 1]))));
  const across = Math.max(1, Math.floor((style.width + 3) / (names! + values! + 5)));
  const lines: string[] = [];
  for (let at = 0; at < shown.length; at += across)
    lines.push(
      shown
        .slice(at, at + across)
        .map(([name, value]) => `${padTo(name, names!)}  ${style.bold(padTo(value, values!))}`)
        .join('   ')
        .trimEnd(),
    );
  return lines.join('\n');
}

/** What metrics of one kind average. */
function averages(style: Style, { metrics, signature, recipe }: LoggedDocument): string[] {
  if (recipe === undefined) return [];
  const classes = (signature?.outputs ?? []).filter((spec) =>
    String((spec as { name?: unknown }).name).startsWith('probability_'),
  ).length;
  const kinds = new Map<string, string[]>();
  for (const name of Object.keys(metrics).sort()) {
    const words = metricWords(name, classes);
    if (words !== null) kinds.set(words, [...(kinds.get(words) ?? []), name]);
  }
  return [...kinds].flatMap(([words, names]) =>
    wrap(printable(`${names.join(', ')}: ${words}`, 200), style.width).map((line) => style.dim(line)),
  );
}

function uriOf({ registered, model_uri: uri }: LoggedDocument): string | null {
  return registered ? `models:/${registered.name}/${registered.version}` : uri;
}

function nextCommand(style: Style, document: LoggedDocument): string | null {
  const uri = uriOf(document);
  const run = document.run_id;
  return uri === null ? null : `mlctl smoke ${run === null ? uri : uri.replace(run, shortId(style, run))}`;
}

const detailsText = (style: Style, document: LoggedDocument): string =>
  [
    facts(style, [
      ['model', document.model_uri],
      ['model id', document.model_id],
      ['package', document.digest.package],
      ['payload', document.digest.payload],
      [
        'data',
        document.data && `${document.data.source}, ${plural(document.data.rows, 'row')}, ${document.data.digest}`,
      ],
      ['store', document.tracking_uri],
      ['path', document.path],
    ]),
    signatureText(style, document.signature, MOST_COLUMNS),
  ].join('\n\n');

export function loggedText(style: Style, document: LoggedDocument, { verb, cwd, verbose, copied }: Shown): string {
  const { run_id: run, run_name: name, experiment, path, tracking_uri: store } = document;
  const metrics = metricsText(style, document.metrics);
  const places = facts(style, [
    [
      'run',
      run &&
        `${[name, `(${shortId(style, run)})`].filter(Boolean).join(' ')}${experiment ? `, experiment ${experiment}` : ''}`,
    ],
    ['model', uriOf(document)],
    ['place', store && nearPath(store, cwd)],
    ['package', copied ? path && nearPath(path, cwd) : null],
    ['next', nextCommand(style, document)],
  ]);
  return [
    ...(metrics === null ? [] : [metrics, ...averages(style, document), '']),
    ...(places === '' ? [] : [places]),
    ...(verbose ? ['', detailsText(style, document), ''] : []),
    loggedVerdict(style, document, verb),
  ].join('\n');
}
