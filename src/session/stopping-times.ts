// Turns a request to stop into the time that is left: one budget for the whole command, and a share for each part of it.
import { MlctlError } from '../errors/error.js';

/** Milliseconds since the request to stop. Each entry waits for those after it. */
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

/** After a signal: people who press Ctrl-C, and systems that send SIGTERM, wait a few seconds. */
export const AFTER_SIGNAL: StoppingTimes = { total: 5000, command: 4500, run: 4000, check: 4000, probe: 3500 };
/** After a deadline the command answers within two seconds, even if something hangs, because the user chose the deadline. */
export const AFTER_DEADLINE: StoppingTimes = { total: 2000, command: 1600, run: 1300, check: 1300, probe: 1000 };

/** The deadline that passed; null if there was none, or something else stopped the command. */
export function passedDeadline({ aborted, reason }: AbortSignal): MlctlError | null {
  return aborted && reason instanceof MlctlError && reason.code === 'DEADLINE_PASSED' ? reason : null;
}

/** The times for what stopped the command; those after a signal if nothing did. */
export function stoppingTimes(signal: AbortSignal): StoppingTimes {
  return passedDeadline(signal) === null ? AFTER_SIGNAL : AFTER_DEADLINE;
}
