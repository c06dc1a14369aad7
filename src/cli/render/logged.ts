// What train and log left behind, for people.

import type { LoggedDocument } from '../../documents/logged.js';
import { metricWords } from '../../documents/metric-words.js';
import { printable } from '../../text/printable.js';
import { withoutEnd } from '../../text/without-end.js';
import { mark, type Style } from '../style.js';
import { facts } from './facts.js';
import { namedValues, plural, shortNumber } from './numbers.js';
import { signatureText } from './signature.js';

/** A table of hundreds of columns, or a target of hundreds of classes, would hide the metrics. */
const MOST_COLUMNS = 20;

function verdict(document: LoggedDocument, verb: string): string {
  const { registered, run_id: run, path } = document;
  if (document.dry_run) return 'dry run: everything was checked and nothing was written';
  if (registered) return `${verb}, registered as ${printable(registered.name)} version ${registered.version}`;
  if (run !== null) return `${verb} in run ${run}`;
  return `${verb}${path ? `, written to ${printable(path)}` : ''}; no run was recorded`;
}

/** With what each averages. */
function trainedMetrics(style: Style, { metrics, signature }: LoggedDocument): string {
  const classes = (signature?.outputs ?? []).filter((spec) =>
    String((spec as { name?: unknown }).name).startsWith('probability_'),
  ).length;
  return facts(
    style,
    Object.keys(metrics)
      .sort()
      .map((name) => {
        const words = metricWords(name, classes);
        return [name, `${shortNumber(metrics[name]!)}${words === null ? '' : `  (${words})`}`];
      }),
    '  ',
  );
}

export function loggedText(style: Style, document: LoggedDocument, verb: string): string {
  const { data, digest, registered } = document;
  const metrics =
    document.recipe === undefined ? namedValues(style, document.metrics) : trainedMetrics(style, document);
  const sections = [
    facts(style, [
      ['run', [document.run_name, document.run_id && `(${document.run_id})`].filter(Boolean).join(' ')],
      ['experiment', document.experiment],
      ['model', document.model_uri],
      ['model id', document.model_id],
      ['registered', registered && `models:/${registered.name}/${registered.version}`],
      ['store', document.tracking_uri],
      ['path', document.path],
      ['data', data && `${data.source}, ${plural(data.rows, 'row')}, digest ${data.digest}`],
      ['package', digest.package],
      ['payload', digest.payload],
    ]),
    signatureText(style, document.signature, MOST_COLUMNS),
    ...(metrics ? [`${style.bold('metrics')}\n${metrics}`] : []),
    `${mark(style, 'pass')} ${style.bold(verdict(document, verb))}`,
  ];
  return sections.join('\n\n');
}

/** The run's page in MLflow's UI, where a server keeps it. */
export function runPage(document: LoggedDocument): string | null {
  const { tracking_uri: uri, experiment_id: experiment, run_id: run } = document;
  if (uri === null || run === null || experiment === null || !/^https?:/.test(uri)) return null;
  return `${withoutEnd(uri, '/')}/#/experiments/${experiment}/runs/${run}`;
}
