// Turns a failure of S3 into whether it is retried: the SDK decides which failures are temporary; our settings for all servers
// decide how often and how long to wait.
import { StandardRetryStrategy } from '@smithy/core/retry';
import { jitter, sleep, waitBefore } from '../../http/retry.js';
import { retrySettings } from '../../settings/retry-settings.js';
import type { World } from '../../world.js';

/** Implements the SDK's interface RetryStrategyV2, for one client, with the SDK's quota of retries. */
interface S3RetryStrategy
  extends Pick<
    StandardRetryStrategy,
    'mode' | 'acquireInitialRetryToken' | 'refreshRetryTokenForRetry' | 'recordSuccess'
  > {}

/** The server received other bytes than were signed: something on the way changed them, which may be temporary. */
const CHANGED = new Set(['XAmzContentSHA256Mismatch', 'BadDigest', 'IncompleteBody']);

/** `server` names it in notes. The waits end when the command is stopped, unlike the SDK's own. */
export function s3RetryStrategy(world: World, server: string): S3RetryStrategy {
  const settings = retrySettings(world.env);
  const standard = new StandardRetryStrategy({
    maxAttempts: settings.retries + 1,
    backoff: { setDelayBase: () => {}, computeNextBackoffDelay: () => 0 },
  });
  return {
    mode: standard.mode,
    acquireInitialRetryToken: (scope) => standard.acquireInitialRetryToken(scope),
    recordSuccess: (token) => standard.recordSuccess(token),
    async refreshRetryTokenForRetry(token, info) {
      // Throws if a retry is useless; the SDK then reports the error itself.
      const { retryAfterHint: hint, ...rest } = info;
      const changed = CHANGED.has((info.error as Partial<Error> | undefined)?.name ?? '');
      const next = await standard.refreshRetryTokenForRetry(
        token,
        changed ? { ...rest, errorType: 'TRANSIENT' } : rest,
      );
      const seconds = hint === undefined ? undefined : Math.ceil((hint.getTime() - world.now()) / 1000);
      const after = seconds !== undefined ? String(Math.max(0, seconds)) : undefined;
      const wait = waitBefore(token.getRetryCount(), settings, after, world.now(), jitter());
      const { message = '', name = '' } = (info.error ?? {}) as Partial<Error>;
      world.note(`S3 at ${server}: ${message || name}; trying again in ${(wait / 1000).toFixed(1)} s`);
      await sleep(wait, world.signal);
      return next;
    },
  };
}
