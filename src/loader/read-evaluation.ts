// Turns the evaluation that a run kept (`evaluation/X_te.csv`, `y_te.csv`, its metrics) into rows that can be scored again.
import { readWhole } from '../artifacts/read-whole.js';
import type { ArtifactStore } from '../artifacts/store.js';
import { artifactsAt } from '../session/artifacts-at.js';
import type { StoreOptions } from '../session/stores.js';
import type { Run } from '../tracking/tracking-store.js';
import type { World } from '../world.js';
import type { Evaluation } from './evaluation.js';
import type { ResolvedModel } from './resolve-model.js';

const ROWS = 'evaluation/X_te.csv';
const LABELS = 'evaluation/y_te.csv';
/** Each file is scored in one piece. */
const MOST_BYTES = 64 * 1024 * 1024;

export async function readEvaluation(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
): Promise<Evaluation> {
  const run = await resolved.run();
  if (run === null) return { missing: 'the run that made the model is gone' };
  if (run.metrics.size === 0) return { missing: 'the run logged no metrics' };
  return evaluationIn(await filesOfRun(world, resolved, options, run), run);
}

/** The artifacts of the run that made the model. */
export async function filesOfRun(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
  run: Run,
): Promise<ArtifactStore> {
  const tracking = await resolved.stores.tracking();
  return artifactsAt({ world, options, tracking }, run.artifactUri, {
    store: tracking,
    what: `run ${run.runId}`,
    to: 'read',
  });
}

/** The same of a run whose artifacts are open already. */
export async function evaluationIn(files: ArtifactStore, run: Run): Promise<Evaluation> {
  if (run.metrics.size === 0) return { missing: 'the run logged no metrics' };
  const [rows, labels] = [await readWhole(files, ROWS, MOST_BYTES), await readWhole(files, LABELS, MOST_BYTES)];
  if (typeof rows === 'string') return { missing: rows };
  if (typeof labels === 'string') return { missing: labels };
  if (rows === null || labels === null) return { missing: `the run kept no ${rows === null ? ROWS : LABELS}` };
  return { rows, labels, metrics: new Map([...run.metrics].map(([name, { value }]) => [name, value])) };
}
