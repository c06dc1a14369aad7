// Turns calls that come one by one into work that is done one after the other. Between two runs of a small graph, reading and
// writing sockets empties the processor's caches of the runtime, so that each run takes up to four times as long.
import { monotonicMs } from '../world.js';

/** The first one waits no longer than this for those that came with it. */
const TURN_MS = 1;

interface Call<A, B> {
  readonly given: A;
  resolve(answer: B): void;
  reject(error: unknown): void;
}

/** `work` runs in the next turn of the event loop, for all calls that have come by then. */
export function inTurns<A, B>(work: (given: A) => B): (given: A) => Promise<B> {
  let waiting: Call<A, B>[] = [];
  const turn = () => {
    const end = monotonicMs() + TURN_MS;
    const tell: (() => void)[] = [];
    do {
      const call = waiting[tell.length]!;
      try {
        const answer = work(call.given);
        tell.push(() => call.resolve(answer));
      } catch (error) {
        tell.push(() => call.reject(error));
      }
    } while (tell.length < waiting.length && monotonicMs() < end);
    waiting = waiting.slice(tell.length);
    if (waiting.length > 0) setImmediate(turn);
    for (const one of tell) one();
  };
  return (given) =>
    new Promise((resolve, reject) => {
      waiting.push({ given, resolve, reject });
      if (waiting.length === 1) setImmediate(turn);
    });
}
