// Turns a store file into transactions: waits for other writers in short steps (never blocking the event loop) and stops waiting
// when the command is stopped.
import { setTimeout as sleep } from 'node:timers/promises';
import { MlctlError } from '../../errors/error.js';
import { monotonicMs, type World } from '../../world.js';
import { isBusy, Sqlite, sqliteCode } from './driver.js';

/** As long as Python's own busy_timeout. */
const PATIENCE_MS = 20_000;
/** After Ctrl-C or the deadline there is still time to mark a run as KILLED. */
const PATIENCE_WHEN_ABORTED_MS = 2_000;

export interface Transactions {
  /** `work` sees one consistent state. It may be run again, so it must have no effects of its own. */
  read<T>(work: (sqlite: Sqlite) => T): Promise<T>;
  /** All of `work` or nothing. */
  write<T>(work: (sqlite: Sqlite) => T): Promise<T>;
}

export class Connection implements Transactions {
  readonly path: string;
  readonly #sqlite: Sqlite;
  readonly #signal: AbortSignal;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, sqlite: Sqlite, signal: AbortSignal) {
    this.path = path;
    this.#sqlite = sqlite;
    this.#signal = signal;
  }

  static async open(path: string, world: Pick<World, 'signal'>): Promise<Connection> {
    try {
      return new Connection(path, await Sqlite.open(path), world.signal);
    } catch (error) {
      throw explained(error, path);
    }
  }

  read<T>(work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#inTurn('BEGIN', work);
  }

  /** BEGIN IMMEDIATE: a transaction that reads first would be refused when it comes to write. */
  write<T>(work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#inTurn('BEGIN IMMEDIATE', work);
  }

  /** One transaction of many reads and writes. `work` waits for nothing else, because other writers wait for it. */
  together<T>(work: (inside: Transactions) => Promise<T>): Promise<T> {
    return this.#queue(async () => {
      const sqlite = this.#sqlite;
      const now = async <R>(one: (sqlite: Sqlite) => R): Promise<R> => {
        try {
          return one(sqlite);
        } catch (error) {
          throw explained(error, this.path);
        }
      };
      try {
        await this.#patiently(() => sqlite.exec('BEGIN IMMEDIATE'));
        const result = await work({ read: now, write: now });
        await this.#patiently(() => sqlite.exec('COMMIT'));
        return result;
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** As `read`, for work whose first statement takes the locks itself, by exec(). */
  locking<T>(work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#inTurn('BEGIN DEFERRED', work);
  }

  /** Statements that cannot stand in a transaction (ATTACH, some PRAGMAs). */
  outside<T>(work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#queue(() => this.#patiently(() => work(this.#sqlite)));
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    this.#sqlite.close();
  }

  #inTurn<T>(begin: 'BEGIN' | 'BEGIN DEFERRED' | 'BEGIN IMMEDIATE', work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#queue(async () => {
      const sqlite = this.#sqlite;
      try {
        const result = await this.#patiently(() => {
          sqlite.exec(begin);
          try {
            if (begin === 'BEGIN') takeReadLock(sqlite, 'main');
            return work(sqlite);
          } catch (error) {
            if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
            throw error;
          }
        });
        await this.#patiently(() => sqlite.exec('COMMIT'));
        return result;
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** One transaction at a time per connection: a COMMIT that waits must not let another call in. */
  #queue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #patiently<T>(attempt: () => T): Promise<T> {
    const start = monotonicMs();
    for (let pause = 1; ; pause = Math.min(pause * 2, 32)) {
      try {
        return attempt();
      } catch (error) {
        if (!isBusy(error)) throw explained(error, this.path);
        const waited = monotonicMs() - start;
        if (this.#signal.aborted && waited > PATIENCE_WHEN_ABORTED_MS) throw this.#signal.reason;
        if (waited > PATIENCE_MS)
          throw new MlctlError(
            'STORE_BUSY',
            `the store ${this.path} stayed locked by another process for ${Math.round(waited / 1000)} s`,
            {
              hint: 'see which program holds it open for writing (mlflow ui, a notebook), then try again',
              cause: error,
            },
          );
      }
      // Random pauses, so that waiting writers do not keep colliding.
      await sleep(pause + (process.hrtime()[1] % 7));
    }
  }
}

/**
 * A prepared statement that finds the file locked stays half-run in this driver, and then even ROLLBACK leaves a read lock
 * behind. exec() cleans up after itself, so the lock is taken with it; later statements of the transaction cannot find the file
 * locked.
 */
export function takeReadLock(sqlite: Sqlite, schema: 'main' | 'original'): void {
  sqlite.exec(`SELECT 1 FROM ${schema}.sqlite_master LIMIT 1`);
}

/** Driver errors in our words; any other error unchanged. */
function explained(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT'))
    return new MlctlError(
      'STORE_DAMAGED',
      `the store ${path} is not a readable SQLite file: ${(error as Error).message}`,
      {
        hint: 'run mlctl doctor --repair; it keeps the damaged file next to the repaired one',
        cause: error,
      },
    );
  if (
    /^SQLITE_(CANTOPEN|READONLY|PERM|FULL|IOERR|AUTH|NOMEM|NOLFS|PROTOCOL)/.test(code) ||
    /Unable to open|\(os error \d+\)/.test(String((error as Error)?.message))
  )
    return new MlctlError(
      'STORE_FILE_FAILED',
      `the store ${path} could not be opened or written: ${(error as Error).message}`,
      {
        hint: 'check that its folder exists, that you may write there and that the disk has space',
        cause: error,
      },
    );
  return error;
}
