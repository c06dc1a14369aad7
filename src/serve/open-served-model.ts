// Turns a model URI and a name into a model that the server answers for, and that follows its stage or alias.
import { MlctlError } from '../errors/error.js';
import type { LoadedModel } from '../library/loaded-model.js';
import { openWatched } from '../library/open-watched.js';
import type { ModelFacts, WatchOptions } from '../library/types.js';
import type { Watched } from '../library/watched.js';
import { openServedVersion } from './open-served-version.js';
import type { ServedModel, ServedVersion } from './types.js';

interface ModelEvents {
  changed(name: string, before: ModelFacts, after: ModelFacts): void;
  refused(name: string, error: MlctlError): void;
}

/** Without a name: that of the registered model, else `model`. */
export async function openServedModel(
  name: string | undefined,
  uri: string | undefined,
  options: WatchOptions,
  events: ModelEvents,
): Promise<ServedModel> {
  let refusal: MlctlError | null = null;
  let called = name ?? '';
  const settle = () => {
    refusal = null;
  };
  const how: WatchOptions = {
    ...options,
    onChange: ({ before, after }) => {
      settle();
      events.changed(called, before, after);
    },
    onError: (error) => {
      refusal = error instanceof MlctlError ? error : new MlctlError('BUG', error.message, { cause: error });
      events.refused(called, refusal);
    },
  };
  const open = () => openWatched(uri, how, settle);
  let watched: Watched | null = await open();
  called = name ?? watched.resolved.name ?? 'model';
  const versions = new WeakMap<LoadedModel, ServedVersion>();
  const versionOf = (model: LoadedModel): ServedVersion => {
    const known = versions.get(model) ?? openServedVersion(model);
    versions.set(model, known);
    return known;
  };
  return {
    name: called,
    get facts() {
      return watched;
    },
    get workers() {
      return watched?.pool?.workers ?? 0;
    },
    get refusal() {
      return refusal;
    },
    pin: (work) => {
      if (watched !== null) return watched.pin((model) => work(versionOf(model)));
      return Promise.reject(new MlctlError('MODEL_NOT_FOUND', `the model ${called} was unloaded`));
    },
    reload: async () => {
      if (watched === null) {
        watched = await open();
        settle();
        return true;
      }
      return watched.reload();
    },
    unload: async () => {
      const leaving = watched;
      watched = null;
      await leaving?.close();
    },
  };
}
