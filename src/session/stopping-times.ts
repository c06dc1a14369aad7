// Turns the wish to stop into the time that is left: one budget for the whole command, and the share of each part of it.
import { MlctlError } from '../errors/error.js';

/** Milliseconds from the wish to stop. Whoever comes first in this list waits for those after it. */
interface StoppingTimes {
  /** The process has ended. */
  readonly total: number;
  /** The CLI stops waiting for the command. */
  readonly command: number;
  /** A run has been marked as ended, and its model too. */
  readonly run: number;
  /** Doctor stops waiting for a check that hangs. */
  readonly check: number;
  /** Doctor has removed the files of its probe. */
  readonly probe: number;
}

/** Whoever presses Ctrl-C, and the systems that send SIGTERM, wait some seconds. */
export const AFTER_SIGNAL: StoppingTimes = { total: 5000, command: 4500, run: 4000, check: 4000, probe: 3500 };
/** Whoever sets a deadline means it: the answer comes within two seconds of it, whatever hangs. */
export const AFTER_DEADLINE: StoppingTimes = { total: 2000, command: 1600, run: 1300, check: 1300, probe: 1000 };

/** The deadline that passed; null where it did not, or something else stopped the command. */
export function passedDeadline({ aborted, reason }: AbortSignal): MlctlError | null {
  return aborted && reason instanceof MlctlError && reason.code === 'DEADLINE_PASSED' ? reason : null;
}

/** The times that hold for what stopped the command; those after a signal where nothing did. */
export function stoppingTimes(signal: AbortSignal): StoppingTimes {
  return passedDeadline(signal) === null ? AFTER_SIGNAL : AFTER_DEADLINE;
}
