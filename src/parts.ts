// Runs long work in parts: between two of them whoever watches gets a turn, and a request to stop is heard.
import { monotonicMs, type World } from './world.js';

/** Long enough to cost nothing, short enough for a spinner to turn. */
const PART_MS = 50;

/** Says what comes next, and gives whoever watches a turn: the line is drawn, and a request to stop is heard. */
export async function nextPart(
  world: Pick<World, 'signal' | 'progress'>,
  doing?: string,
  share?: number,
): Promise<void> {
  if (doing !== undefined) world.progress?.(doing, share);
  await new Promise(setImmediate);
  world.signal.throwIfAborted();
}

/** Called after each piece of a work; it is `nextPart` where the last turn was long enough ago, and returns at once elsewhere. */
export function partsOf(world: World, doing: string): (share: number) => Promise<void> {
  let last = monotonicMs();
  return async (share) => {
    if (monotonicMs() - last < PART_MS) return;
    await nextPart(world, doing, share);
    last = monotonicMs();
  };
}

/**
 * Runs work that says between its parts what it is doing; its result, and the order of all it computes, stay the same.
 * `partMs` is how long a part may take before whoever watches gets a turn; 0 gives a turn after each step.
 */
export async function inParts<T>(
  world: World,
  work: Iterator<string | undefined, T, void>,
  partMs: number = PART_MS,
): Promise<T> {
  let doing: string | undefined;
  try {
    for (let last = monotonicMs(); ; ) {
      const { done, value } = work.next();
      if (done) return value;
      doing = value ?? doing;
      if (monotonicMs() - last < partMs) continue;
      await nextPart(world, doing);
      last = monotonicMs();
    }
  } finally {
    // Work that is left half done ends what it had started.
    work.return?.();
  }
}
