// Turns a model package into an open model in a process of its own. That process is ended at the deadline (onnxruntime cannot
// stop a run), when it takes too much memory, and together with this process. It gets no environment, so a hostile model finds no
// secrets there.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Table } from '../data/table.js';
import { ERROR_CODES, type ErrorCode } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { removeScratch } from '../files/scratch-folder.js';
import { type FromChild, MEMORY_MARK, type OpenInChild, type ToChild } from './child-messages.js';
import { NO_ROOM, noRoom } from './runtime.js';
import type { OpenGraph } from './types.js';

interface ChildRequest {
  readonly open: OpenInChild;
  /** For opening, and again for each prediction. */
  readonly timeoutMs: number | null;
  readonly memoryBytes: number;
  /** Ends the process when the caller no longer waits. */
  readonly signal: AbortSignal | null;
}

export async function openInChild(request: ChildRequest): Promise<OpenGraph> {
  const child = new ModelProcess(request);
  try {
    const opened = await child.ask({ kind: 'open', request: request.open }, 'opening');
    if (opened.kind !== 'opened')
      throw new MlctlError(
        'MODEL_CRASHED',
        `opening ${request.open.payload}: the process that runs it answered out of turn`,
      );
    return {
      inputs: opened.inputs,
      outputs: opened.outputs,
      growsWithRows: () => opened.growsWithRows,
      predict: (table) => child.predict(table),
      close: () => child.close(),
    };
  } catch (error) {
    await child.close();
    throw error;
  }
}

/** The program of the child: beside the bundle, or beside this file if it was only compiled. */
function program(): string {
  for (const place of ['./child.js', './inference-child.js', '../inference-child.js']) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new MlctlError('BUG', 'inference-child.js is not beside the program', { hint: 'npm run build' });
}

/** One listener for all of them. */
const running = new Map<ChildProcess, OpenInChild>();
function endAll(): void {
  for (const [child, request] of running) {
    child.kill('SIGKILL');
    // What a child that was ended could not remove itself.
    removeScratch(request.copyFolder);
  }
}

class ModelProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #stderr = '';
  #ended: MlctlError | undefined;
  #waiting: { resolve: (message: FromChild) => void; reject: (error: MlctlError) => void } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(readonly request: ChildRequest) {
    this.#child = fork(program(), [String(request.memoryBytes)], {
      serialization: 'advanced',
      env: {},
      execArgv: [`--max-old-space-size=${Math.ceil(request.memoryBytes / 2 ** 20)}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    if (running.size === 0) process.on('exit', endAll);
    running.set(this.#child, request.open);
    this.#holdProgram(false);
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      if (this.#stderr.length < 4096) this.#stderr += chunk.toString('utf8');
    });
    this.#child.on('message', (message: FromChild) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      waiting?.resolve(message);
    });
    this.#exited = new Promise((resolve) => {
      const over = (how: string) => {
        running.delete(this.#child);
        removeScratch(request.open.copyFolder);
        if (running.size === 0) process.off('exit', endAll);
        this.#ended ??= this.#crash(how);
        this.#waiting?.reject(this.#ended);
        this.#waiting = undefined;
        resolve();
      };
      this.#child.on('error', (error) => over(error.message));
      // `close`, not `exit`: what it said on stderr is then complete.
      this.#child.on('close', (code, signal) => over(signal ? `signal ${signal}` : `exit code ${code}`));
    });
  }

  predict(table: Table): Promise<Table> {
    const next = this.#turn.then(async () => {
      const answer = await this.ask({ kind: 'predict', table }, 'running');
      if (answer.kind !== 'predicted' || answer.table.rows !== table.rows) {
        throw new MlctlError(
          'MODEL_CRASHED',
          `running ${this.request.open.payload}: the process that runs it answered out of turn`,
        );
      }
      return answer.table;
    });
    this.#turn = next.catch(() => {});
    return next;
  }

  async ask(message: ToChild, doing: string): Promise<FromChild> {
    if (this.#ended) throw this.#ended;
    this.#holdProgram(true);
    const { timeoutMs, signal } = this.request;
    const { payload } = this.request.open;
    const end = (reason: MlctlError) => {
      this.#ended ??= reason;
      this.#child.kill('SIGKILL');
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
    if (this.#ended) throw this.#ended;
    try {
      const answer = await new Promise<FromChild>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        this.#child.send(message, () => {
          // A broken channel shows as the end of the process, which gives a better reason.
        });
      });
      if (answer.kind === 'failed') throw received(answer);
      return answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      this.#holdProgram(false);
    }
  }

  async close(): Promise<void> {
    this.#ended ??= new MlctlError('BUG', 'the model was closed');
    this.#holdProgram(true);
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** An idle model must not keep the program alive; a busy one must. */
  #holdProgram(isBusy: boolean): void {
    const what = isBusy ? 'ref' : 'unref';
    this.#child[what]();
    this.#child.channel?.[what]();
    (this.#child.stderr as Socket | null)?.[what]();
  }

  #crash(how: string): MlctlError {
    const limit = Math.round(this.request.memoryBytes / 2 ** 20);
    if (this.#stderr.includes(MEMORY_MARK) || this.#stderr.includes('heap out of memory')) {
      return new MlctlError(
        'MODEL_CRASHED',
        `running ${this.request.open.payload}: it took more than the ${limit} MiB allowed; the process that ran it was ended`,
        {
          hint: 'send fewer rows at a time, or do not trust this model',
          details: { limit_mib: limit },
        },
      );
    }
    // V8 says this when it starts, before any model is read.
    if (NO_ROOM.test(this.#stderr)) return noRoom(this.#stderr.slice(0, 500).trim());
    return new MlctlError(
      'MODEL_CRASHED',
      `running ${this.request.open.payload}: the process that ran it died (${how})`,
      {
        hint: 'do not trust this model: it brought ONNX Runtime down',
        details: { ended_by: how, stderr: this.#stderr.slice(0, 500) },
      },
    );
  }
}

/** An error from the child; its code is used only if it is one of ours. */
function received({ code, message, hint, details }: Extract<FromChild, { kind: 'failed' }>): MlctlError {
  const known = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'MODEL_CRASHED';
  return new MlctlError(known, message, { ...(hint !== undefined && { hint }), details });
}
