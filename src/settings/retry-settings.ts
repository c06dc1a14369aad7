// Turns settings into how long a request may be silent, and how often and how far apart it is repeated, for every server.
import type { World } from '../world.js';
import { givenAs, readSetting } from './read-setting.js';

export interface RetrySettings {
  readonly timeoutMs: number;
  readonly retries: number;
  /** Somebody asked for this many, and for a server that is not there yet. */
  readonly isRetriesSet: boolean;
  readonly backoffFactorMs: number;
  readonly backoffJitterMs: number;
  readonly respectRetryAfter: boolean;
}

export const retrySettings = (env: World['env']): RetrySettings => ({
  timeoutMs: readSetting(env, 'MLFLOW_HTTP_REQUEST_TIMEOUT') * 1000,
  retries: readSetting(env, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES'),
  isRetriesSet: givenAs(env, 'MLFLOW_HTTP_REQUEST_MAX_RETRIES') !== undefined,
  backoffFactorMs: readSetting(env, 'MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR') * 1000,
  backoffJitterMs: readSetting(env, 'MLFLOW_HTTP_REQUEST_BACKOFF_JITTER') * 1000,
  respectRetryAfter: readSetting(env, 'MLFLOW_HTTP_RESPECT_RETRY_AFTER_HEADER'),
});
