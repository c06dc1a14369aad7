// Turns a model URI into a model that follows its stage or alias: the next version takes over once it has passed, and the one before
// answers until then.
import { worldOfProcess } from '../env.js';
import { NOT_THE_MODEL } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { type ResolvedModel, resolveModel } from '../loader/resolve-model.js';
import { readSetting } from '../settings/read-setting.js';
import { onRemotes } from '../world.js';
import { openResolved } from './open-resolved.js';
import type { WatchOptions } from './types.js';
import { type Look, Watched } from './watched.js';

const INTERVAL_MS = 30_000;

/** `onUpToDate`: a look found that the version that answers is the one that is pointed to. */
export async function openWatched(
  uri: string | undefined,
  options: WatchOptions,
  onUpToDate: () => void = () => {},
): Promise<Watched> {
  const world = worldOfProcess(options);
  const stopping = new AbortController();
  const looking = { ...world, signal: AbortSignal.any([world.signal, stopping.signal]) };
  const withResolved = <T>(asked: string | undefined, work: (resolved: ResolvedModel) => Promise<T>): Promise<T> =>
    onRemotes(looking, async () => {
      const resolved = await resolveModel(looking, asked, options);
      try {
        return await work(resolved);
      } finally {
        await resolved.close();
      }
    });
  const first = await withResolved(uri, async (resolved) => ({
    model: await openResolved(world, resolved, options),
    identity: identityOf(resolved),
    uri: resolved.uri,
  }));
  // The newest run is chosen once: only a stage, an alias or `latest` is followed.
  const asked = uri ?? readSetting(world.env, 'MODEL_URI') ?? first.uri;
  let answering = first.identity;
  let refused: string | null = null;
  const look: Look = (before, isAsked) =>
    withResolved(asked, async (resolved) => {
      const identity = identityOf(resolved);
      if (identity === answering) onUpToDate();
      // What was refused is judged again only if somebody asks: it does not get better by itself.
      if (identity === answering || (identity === refused && !isAsked)) return null;
      try {
        // Loaded with smoke, which only a change needs.
        const { judgeNext } = await import('./judge-next.js');
        const next = await judgeNext(looking, resolved, before, options);
        answering = identity;
        refused = null;
        return next;
      } catch (error) {
        refused = error instanceof MlctlError && !NOT_THE_MODEL.has(error.exitCode) ? identity : null;
        throw error;
      }
    });
  const how = { interval: INTERVAL_MS, ...options, stopLooking: () => stopping.abort() };
  return new Watched(first.model, look, how, world);
}

/** Which model it is, whatever the URI is called. */
function identityOf({ document, recorded }: ResolvedModel): string {
  return JSON.stringify([document.name, document.version, document.location, recorded?.package ?? null]);
}
