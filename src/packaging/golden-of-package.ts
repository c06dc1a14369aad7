// A model run once over its input example: the answer that is recorded beside it, or the reason why there is none.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { openPackage } from '../inference/open-package.js';
import { goldenOf } from '../model/golden.js';
import type { GoldenPredictions } from '../model/types.js';
import type { World } from '../world.js';

/** A model that needs longer for a few rows is no model to log. */
const TIMEOUT_MS = 60_000;

/** Runs the payload where it can be killed. A model that fails on its own example throws; only a missing runtime is a remark. */
export async function goldenOfPackage(
  world: World,
  found: { readonly folder: string; readonly flavor: string; readonly payload: string | null },
  example: Table,
): Promise<GoldenPredictions | null> {
  try {
    const model = await openPackage({
      packageFolder: found.folder,
      flavor: found.flavor,
      payload: found.payload,
      trusted: false,
      timeoutMs: TIMEOUT_MS,
      signal: world.signal,
    });
    try {
      return goldenOf(await model.predict(example));
    } finally {
      await model.close();
    }
  } catch (error) {
    if (!(error instanceof MlctlError) || error.code !== 'RUNTIME_MISSING') throw error;
    world.warn(`no predictions were recorded: ${error.message}`);
    return null;
  }
}
