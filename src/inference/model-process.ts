// Turns a process that runs a model into answers, one at a time. It is ended at the deadline, when the caller stops waiting, and
// together with this process.
import type { ChildProcess } from 'node:child_process';
import { MlctlError } from '../errors/error.js';
import { removeScratch } from '../files/scratch-folder.js';

/** A process that was started, and how to talk to it. */
export interface ModelProgram<To, From> {
  readonly child: ChildProcess;
  send(message: To): void;
  onMessage(listener: (message: From) => void): void;
  /** Ends it and what it started. */
  kill(): void;
  /** An idle model must not keep the program alive; a busy one must. */
  hold(isBusy: boolean): void;
  /** What is wrong if it ended by itself. */
  crash(how: string): MlctlError;
}

export interface ProcessLimits {
  /** For opening, and again for each prediction. */
  readonly timeoutMs: number | null;
  readonly memoryBytes: number;
  /** Ends the process when the caller no longer waits. */
  readonly signal: AbortSignal | null;
}

/** The error of a model that asks for more memory than it may have. */
export function tookTooMuch(payload: string, memoryBytes: number): MlctlError {
  const limit = Math.round(memoryBytes / 2 ** 20);
  return new MlctlError(
    'MODEL_CRASHED',
    `running ${payload}: it took more than the ${limit} MiB allowed; the process that ran it was ended`,
    { hint: 'send fewer rows at a time, or do not trust this model', details: { limit_mib: limit } },
  );
}

interface ProcessFacts extends Pick<ProcessLimits, 'timeoutMs' | 'signal'> {
  /** For messages: the file or folder that is run. */
  readonly payload: string;
  /** Removed when the process has ended. */
  readonly scratch: string;
}

/** What a process that was ended may still have open, such as its stderr in the hands of another, is not waited for any longer. */
const CLOSE_MS = 1_000;

/** One listener for all of them. */
const running = new Set<{ end(): void }>();
function endAll(): void {
  for (const one of running) one.end();
}

export class ModelProcess<To, From> {
  /** Resolves, with the reason, when the process is gone. */
  readonly ended: Promise<MlctlError>;
  #ended: MlctlError | undefined;
  #waiting: { resolve: (message: From) => void; reject: (error: MlctlError) => void } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly program: ModelProgram<To, From>,
    readonly facts: ProcessFacts,
  ) {
    const { child } = program;
    if (running.size === 0) process.on('exit', endAll);
    running.add(this);
    program.hold(false);
    program.onMessage((message) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(message);
    });
    this.ended = new Promise((resolve) => {
      const over = (how: string) => {
        if (!running.delete(this)) return;
        removeScratch(facts.scratch);
        if (running.size === 0) process.off('exit', endAll);
        this.#ended ??= program.crash(how);
        this.#waiting?.reject(this.#ended);
        this.#waiting = undefined;
        resolve(this.#ended);
      };
      const words = (code: number | null, signal: string | null) => (signal ? `signal ${signal}` : `exit code ${code}`);
      child.on('error', (error) => over(error.message));
      child.on('exit', (code, signal) => {
        program.kill();
        setTimeout(() => over(words(code, signal)), CLOSE_MS).unref();
      });
      // `close`, not `exit`: what it said on stderr is then complete.
      child.on('close', (code, signal) => over(words(code, signal)));
    });
  }

  /** The process is gone, or was told to go. */
  isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Asked in turn. `doing`: for messages. */
  ask(message: To, doing: string): Promise<From> {
    const next = this.#turn.then(() => this.#ask(message, doing));
    this.#turn = next.catch(() => {});
    return next;
  }

  async #ask(message: To, doing: string): Promise<From> {
    if (this.#ended) throw this.#ended;
    this.program.hold(true);
    const { timeoutMs, signal, payload } = this.facts;
    const end = (reason: MlctlError) => {
      this.#ended ??= reason;
      this.program.kill();
    };
    const late = (words: string, details: Record<string, unknown>) =>
      end(
        new MlctlError('MODEL_TIMEOUT', `${doing} ${payload}: ${words}; the process that ran it was ended`, {
          hint: 'give it more time with --timeout, or do not trust this model',
          details,
        }),
      );
    const timer =
      timeoutMs === null
        ? undefined
        : setTimeout(() => late(`no answer within ${timeoutMs} ms`, { timeout_ms: timeoutMs }), timeoutMs);
    // If the command's deadline passes while the model is asked, the error is that the model does not answer (contract §8.5).
    const stop = () => {
      const reason: unknown = signal?.reason;
      if (reason instanceof MlctlError && reason.code !== 'DEADLINE_PASSED') end(reason);
      else late('no answer before the deadline', reason instanceof MlctlError ? reason.details : {});
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (this.#ended) throw this.#ended;
      return await new Promise<From>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        this.program.send(message);
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      this.program.hold(false);
    }
  }

  /** It answered, but not what it was asked: nothing that it says after that can be trusted. */
  outOfTurn(doing: string): MlctlError {
    const error = new MlctlError(
      'MODEL_CRASHED',
      `${doing} ${this.facts.payload}: the process that runs it answered out of turn`,
    );
    this.#ended ??= error;
    this.program.kill();
    return error;
  }

  end(): void {
    this.program.kill();
    // What a process that was ended could not remove itself.
    removeScratch(this.facts.scratch);
  }

  async close(): Promise<void> {
    this.#ended ??= new MlctlError('BUG', 'the model was closed');
    this.program.hold(true);
    this.program.kill();
    await this.ended;
  }
}
