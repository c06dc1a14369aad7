// Turns the params, metrics and tags of a run into three digests, so that a later change of the run shows, and shows where.
import { sha256 } from '../files/digest-folder.js';
import { NOTE_TAG } from '../tracking/note-tag.js';
import type { Run } from '../tracking/tracking-store.js';
import { canonicalJson } from './canonical-json.js';

/** What of a run is digested. */
type RunRecord = {
  readonly params: Run['params'];
  readonly metrics: ReadonlyMap<string, number>;
  readonly tags: Run['tags'];
};

const RUN_PARTS = ['metrics', 'params', 'tags'] as const;
type RunPart = (typeof RUN_PARTS)[number];

/** MLflow 2 lists the models of a run in the one, and people may write another note in the other. */
const NOT_OURS = new Set(['mlflow.log-model.history', NOTE_TAG]);

/** SQL stores keep the largest number instead of an infinity. */
const stored = (value: number): number =>
  Number.isNaN(value) ? value : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** The text to record: one line `<sha256 hex>  <part>` for each part. */
export function formatRunDigest(run: RunRecord): string {
  const parts: Record<RunPart, readonly (readonly [string, unknown])[]> = {
    metrics: [...run.metrics].map(([key, value]) => [key, stored(value)]),
    params: [...run.params],
    tags: [...run.tags].filter(([key]) => !NOT_OURS.has(key)),
  };
  const digestOf = (entries: readonly (readonly [string, unknown])[]): string =>
    // A list of pairs, so that a key such as `__proto__` is like any other.
    sha256(canonicalJson([...entries].sort(([a], [b]) => (a < b ? -1 : 1))));
  return RUN_PARTS.map((part) => `${digestOf(parts[part])}  ${part}`).join('\n');
}

/** A run as a store gives it. */
export const recordOf = (run: Run): RunRecord => ({
  params: run.params,
  metrics: new Map([...run.metrics].map(([key, { value }]) => [key, value])),
  tags: run.tags,
});

/** The parts whose digest is not the recorded one; null if what was recorded is not a digest of a run. */
export function changedRunParts(recorded: string, run: RunRecord): readonly RunPart[] | null {
  if (!/^(?:[0-9a-f]{64} {2}(?:metrics|params|tags)(?:\n|$)){3}$/.test(recorded)) return null;
  const lines = new Set(recorded.split('\n'));
  return formatRunDigest(run)
    .split('\n')
    .flatMap((line, at) => (lines.has(line) ? [] : [RUN_PARTS[at]!]));
}
