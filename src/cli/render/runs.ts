// Runs as a table, or one run in full.
import type { RunDocument, RunsDocument } from '../../operations/runs.js';
import { exactTime } from '../../text/exact-time.js';
import { shortNumber } from '../../text/numbers.js';
import type { Style } from '../style.js';
import { artifactsText } from './artifacts.js';
import { facts } from './facts.js';
import { namedValues } from './named-values.js';
import { runPage } from './run-page.js';
import { shortId } from './short-id.js';
import { type Column, table } from './table.js';
import { timeWords } from './times.js';

/** What tells runs apart most: at most three metrics, those that most runs have. */
function chosenMetrics(runs: readonly RunDocument[]): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) for (const name of Object.keys(run.metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([name]) => name);
}

export function runsText(style: Style, { runs, more }: RunsDocument): string {
  if (runs.length === 0) return 'no runs';
  const [first, ...others] = chosenMetrics(runs).map((name) => ({
    title: name,
    right: true,
    of: (run: RunDocument) => (Object.hasOwn(run.metrics, name) ? shortNumber(run.metrics[name]!) : ''),
  }));
  const mixed = new Set(runs.map((run) => run.experiment_id)).size > 1;
  const columns: readonly (Column<RunDocument> | undefined | false)[] = [
    { title: 'run', of: (run) => shortId(style, run.run_id), kept: true },
    { title: 'name', of: (run) => run.run_name, most: 40, least: 12 },
    { title: 'status', of: (run) => run.status },
    { title: 'started', of: (run) => timeWords(style, run.started) },
    mixed && { title: 'experiment', of: (run) => run.experiment ?? run.experiment_id, least: 12, spare: true },
    first,
    ...others.map((column) => ({ ...column, spare: true })),
  ];
  const shown = table<RunDocument>(
    style,
    columns.filter((column) => column !== undefined && column !== false),
    runs,
    '',
  );
  return more ? `${shown}\n${style.dim('… more with --max')}` : shown;
}

const timeOf = (iso: string | null): string | null => (iso === null ? null : exactTime(iso));

export function runText(style: Style, run: RunDocument, trackingUri: string): string {
  const section = (title: string, values: Readonly<Record<string, number | string>>) => {
    const text = namedValues(style, values);
    return text === '' ? [] : [`${style.bold(title)}\n${text}`];
  };
  return [
    facts(style, [
      ['run', `${run.run_name} (${run.run_id})`],
      ['status', run.deleted ? `${run.status}, deleted (mlflow runs restore --run-id ${run.run_id})` : run.status],
      ['experiment', `${run.experiment ?? ''} (${run.experiment_id})`.trim()],
      ['by', run.user],
      ['started', timeOf(run.started)],
      ['ended', timeOf(run.ended)],
      ...run.models.map((uri) => ['model', uri] as const),
      ['page', runPage(trackingUri, run.experiment_id, run.run_id)],
    ]),
    ...section('metrics', run.metrics),
    ...section('params', run.params),
    ...section('tags', run.tags),
    ...(run.artifacts?.length ? [`${style.bold('artifacts')}\n${artifactsText(style, run.artifacts)}`] : []),
  ].join('\n\n');
}
