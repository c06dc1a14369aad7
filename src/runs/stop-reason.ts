// Turns an error, and a request to stop, into the reason why a run is incomplete and the status that it gets.
import { MlctlError } from '../errors/error.js';
import type { World } from '../world.js';

/** KILLED if a person or the system stopped the command, FAILED for everything else. */
export function endStatus({ signal }: World): 'KILLED' | 'FAILED' {
  const code = signal.aborted ? (signal.reason as { code?: string } | undefined)?.code : undefined;
  return code === 'INTERRUPTED' || code === 'TERMINATED' ? 'KILLED' : 'FAILED';
}

/** The error that the command ends with: after a stop it reports the stop, not what the stop broke. A bug stays a bug. */
export function reasonOf({ signal }: World, error: unknown): unknown {
  const bug = error instanceof MlctlError && error.exitCode === 70;
  return signal.aborted && signal.reason instanceof MlctlError && !bug ? signal.reason : error;
}

/** Whether the store may have carried out a call that ended in this error. */
export const outcomeUnknown = (world: World, error: unknown): boolean =>
  world.signal.aborted || !(error instanceof MlctlError) || error.exitCode === 6;
