// Turns the blocks of a loss into shares in memory that several threads see: each takes groups of blocks that nobody has taken.
import { type blockLoss, type LogisticProblem, shareSize } from './block-loss.js';

/** All arrays lie in shared memory. */
export interface LossRound {
  readonly problem: LogisticProblem;
  /** Where the loss is computed. */
  readonly x: Float64Array;
  /** The shares of the blocks of this round, one after the other. */
  readonly shares: Float64Array;
  /** Blocks that a thread takes at once. */
  readonly group: number;
  readonly control: Int32Array;
}

/**
 * The places of `control`. Groups are counted over all rounds: `taken` never passes `limit`, and a round is over when `done` is
 * `limit`. `start` is where the count of this round begins; `first` and `end` are its blocks. `wake` changes when there is news for
 * the helpers.
 */
export const PLACE = { taken: 0, limit: 1, done: 2, start: 3, first: 4, end: 5, wake: 6, stopped: 7 } as const;

/** The number of a group that is now the caller's, or null if all are taken. `taken` is read first: what it may reach only grows. */
function takeGroup(control: Int32Array): number | null {
  for (;;) {
    const taken = Atomics.load(control, PLACE.taken);
    if (taken === Atomics.load(control, PLACE.limit)) return null;
    if (Atomics.compareExchange(control, PLACE.taken, taken, (taken + 1) | 0) === taken) return taken;
  }
}

/** Computes the shares of one group; false if all are taken. */
export function computeGroup(
  { problem, x, shares, group, control }: LossRound,
  shareOf: ReturnType<typeof blockLoss>,
): boolean {
  const number = takeGroup(control);
  if (number === null) return false;
  const first = Atomics.load(control, PLACE.first);
  const size = shareSize(problem);
  const from = first + ((number - Atomics.load(control, PLACE.start)) | 0) * group;
  const to = Math.min(from + group, Atomics.load(control, PLACE.end));
  for (let block = from; block < to; block++) {
    const at = (block - first) * size;
    shareOf(x, block, shares.subarray(at, at + size));
  }
  Atomics.add(control, PLACE.done, 1);
  Atomics.notify(control, PLACE.done);
  return true;
}
