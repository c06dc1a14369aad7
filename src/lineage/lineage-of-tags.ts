// Turns the tags, params and data sets of a run without a lineage artifact (an older mlctl, or another client) into what they say of it.
import { isoTime } from '../documents/json-values.js';
import { redactText } from '../text/redact.js';
import type { DatasetInput, Run } from '../tracking/tracking-store.js';
import type { DataLineage, Lineage } from './types.js';

export function lineageOfTags(run: Run): Lineage {
  const tag = (key: string): string | null => run.tags.get(key) ?? null;
  const dirty = tag('mlctl.git_dirty');
  const recipe = tag('mlctl.recipe_digest');
  const isOurs = run.tags.has('mlctl.version');
  return {
    schema: 'mlctl.lineage/1',
    made_by: recipe !== null ? 'train' : isOurs ? 'log' : null,
    user: tag('mlflow.user') ?? (run.userId || null),
    source: tag('mlflow.source.name'),
    started: isoTime(run.startTime),
    ended: isoTime(run.endTime),
    git: {
      commit: tag('mlflow.source.git.commit'),
      branch: tag('mlflow.source.git.branch'),
      remote: textWithoutSecrets(tag('mlflow.source.git.repoURL')),
      dirty: dirty === null ? null : dirty === 'true',
      diff_digest: null,
      folder: null,
      shallow: false,
      unknown: {},
    },
    recipe: recipe === null ? null : { digest: recipe, file: null, file_digest: null },
    data: run.datasets.map((one, at) => dataOf(one, at === 0 ? tag('mlctl.data_digest') : null)),
    split: null,
    seeds: seedsOf(run.params),
    versions: {
      mlctl: tag('mlctl.version'),
      node: tag('mlctl.node_version'),
      onnxruntime: tag('mlctl.onnxruntime_version'),
      lock: null,
      platform: null,
    },
    given: null,
  };
}

const textWithoutSecrets = (text: string | null): string | null => text && redactText(text);

/** The params that say how random numbers begin. */
export function seedsOf(params: ReadonlyMap<string, string>): Record<string, number> {
  const seeds = [...params].filter(([key, value]) => /(?:^|__)random_state$/.test(key) && /^\d{1,15}$/.test(value));
  return Object.fromEntries(seeds.map(([key, value]) => [key, Number(value)]));
}

/** MLflow keeps 36 characters of a digest; a run of mlctl has the whole one as a tag. */
function dataOf(dataset: DatasetInput, whole: string | null): DataLineage {
  const source = jsonOf(dataset.source);
  const rows = jsonOf(dataset.profile)?.num_rows;
  const place = source?.uri ?? source?.url ?? source?.path;
  const isBuiltIn = dataset.sourceType === 'code' && whole !== null;
  return {
    role: 'training',
    name: dataset.name,
    source: isBuiltIn ? dataset.name : redactText(typeof place === 'string' ? place : dataset.source),
    kind: dataset.sourceType,
    digest: whole ?? dataset.digest,
    bytes: null,
    rows: Number.isSafeInteger(rows) ? (rows as number) : null,
    columns: null,
    path: null,
  };
}

function jsonOf(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
