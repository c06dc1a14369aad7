// A thread that turns blocks of a loss into shares, together with the thread that fits. It ends when it is told to, or when nobody
// has asked for a minute.
import { workerData } from 'node:worker_threads';
import { blockLoss } from './block-loss.js';
import { computeGroup, type LossRound, PLACE } from './loss-round.js';

const IDLE_MS = 60_000;

const round = workerData as LossRound;
const shareOf = blockLoss(round.problem);
for (;;) {
  const wake = Atomics.load(round.control, PLACE.wake);
  if (Atomics.load(round.control, PLACE.stopped) === 1) break;
  if (computeGroup(round, shareOf)) continue;
  if (Atomics.wait(round.control, PLACE.wake, wake, IDLE_MS) === 'timed-out') break;
}
