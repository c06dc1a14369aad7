// Turns a package that was logged without recorded predictions into its answer to its own example, as `register` records it.
import { MlctlError } from '../errors/error.js';
import { runsHere } from '../inference/open-package.js';
import { GOLDEN_FILE, goldenOf } from '../model/golden.js';
import type { ModelPackage } from '../model/read-package.js';
import type { GoldenPredictions } from '../model/types.js';
import type { World } from '../world.js';
import { castExample, storedExample } from './read-input-example.js';
import { tryModel } from './try-model.js';

/** Null if there is nothing to record: predictions came along, or there is no example, or the model does not run here. */
export async function goldenOfPackage(world: World, pkg: ModelPackage): Promise<GoldenPredictions | null> {
  const { signature } = pkg.model;
  if (pkg.digest.files.some(({ path }) => path === GOLDEN_FILE) || signature === null) return null;
  if (!runsHere(pkg.flavor) || pkg.payload === null) return null;
  try {
    const example = storedExample(pkg);
    if (example === null) return null;
    const { table } = await castExample(world, example, signature, 'strict');
    const trial = await tryModel(world, { ...pkg, packageFolder: pkg.folder });
    try {
      return trial === null ? null : goldenOf(await trial.answer(table));
    } finally {
      await trial?.close();
    }
  } catch (error) {
    // a model that does not run here may still be registered
    if (!(error instanceof MlctlError) || world.signal.aborted) throw error;
    world.note(`no predictions were recorded: ${error.message}`);
    return null;
  }
}
