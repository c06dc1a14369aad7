// A model whose versions take over from each other: calls go to the one that answers now, and one that was replaced is closed after
// its last call.
import type { PlainColumns, PlainList } from '../schema/form-of-plain.js';
import type { SchemaFinding } from '../schema/types.js';
import type { World } from '../world.js';
import type { LoadedModel } from './loaded-model.js';
import type { PredictedColumns, PredictedRow, PredictOptions, WatchedModel, WatchOptions } from './types.js';

/** The version that is to take over from `before`; null if it is the same, or was refused and nobody asks again. */
export type Look = (before: LoadedModel, isAsked: boolean) => Promise<LoadedModel | null>;

interface How extends Pick<WatchOptions, 'onChange' | 'onError'> {
  readonly interval: number;
  /** Ends a look under way. */
  stopLooking(): void;
}

export class Watched implements WatchedModel {
  readonly #look: Look;
  readonly #how: How;
  readonly #world: Pick<World, 'signal' | 'warn'>;
  #current: LoadedModel;
  #timer: NodeJS.Timeout | undefined;
  /** The looks under way, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  /** A look that was asked for and has not begun: whoever asks meanwhile gets its answer. */
  #next: Promise<boolean> | undefined;
  /** Versions that were replaced and still answer calls. */
  readonly #leaving = new Set<Promise<void>>();
  #isClosed = false;
  readonly #stop = () => void this.close();

  constructor(first: LoadedModel, look: Look, how: How, world: Pick<World, 'signal' | 'warn'>) {
    this.#current = first;
    this.#look = look;
    this.#how = how;
    this.#world = world;
    world.signal.addEventListener('abort', this.#stop, { once: true });
    if (world.signal.aborted) this.#stop();
    this.#wait();
  }

  get uri() {
    return this.#current.uri;
  }
  get resolved() {
    return this.#current.resolved;
  }
  get version() {
    return this.#current.version;
  }
  get flavor() {
    return this.#current.flavor;
  }
  get engine() {
    return this.#current.engine;
  }
  get signature() {
    return this.#current.signature;
  }
  get digest() {
    return this.#current.digest;
  }
  get verified() {
    return this.#current.verified;
  }
  get lineage() {
    return this.#current.lineage;
  }
  get pool() {
    return this.#current.pool;
  }

  predict(rows: PlainList, options?: PredictOptions): Promise<PredictedRow[]>;
  predict(columns: PlainColumns, options?: PredictOptions): Promise<PredictedColumns>;
  predict(rows: never, options?: PredictOptions): Promise<PredictedRow[] | PredictedColumns> {
    return this.#current.predict(rows, options);
  }

  check(rows: PlainList | PlainColumns, options?: PredictOptions): Promise<readonly SchemaFinding[]> {
    return this.#current.check(rows, options);
  }

  /** The server predicts tables, which only the loaded model does. */
  pin<T>(work: (model: LoadedModel) => Promise<T>): Promise<T> {
    const current = this.#current;
    return current.hold(work);
  }

  reload(): Promise<boolean> {
    this.#next ??= this.#inTurn(() => {
      this.#next = undefined;
      return this.#swap(true);
    });
    return this.#next;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#world.signal.removeEventListener('abort', this.#stop);
    await Promise.all([this.#current.close(), ...this.#leaving]);
    this.#how.stopLooking();
    await this.#turn;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #wait(): void {
    if (this.#isClosed || this.#how.interval <= 0) return;
    this.#timer = setTimeout(() => {
      this.#inTurn(() => this.#swap(false))
        .catch(() => {
          // onError was told.
        })
        .finally(() => this.#wait());
    }, this.#how.interval);
    this.#timer.unref();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #swap(isAsked: boolean): Promise<boolean> {
    if (this.#isClosed) return false;
    const before = this.#current;
    let after: LoadedModel | null;
    try {
      after = await this.#look(before, isAsked);
    } catch (error) {
      if (this.#isClosed) return false;
      this.#tell(error);
      throw error;
    }
    if (after === null) return false;
    if (this.#isClosed) {
      await after.close();
      return false;
    }
    this.#current = after;
    this.#retire(before);
    try {
      this.#how.onChange?.({ before, after });
    } catch (error) {
      this.#tell(error);
    }
    return true;
  }

  #retire(model: LoadedModel): void {
    const leaving = model
      .retire()
      .catch((error: unknown) => this.#tell(error))
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  #tell(thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (this.#how.onError) this.#how.onError(error);
    else this.#world.warn(error.message);
  }
}
