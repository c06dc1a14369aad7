// Turns a large logistic problem into threads that help with its loss. They share the memory of the problem, and the sums do not
// depend on how many there are: shares of blocks are added in the order of the blocks.
import { countProcessors, findProgram, sharedNumbers, startThread, type Thread } from '../../threads/start-thread.js';
import { PART, type Work } from '../../work.js';
import { BLOCK, blockLoss, type LogisticProblem, scoreCount, shareSize } from './block-loss.js';
import { computeGroup, type LossRound, PLACE } from './loss-round.js';

export interface LossHelpers {
  readonly round: LossRound;
  /** Gives the shares at `x` to `add`, in the order of their blocks; returns how many, which is all unless a helper is lost. */
  addShares(x: Float64Array, add: (share: Float64Array) => void): Work<number>;
  close(): void;
}

/** Multiplications of one loss from which a thread pays: about 20 ms, and a thread takes about 40 ms to start, once. */
const LEAST_WORK = 20_000_000;
/** Bytes of the shares of one round. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Multiplications of a group. */
const GROUP_WORK = 1_000_000;
/** A helper that takes longer for a group is lost. */
const LOST_MS = 5_000;
const TURN_MS = 50;

const wordsOf = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));

/** How many threads would help. */
export function countHelpers(rows: number, features: number, classes: number): number {
  const work = rows * scoreCount(classes) * 2 * features;
  return work < LEAST_WORK ? 0 : countProcessors();
}

/** `count` threads; null if there are none to start. The matrix is of `sharedNumbers`, and filled before the first loss. */
export function startHelpers(given: LogisticProblem, count: number): LossHelpers | null {
  const program = count > 0 ? findProgram('loss-helper.js', import.meta.url) : null;
  const blocks = Math.ceil(given.rows / BLOCK);
  const size = shareSize(given);
  const group = Math.max(1, Math.ceil(GROUP_WORK / (2 * BLOCK * size)));
  const most = Math.min(blocks, Math.floor(MOST_BYTES / 8 / size / group) * group);
  if (program === null || most < group * (count + 1)) return null;
  const target = wordsOf(given.rows);
  target.set(given.target);
  const problem = { ...given, target };
  const round: LossRound = {
    problem,
    x: sharedNumbers(size),
    shares: sharedNumbers(most * size),
    group,
    control: wordsOf(Object.keys(PLACE).length),
  };
  // A helper that cannot start takes no group, and one that fails is lost: the fit goes on without it.
  const workers = Array.from({ length: count }, () => startThread(program, round));
  return helpersOf(round, { blocks, most, workers });
}

function helpersOf(
  round: LossRound,
  { blocks, most, workers }: { readonly blocks: number; readonly most: number; readonly workers: readonly Thread[] },
): LossHelpers {
  const { control, shares, group, problem } = round;
  const shareOf = blockLoss(problem);
  const size = shareSize(problem);
  const groupsOfPart = Math.max(1, Math.floor(PART / GROUP_WORK));
  const close = (): void => {
    Atomics.store(control, PLACE.stopped, 1);
    wake(control);
    for (const worker of workers) void worker.terminate();
  };
  return {
    round,
    close,
    *addShares(x, add) {
      if (Atomics.load(control, PLACE.stopped) === 1) return 0;
      round.x.set(x);
      for (let first = 0; first < blocks; first += most) {
        const count = Math.min(most, blocks - first);
        publish(control, first, count, Math.ceil(count / group));
        for (let n = 1; computeGroup(round, shareOf); n++) if (n % groupsOfPart === 0) yield;
        if (!(yield* othersDone(control))) {
          close();
          return first;
        }
        for (let k = 0; k < count; k++) add(shares.subarray(k * size, (k + 1) * size));
      }
      return blocks;
    },
  };
}

function wake(control: Int32Array): void {
  Atomics.add(control, PLACE.wake, 1);
  Atomics.notify(control, PLACE.wake);
}

/** The limit is written last: until then nobody takes a group. */
function publish(control: Int32Array, first: number, count: number, groups: number): void {
  const start = Atomics.load(control, PLACE.taken);
  Atomics.store(control, PLACE.first, first);
  Atomics.store(control, PLACE.end, first + count);
  Atomics.store(control, PLACE.start, start);
  Atomics.store(control, PLACE.limit, (start + groups) | 0);
  wake(control);
}

/** Waits for the groups that others have taken; false if one is lost. */
function* othersDone(control: Int32Array): Work<boolean> {
  const limit = Atomics.load(control, PLACE.limit);
  for (let waited = 0; waited < LOST_MS; ) {
    const done = Atomics.load(control, PLACE.done);
    if (done === limit) return true;
    if (Atomics.wait(control, PLACE.done, done, TURN_MS) === 'timed-out') waited += TURN_MS;
    else waited = 0;
    yield;
  }
  return false;
}
