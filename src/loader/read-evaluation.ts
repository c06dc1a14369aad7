// What a run kept of its evaluation (`evaluation/X_te.csv`, `y_te.csv`, its metrics), read back to be scored again.
import { openArtifacts } from '../artifacts/open.js';
import type { ArtifactStore } from '../artifacts/store.js';
import { MlctlError } from '../errors/error.js';
import { refuseLocalSource } from '../session/local-source.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';
import type { Evaluation } from './evaluation.js';
import type { ResolvedModel } from './resolve-model.js';

const ROWS = 'evaluation/X_te.csv';
const LABELS = 'evaluation/y_te.csv';
/** Each file is scored in one piece. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Null where there is no such file; a reason where it is too large. */
async function readWhole(files: ArtifactStore, path: string): Promise<Uint8Array | null | string> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await files.read(path)) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) return `${path} of the run is larger than the ${MOST_BYTES} bytes that are scored again`;
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
  const files = await openArtifacts(refuseLocalSource(world, tracking, run.artifactUri, `run ${run.runId}`), {
    world,
    trackingUri: tracking.isRemote ? (options.trackingUri ?? world.env.MLFLOW_TRACKING_URI ?? null) : null,
    offline: options.offline ?? false,
  });
  const [rows, labels] = [await readWhole(files, ROWS), await readWhole(files, LABELS)];
  if (typeof rows === 'string') return { missing: rows };
  if (typeof labels === 'string') return { missing: labels };
  if (rows === null || labels === null) return { missing: `the run kept no ${rows === null ? ROWS : LABELS}` };
  return { rows, labels, metrics: new Map([...run.metrics].map(([name, { value }]) => [name, value])) };
}
