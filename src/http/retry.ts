// Turns a failed try into whether it is repeated, and how long to wait before.
import { randomInt } from 'node:crypto';
import { MlctlError } from '../errors/error.js';
import type { RetrySettings } from '../settings/retry-settings.js';
import type { HttpRequest } from './types.js';

/** Usually temporary; MLflow's own client has the same list. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
/** The server says that it has not acted. */
const NOT_DONE = new Set([408, 429]);
/** Errors before a byte of the request was sent. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/**
 * Errors during the exchange, after which the server may have acted. Any other error (certificates, malformed answers) is
 * permanent.
 */
const CUT = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_PROXY']);
/** A server that starts up answers within seconds; one that asks for an hour counts as down. */
const LONGEST_WAIT_MS = 20_000;

export function worthRetry(
  request: HttpRequest,
  failure: { readonly status: number } | { readonly error: NodeJS.ErrnoException },
): boolean {
  if ('status' in failure) return request.idempotent ? PASSING.has(failure.status) : NOT_DONE.has(failure.status);
  const code = failure.error.code ?? '';
  return NOT_SENT.has(code) || (request.idempotent && CUT.has(code));
}

/** From 0 to 1: spreads the retries of processes that failed together. */
export function jitter(): number {
  return randomInt(1000) / 1000;
}

/**
 * Waits as urllib3 does for Python's MLflow: not at all before the first retry, then the factor times 2, 4, 8, …, plus up to the
 * jitter each time. `done` retries were made before. `Retry-After` (seconds or a date) is honoured up to a cap; an invalid one is
 * ignored.
 */
export function waitBefore(
  done: number,
  settings: Pick<RetrySettings, 'backoffFactorMs' | 'backoffJitterMs' | 'respectRetryAfter'>,
  retryAfter: string | undefined,
  now: number,
  random: number,
): number {
  const exponential = done === 0 ? 0 : settings.backoffFactorMs * 2 ** done;
  const backoff = Math.min(LONGEST_WAIT_MS, exponential + settings.backoffJitterMs * random);
  if (retryAfter === undefined || !settings.respectRetryAfter) return backoff;
  const seconds = /^\d{1,9}$/.test(retryAfter.trim()) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000;
  return Number.isFinite(seconds) && seconds >= 0
    ? Math.min(LONGEST_WAIT_MS, Math.max(backoff, seconds * 1000))
    : backoff;
}

/** Waits, or throws the reason of the abort. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** What an abort is thrown as: its reason, if that is an MlctlError. */
export function abortReason(signal: AbortSignal, what: string): MlctlError {
  const { reason } = signal;
  // The error says what was being waited for.
  if (reason instanceof MlctlError && reason.code === 'DEADLINE_PASSED')
    return new MlctlError('DEADLINE_PASSED', `${what}: ${reason.message}`, {
      ...(reason.hint === undefined ? {} : { hint: reason.hint }),
      details: reason.details,
      cause: reason,
    });
  return reason instanceof MlctlError
    ? reason
    : new MlctlError('REMOTE_UNREACHABLE', `${what}: stopped`, { cause: signal.reason });
}
