// Turns a lineage and metrics into the note that people read on MLflow's pages: who made the model, when, from what.
import { shortNumber } from '../text/numbers.js';
import { printable } from '../text/printable.js';
import { sealNote } from '../text/sealed-note.js';
import type { Lineage } from './types.js';

const MOST_METRICS = 12;

/** As text in Markdown, whatever it holds. */
const shown = (text: string): string => `\`${printable(text, 120).replaceAll('`', "'")}\``;

/** `run`: for the note of a version, which names the run that it came from. */
export function noteOf(
  lineage: Lineage,
  metrics: ReadonlyMap<string, number>,
  run?: { readonly runId: string; readonly runName: string },
): string {
  const { user, ended, git, data, source, made_by: by, versions } = lineage;
  const when = ended === null ? '' : ` on ${ended.slice(0, 16).replace('T', ' ')} UTC`;
  const names = [...metrics.keys()].sort();
  const told = names.slice(0, MOST_METRICS).map((name) => `${shown(name)} ${shortNumber(metrics.get(name)!)}`);
  const more = names.length > MOST_METRICS ? ` and ${names.length - MOST_METRICS} more` : '';
  const state = git.dirty === true ? ', with uncommitted changes' : '';
  const lines: readonly (readonly [string, string | null])[] = [
    ['run', run === undefined ? null : `${shown(run.runName)} (${run.runId})`],
    ['data', data.map(({ name, rows }) => `${shown(name)}${rows === null ? '' : `, ${rows} rows`}`).join('; ') || null],
    ['source', source === null ? null : shown(source)],
    [
      'code',
      git.commit && `${git.commit.slice(0, 12)}${git.branch === null ? '' : ` on ${shown(git.branch)}`}${state}`,
    ],
    ['metrics', told.length === 0 ? null : `${told.join(', ')}${more}`],
  ];
  const head =
    `${by === 'log' ? 'Logged' : 'Trained'} by ${shown(user ?? 'unknown')}${when} with mlctl ${versions.mlctl ?? ''}`.trimEnd();
  return sealNote(
    [`${head}.`, '', ...lines.flatMap(([name, text]) => (text === null ? [] : [`- ${name}: ${text}`]))].join('\n'),
  );
}
