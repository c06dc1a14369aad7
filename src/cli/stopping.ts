// One wish to stop for the whole program: Ctrl-C, SIGTERM, a terminal that was closed, the deadline of --timeout, or a reader of stdout that went away.
// The first gives the work some seconds to clean up; a second signal ends the process at once.
import { MlctlError } from '../errors/error.js';
import { stoppingTimes } from '../session/stopping-times.js';

/** Why work stops when nobody reads stdout any more (`mlctl … | head`): no failure. */
export class PipeClosed extends Error {}

interface Stopping {
  readonly signal: AbortSignal;
  /** `what` is the command, for the message. Gives what ends the deadline. */
  startDeadline(seconds: number, what: string): () => void;
  /**
   * Settles as `work` does; once stopped, rejects with the reason if `work` is not done some seconds later. Rejects at once where
   * nothing is left that could settle it, and for an error that no one caught. `patienceMs`: in place of the usual time.
   */
  within<T>(work: Promise<T>, patienceMs?: number): Promise<T>;
  /** True where `within` gave up: something still runs and would keep the process. */
  readonly abandoned: () => boolean;
  /** Resolves when stdout took all that was written, or nobody reads it any more; rejects where it could not be written. */
  flushed(): Promise<void>;
  release(): void;
}

export function openStopping(): Stopping {
  const controller = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  let abandoned = false;
  /** Why stdout takes no more. */
  let unwritten: Error | undefined;
  const bySignal = (code: 'INTERRUPTED' | 'TERMINATED', exit: number, name: string) => () => {
    if (controller.signal.aborted) process.exit(exit);
    controller.abort(new MlctlError(code, `stopped by ${name}`));
  };
  const interrupt = bySignal('INTERRUPTED', 130, 'Ctrl-C (SIGINT)');
  const terminate = bySignal('TERMINATED', 143, 'SIGTERM');
  const hangUp = bySignal('TERMINATED', 143, 'SIGHUP (the terminal was closed)');
  const closed = (error: NodeJS.ErrnoException) => {
    const gone = error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED';
    unwritten ??= gone
      ? new PipeClosed()
      : new MlctlError(
          'FILE_WRITE_FAILED',
          `the answer could not be written to stdout (${error.code ?? error.message})`,
          {
            hint: 'the output is not complete: free some space, or write it to another place',
            cause: error,
          },
        );
    if (!controller.signal.aborted) controller.abort(unwritten);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  // Where the terminal was closed nobody is left to ask; the contract has no code of its own for it.
  process.on('SIGHUP', hangUp);
  process.stdout.on('error', closed);
  // Nobody to tell.
  process.stderr.on('error', () => {});
  return {
    signal: controller.signal,
    startDeadline: (seconds, what) => {
      const past = () =>
        controller.abort(
          new MlctlError('DEADLINE_PASSED', `${what} timed out after ${seconds} seconds`, {
            hint: 'raise --timeout SECONDS, or run mlctl doctor to see what is slow',
            details: { timeout_seconds: seconds },
            state: { timeoutSeconds: seconds },
          }),
        );
      const timer = setTimeout(past, seconds * 1000).unref();
      timers.add(timer);
      return () => clearTimeout(timer);
    },
    within: async (work, patienceMs) => {
      let arm = () => {};
      let nothingLeft = () => {};
      let uncaught = (_error: Error) => {};
      const tooLong = new Promise<never>((_resolve, reject) => {
        nothingLeft = () =>
          reject(new MlctlError('BUG', 'the command ended without an answer: nothing was left that it could wait for'));
        uncaught = (error) => {
          abandoned = true;
          reject(error);
        };
        arm = () => {
          const giveUp = () => {
            abandoned = true;
            reject(controller.signal.reason);
          };
          timers.add(setTimeout(giveUp, patienceMs ?? stoppingTimes(controller.signal).command));
        };
      });
      controller.signal.addEventListener('abort', arm, { once: true });
      process.on('beforeExit', nothingLeft);
      process.on('uncaughtException', uncaught);
      try {
        return await Promise.race([work, tooLong]);
      } finally {
        controller.signal.removeEventListener('abort', arm);
        process.off('beforeExit', nothingLeft);
        process.off('uncaughtException', uncaught);
      }
    },
    abandoned: () => abandoned,
    flushed: async () => {
      // An error of the stream is emitted before or after this callback, and in any case before the next turn.
      await new Promise<void>((resolve) => process.stdout.write('', () => setImmediate(resolve)));
      // A reader that had enough changes no verdict.
      if (unwritten && !(unwritten instanceof PipeClosed)) throw unwritten;
    },
    release: () => {
      for (const timer of timers) clearTimeout(timer);
      // A second signal on the way out still ends the process with the code of that signal.
      if (controller.signal.aborted) return;
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', terminate);
      process.off('SIGHUP', hangUp);
    },
  };
}
