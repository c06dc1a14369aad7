// The library's door to a model that follows its stage or alias.
import { openWatched } from './open-watched.js';
import type { WatchedModel, WatchOptions } from './types.js';

/**
 * Loads a model and follows its stage or alias. The next version is fetched, verified, passed by smoke and its signature compared
 * before it takes over. If any of that fails, the version before keeps answering and `onError` is told. Calls under way end on the
 * version they began with. The timer does not keep the process alive; `signal` or `close()` ends the watch.
 *
 * @example
 * const model = await watch('models:/iris_clf@champion', {
 *   interval: 10_000,
 *   onChange: ({ before, after }) => log.info(`version ${before.version} → ${after.version}`),
 *   onError: (error) => log.error(error),
 * });
 */
export async function watch(uri?: string, options: WatchOptions = {}): Promise<WatchedModel> {
  return openWatched(uri, options);
}
