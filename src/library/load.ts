// Turns a model URI (or none) into a model that is open and predicts: resolved, fetched, verified and opened once.
import { worldOfProcess } from '../env.js';
import { findPackage, openFetched } from '../loader/open-model.js';
import { readSetting } from '../settings/read-setting.js';
import { LoadedModel } from './loaded-model.js';
import type { LoadOptions, Model } from './types.js';

/**
 * Without a URI: MODEL_URI, else the newest finished run that has a model. Throws what prevents resolving, fetching, verifying or
 * opening the model.
 *
 * @example
 * const model = await load('models:/iris_clf/Production');
 * const [answer] = await model.predict([{ 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 }]);
 */
export const load = (uri?: string, options: LoadOptions = {}): Promise<Model> => openLoaded(uri, options);

export async function openLoaded(uri: string | undefined, options: LoadOptions): Promise<LoadedModel> {
  const world = worldOfProcess(options);
  const timeoutMs = options.timeoutMs ?? null;
  const { resolved, pkg } = await findPackage(world, uri, options);
  try {
    const open = () => openFetched(world, pkg, timeoutMs);
    const opened = {
      uri: resolved.uri,
      resolved: resolved.document,
      package: pkg,
      lineage: resolved.document.run_id === null ? null : await resolved.lineage(),
      schema: options.schema ?? readSetting(world.env, 'MLCTL_SCHEMA'),
      ignore: options.ignore ?? [],
      warn: world.warn,
      open,
    };
    return new LoadedModel(opened, await open());
  } finally {
    await resolved.close();
  }
}
