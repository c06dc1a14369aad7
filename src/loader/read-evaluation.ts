// Turns the evaluation that a run kept (`evaluation/X_te.csv`, `y_te.csv`, its metrics) into rows that can be scored again.
import type { ArtifactStore } from '../artifacts/store.js';
import { MlctlError } from '../errors/error.js';
import { artifactsAt } from '../session/artifacts-at.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';
import type { Evaluation } from './evaluation.js';
import type { ResolvedModel } from './resolve-model.js';

const ROWS = 'evaluation/X_te.csv';
const LABELS = 'evaluation/y_te.csv';
/** Each file is scored in one piece. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Null if there is no such file; a reason if it is too large. */
async function readWhole(files: ArtifactStore, path: string): Promise<Uint8Array | null | string> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await files.read(path)) {
      size += chunk.byteLength;
      if (size > MOST_BYTES)
        return `${path} of the run is larger than the ${MOST_BYTES} bytes that can be scored again`;
      chunks.push(chunk);
    }
    return chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof MlctlError && error.code === 'ARTIFACT_NOT_FOUND') return null;
    throw error;
  }
}

export async function readEvaluation(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
): Promise<Evaluation> {
  const run = await resolved.run();
  if (run === null) return { missing: 'the run that made the model is gone' };
  if (run.metrics.size === 0) return { missing: 'the run logged no metrics' };
  const tracking = await resolved.stores.tracking();
  const files = await artifactsAt({ world, options, tracking }, run.artifactUri, {
    store: tracking,
    what: `run ${run.runId}`,
    to: 'read',
  });
  const [rows, labels] = [await readWhole(files, ROWS), await readWhole(files, LABELS)];
  if (typeof rows === 'string') return { missing: rows };
  if (typeof labels === 'string') return { missing: labels };
  if (rows === null || labels === null) return { missing: `the run kept no ${rows === null ? ROWS : LABELS}` };
  return { rows, labels, metrics: new Map([...run.metrics].map(([name, { value }]) => [name, value])) };
}
