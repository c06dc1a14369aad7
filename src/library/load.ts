// Turns a model URI (or none) into a model that is open and predicts: resolved, fetched, verified and opened once.
import { worldOfProcess } from '../env.js';
import { resolveModel } from '../loader/resolve-model.js';
import { onRemotes } from '../world.js';
import { openResolved } from './open-resolved.js';
import type { LoadOptions, Model } from './types.js';

/**
 * Loads a model for as many predictions as you like. Without a URI: MODEL_URI, else the newest finished run that has a model.
 * Throws whatever prevents resolving, fetching, verifying or opening the model.
 *
 * @example
 * const model = await load('models:/iris_clf/Production');
 * const [answer] = await model.predict([
 *   { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 },
 * ]);
 * await model.close();
 */
export async function load(uri?: string, options: LoadOptions = {}): Promise<Model> {
  const world = worldOfProcess(options);
  return onRemotes(world, async () => {
    const resolved = await resolveModel(world, uri, options);
    try {
      return await openResolved(world, resolved, options);
    } finally {
      await resolved.close();
    }
  });
}
