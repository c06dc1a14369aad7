// Turns processes that each run the same model into one model that answers several calls at a time. A call that hangs or crashes its
// process costs only itself: the process is replaced, and the calls that wait get their turn.
import { MlctlError } from '../errors/error.js';
import { monotonicMs } from '../world.js';
import type { PoolLimits, PoolState } from './types.js';

/** A process with an open model; it answers one call at a time. */
interface PoolWorker {
  /** Its process is gone, or was told to go. */
  isEnded(): boolean;
  /** Resolves, with the reason, when its process is gone. */
  readonly ended: Promise<MlctlError>;
  close(): Promise<void>;
}

interface Waiting<Worker> {
  take(worker: Worker): void;
  refuse(error: MlctlError): void;
}

/** A worker that could not be started is tried again with the first call after this time. */
const RETRY_MS = 1_000;

export class WorkerPool<Worker extends PoolWorker> {
  readonly #start: (signal: AbortSignal) => Promise<Worker>;
  readonly #limits: PoolLimits;
  readonly #live = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #waiting = new Set<Waiting<Worker>>();
  readonly #closing = new AbortController();
  /** Processes that were told to go, and those that are being started. */
  readonly #pending = new Set<Promise<unknown>>();
  #starting = 0;
  /** Workers that could not be started, why, and when that was tried last. */
  #missing = 0;
  #fault: MlctlError | undefined;
  #triedAt = 0;
  #restarts = 0;
  /** What a call takes, smoothed, ms. */
  #usualMs = 0;

  private constructor(start: (signal: AbortSignal) => Promise<Worker>, limits: PoolLimits) {
    this.#start = start;
    this.#limits = limits;
  }

  /** All workers are open when it resolves. A model that cannot be opened is tried in one process. */
  static async open<W extends PoolWorker>(
    start: (signal: AbortSignal) => Promise<W>,
    limits: PoolLimits,
  ): Promise<{ readonly pool: WorkerPool<W>; readonly first: W }> {
    const pool = new WorkerPool(start, limits);
    const open = async () => {
      const worker = await start(pool.#closing.signal);
      pool.#add(worker);
      return worker;
    };
    const first = await open();
    const others = await Promise.allSettled(Array.from({ length: limits.workers - 1 }, open));
    const failed = others.find((other) => other.status === 'rejected');
    if (failed === undefined) return { pool, first };
    await pool.close();
    throw failed.reason;
  }

  state(): PoolState {
    return {
      workers: this.#limits.workers,
      open: this.#live.size,
      busy: this.#live.size - this.#idle.length,
      waiting: this.#waiting.size,
      restarts: this.#restarts,
    };
  }

  /** `signal`: the caller no longer waits. A call that has not begun is then dropped; one that has, ends by itself or at its deadline. */
  async run<T>(work: (worker: Worker) => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    this.#retry();
    const worker = this.#idle.pop() ?? (await this.#turn(signal));
    const answer = this.#work(worker, work);
    return signal === undefined ? answer : unlessAborted(answer, signal);
  }

  /** Calls that wait are refused, and those under way are cut off. */
  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) this.#closing.abort(closed());
    this.#refuseAll(closed());
    await Promise.all([...this.#live].map((worker) => worker.close()));
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** The next worker that is free. */
  #turn(signal: AbortSignal | undefined): Promise<Worker> {
    if (this.#closing.signal.aborted) throw closed();
    if (this.#live.size === 0 && this.#starting === 0 && this.#fault) throw this.#fault;
    if (this.#waiting.size >= this.#limits.maxWaiting) throw this.#overCapacity();
    return new Promise<Worker>((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(waiting);
        signal?.removeEventListener('abort', drop);
      };
      const waiting: Waiting<Worker> = {
        take: (worker) => {
          leave();
          resolve(worker);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const drop = () => {
        leave();
        reject(signal?.reason);
      };
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', drop, { once: true });
    });
  }

  async #work<T>(worker: Worker, work: (worker: Worker) => Promise<T>): Promise<T> {
    const start = monotonicMs();
    try {
      return await work(worker);
    } finally {
      const took = monotonicMs() - start;
      this.#usualMs = this.#usualMs === 0 ? took : this.#usualMs + (took - this.#usualMs) / 8;
      this.#free(worker);
    }
  }

  #free(worker: Worker): void {
    if (worker.isEnded()) return;
    const [next] = this.#waiting;
    if (next) next.take(worker);
    else this.#idle.push(worker);
  }

  #add(worker: Worker): void {
    const openedAt = monotonicMs();
    this.#live.add(worker);
    void worker.ended.then((reason) => {
      this.#live.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
      if (this.#closing.signal.aborted) return;
      this.#restarts++;
      // One that nobody asked anything must not be started again and again.
      if (at >= 0 && monotonicMs() - openedAt < RETRY_MS) this.#miss(reason);
      else this.#replace();
    });
    this.#free(worker);
  }

  #replace(): void {
    this.#starting++;
    this.#triedAt = monotonicMs();
    const started = this.#start(this.#closing.signal).then(
      (worker) => {
        this.#starting--;
        if (this.#closing.signal.aborted) return worker.close();
        this.#add(worker);
        return undefined;
      },
      (error: unknown) => {
        this.#starting--;
        this.#miss(error instanceof MlctlError ? error : new MlctlError('BUG', String(error), { cause: error }));
      },
    );
    this.#pending.add(started);
    void started.finally(() => this.#pending.delete(started));
  }

  #miss(fault: MlctlError): void {
    this.#missing++;
    this.#fault = fault;
    this.#triedAt = monotonicMs();
    if (this.#live.size === 0 && this.#starting === 0) this.#refuseAll(fault);
  }

  #retry(): void {
    if (this.#missing === 0 || monotonicMs() - this.#triedAt < RETRY_MS) return;
    for (; this.#missing > 0; this.#missing--) this.#replace();
  }

  #refuseAll(error: MlctlError): void {
    for (const waiting of this.#waiting) waiting.refuse(error);
  }

  #overCapacity(): MlctlError {
    const { workers, maxWaiting } = this.#limits;
    const wait = Math.ceil(((this.#waiting.size + 1) * this.#usualMs) / workers);
    return new MlctlError(
      'MODEL_BUSY',
      `the model answers ${workers} ${workers === 1 ? 'call' : 'calls'} at a time and ${maxWaiting} wait already`,
      {
        hint: 'call again later, or load the model with more workers',
        details: { workers, max_waiting: maxWaiting, retry_after_ms: wait },
      },
    );
  }
}

const closed = () => new MlctlError('USAGE', 'the model was closed', { hint: 'load the model again' });

function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
