// Where a model came from: run, experiment, code, data, with its metrics and params.
import type { LineageDocument } from '../../documents/lineage.js';
import type { Lineage } from '../../lineage/types.js';
import { exactTime } from '../../text/exact-time.js';
import type { Style } from '../style.js';
import { facts } from './facts.js';
import { namedValues } from './named-values.js';

function codeOf(lineage: LineageDocument): string | null {
  const { git_commit: commit, git_dirty: dirty, source } = lineage;
  if (commit === null) return source;
  const state = dirty === true ? ', with uncommitted changes' : dirty === false ? ', clean' : '';
  return `${source ?? ''} at ${commit.slice(0, 12)}${state}`.trim();
}

/** What only the record of the run says. */
function recordRows(record: Lineage | null): (readonly [string, string | null])[] {
  if (record === null) return [];
  const { git, versions, split } = record;
  const seeds = Object.entries(record.seeds).map(([name, seed]) => `${name} ${seed}`);
  const lock = versions.lock && `lock ${versions.lock.slice('sha256:'.length, 'sha256:'.length + 12)}`;
  const made = [
    versions.mlctl && `mlctl ${versions.mlctl}`,
    versions.node && `Node ${versions.node}`,
    versions.onnxruntime && `ONNX Runtime ${versions.onnxruntime}`,
    lock,
    versions.platform,
  ];
  return [
    ['branch', git.branch && `${git.branch}${git.remote === null ? '' : ` of ${git.remote}`}`],
    ['diff', git.diff_digest],
    ['recipe', record.recipe?.digest ?? null],
    ['split', split && `${split.train} to train, ${split.test} to test, ${split.digest}`],
    ['seeds', seeds.join(', ')],
    ['made with', made.filter(Boolean).join(', ')],
  ];
}

export function lineageText(style: Style, lineage: LineageDocument | null, record: Lineage | null): string {
  if (lineage === null) return `${style.bold('lineage')}\n  unknown: no run is recorded for this model`;
  const run = [lineage.run_name, lineage.run_id && `(${lineage.run_id})`, lineage.run_status].filter(Boolean).join(' ');
  const sections = [
    `${style.bold('lineage')}\n${facts(
      style,
      [
        ['run', run],
        ['experiment', lineage.experiment ?? lineage.experiment_id],
        ['by', lineage.user],
        ['started', lineage.started && exactTime(lineage.started)],
        ['ended', lineage.ended && exactTime(lineage.ended)],
        ['code', codeOf(lineage)],
        ...recordRows(record),
        ...lineage.data.map(
          ({ name, digest, source, context }) =>
            [
              'data',
              `${name} ${digest}${context ? ` (${context})` : ''}${source && !source.startsWith('{') ? ` from ${source}` : ''}`,
            ] as const,
        ),
      ],
      '  ',
    )}`,
  ];
  const metrics = namedValues(style, lineage.metrics);
  const params = namedValues(style, lineage.params);
  if (metrics) sections.push(`${style.bold('metrics')}\n${metrics}`);
  if (params) sections.push(`${style.bold('params')}\n${params}`);
  return sections.join('\n\n');
}
