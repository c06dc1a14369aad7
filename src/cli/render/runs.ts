// Runs as a table, or one run in full.
import type { RunDocument, RunsDocument } from '../../operations/runs.js';
import type { Style } from '../style.js';
import { facts } from './facts.js';
import { namedValues, shortNumber } from './numbers.js';
import { table } from './table.js';

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
  const metrics = chosenMetrics(runs).map((name) => ({
    title: name,
    right: true,
    of: (run: RunDocument) => (Object.hasOwn(run.metrics, name) ? shortNumber(run.metrics[name]!) : ''),
  }));
  const shown = table<RunDocument>(
    style,
    [
      { title: 'run id', of: (run) => run.run_id },
      { title: 'name', of: (run) => run.run_name, most: 24 },
      { title: 'status', of: (run) => run.status },
      { title: 'started', of: (run) => run.started?.replace('T', ' ').slice(0, 19) },
      ...metrics,
    ],
    runs,
    '',
  );
  return more ? `${shown}\n${style.dim('… more with --max')}` : shown;
}

export function runText(style: Style, run: RunDocument): string {
  const section = (title: string, values: Readonly<Record<string, number | string>>) => {
    const text = namedValues(style, values);
    return text === '' ? [] : [`${style.bold(title)}\n${text}`];
  };
  return [
    facts(style, [
      ['run', `${run.run_name} (${run.run_id})`],
      ['status', run.status],
      ['experiment', `${run.experiment ?? ''} (${run.experiment_id})`.trim()],
      ['by', run.user],
      ['started', run.started],
      ['ended', run.ended],
      ...run.models.map((uri) => ['model', uri] as const),
    ]),
    ...section('metrics', run.metrics),
    ...section('params', run.params),
    ...section('tags', run.tags),
  ].join('\n\n');
}
