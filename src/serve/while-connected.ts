// Turns a version into one whose calls are dropped when their client goes away, if they still wait for a process. One that runs is
// left to end, or to be ended at its deadline.
import type { FastifyReply } from 'fastify';
import type { ServedVersion } from './types.js';

/** What nginx calls it in its logs. */
const CLIENT_GONE = 499;

export function whileConnected(version: ServedVersion, { raw }: FastifyReply): ServedVersion {
  if (version.until === null) return version;
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) gone.abort(Object.assign(new Error('the client went away'), { statusCode: CLIENT_GONE }));
  });
  return version.until(gone.signal);
}
