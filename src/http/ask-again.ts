// Turns a request into the final answer: temporary failures are retried, within the limits of tries and time.
import type { IncomingMessage } from 'node:http';
import { MlctlError } from '../errors/error.js';
import { beginningOf } from './connect.js';
import { followRedirects } from './follow-redirects.js';
import { isLoopbackName } from './host-name.js';
import type { Line } from './line.js';
import { proxyFor } from './proxy.js';
import { abortReason, jitter, sleep, waitBefore, worthRetry } from './retry.js';
import type { HttpRequest } from './types.js';
import { shown, unreachable, wordsOf } from './unreachable.js';

/** Each success gives one back, so that not every call hammers a failing server anew. */
export const RETRY_QUOTA = 40;
/** How much of a failing answer is read. */
const LOOK_BYTES = 4096;

/** Enough for a server that is just opening its port. */
const RETRIES_OF_IDLE_PORT = 1;

/** This machine says at once that nothing listens there. A server that has answered before may be starting again. */
const isIdlePort = (url: URL, { code }: NodeJS.ErrnoException, { world, options, answered }: Line): boolean =>
  code === 'ECONNREFUSED' &&
  !answered &&
  !options.retry.isRetriesSet &&
  isLoopbackName(proxyFor(url, world.env) ?? url);

/** What becomes of an answer; `text` is its beginning if that was read already, and then nothing else is read. */
type Use<T> = (incoming: IncomingMessage, text: string | null) => Promise<T>;

/** A try that failed in a way that may pass. */
interface Failure {
  readonly told: string;
  readonly retryAfter?: string | undefined;
  /** Node's error, if it was one. */
  readonly cause?: NodeJS.ErrnoException;
}

/** One try. Throws if a retry is useless or not allowed. */
async function tryOnce<T>(
  request: HttpRequest,
  line: Line,
  tries: number,
  use: Use<T>,
): Promise<{ readonly used: T } | Failure> {
  const { world, options } = line;
  const signal = request.signal ?? world.signal;
  const most = request.retries ?? options.retry.retries;
  const isLast = tries >= most || line.quota <= 0;
  try {
    const incoming = await followRedirects(request, line);
    line.answered = true;
    const status = incoming.statusCode ?? 0;
    if (!worthRetry(request, { status }) || isLast) {
      const used = await use(incoming, null);
      if (status < 400) line.quota = Math.min(RETRY_QUOTA, line.quota + 1);
      return { used };
    }
    const retryAfter = incoming.headers['retry-after'];
    const text = await beginningOf(incoming, LOOK_BYTES, signal);
    if (request.lasting?.(status, text)) return { used: await use(incoming, text) };
    return { told: `the server answered ${status}`, retryAfter };
  } catch (error) {
    if (error instanceof MlctlError) throw error;
    const what = `${request.method} ${shown(request.url)}`;
    if (signal.aborted) throw abortReason(signal, what);
    const cause = error as NodeJS.ErrnoException;
    const isIdle = tries >= RETRIES_OF_IDLE_PORT && isIdlePort(request.url, cause, line);
    if (!worthRetry(request, { error: cause }) || isLast || isIdle)
      throw unreachable(
        what,
        request.url,
        { error: cause, retries: tries, proxy: proxyFor(request.url, world.env) },
        options.advice,
      );
    return { told: wordsOf(cause), cause };
  }
}

export async function askAgain<T>(request: HttpRequest, line: Line, use: Use<T>): Promise<T> {
  const { world, options } = line;
  const what = `${request.method} ${shown(request.url)}`;
  const signal = request.signal ?? world.signal;
  for (let tries = 0; ; tries += 1) {
    if (signal.aborted) throw abortReason(signal, what);
    const tried = await tryOnce(request, line, tries, use);
    if ('used' in tried) return tried.used;
    const { told, retryAfter, cause } = tried;
    line.quota -= 1;
    const wait = waitBefore(tries, options.retry, retryAfter, world.now(), jitter());
    const news = `${what}: ${told}; trying again in ${(wait / 1000).toFixed(1)} s`;
    if (world.passing) world.passing(news);
    else world.note(news);
    await sleep(wait, signal).catch(() => {
      const stopped = abortReason(signal, what);
      throw cause === undefined || stopped.exitCode !== 6
        ? stopped
        : unreachable(
            what,
            request.url,
            { error: cause, retries: tries, proxy: proxyFor(request.url, world.env) },
            options.advice,
          );
    });
  }
}
