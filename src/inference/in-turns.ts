// Turns calls that come one by one into work that is done one after the other. Between two runs of a small graph, reading and
// writing sockets empties the processor's caches of the runtime, so that each run takes up to four times as long.
import { monotonicMs } from '../world.js';

/** A call that would end later than this waits for the next turn, so that those before it are answered first. */
const TURN_MS = 1;

interface Call<A, B> {
  readonly given: A;
  readonly signal: AbortSignal | undefined;
  resolve(answer: B): void;
  reject(error: unknown): void;
}

/**
 * `work` runs in the next turn of the event loop, for as many of the calls that have come by then as are short. What a call takes is
 * told from its `size` and from the call before. One whose signal is aborted by then is dropped.
 */
export function inTurns<A, B>(
  work: (given: A) => B,
  size: (given: A) => number,
  now: () => number = monotonicMs,
): (given: A, signal?: AbortSignal) => Promise<B> {
  let waiting: Call<A, B>[] = [];
  /** Of one of its size, in the call before. */
  let lastMs = 0;
  const turn = () => {
    const start = now();
    let at = start;
    const tell: (() => void)[] = [];
    do {
      const { given, signal, resolve, reject } = waiting[tell.length]!;
      try {
        signal?.throwIfAborted();
        const answer = work(given);
        tell.push(() => resolve(answer));
      } catch (error) {
        tell.push(() => reject(error));
      }
      const end = now();
      lastMs = (end - at) / Math.max(1, size(given));
      at = end;
    } while (tell.length < waiting.length && at - start + lastMs * size(waiting[tell.length]!.given) < TURN_MS);
    waiting = waiting.slice(tell.length);
    if (waiting.length > 0) setImmediate(turn);
    for (const one of tell) one();
  };
  return (given, signal) =>
    new Promise((resolve, reject) => {
      waiting.push({ given, signal, resolve, reject });
      if (waiting.length === 1) setImmediate(turn);
    });
}
