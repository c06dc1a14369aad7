// Turns a libsql connection into one without the driver's traps: what may be bound, what is read back, which call runs what.
import { MlctlError } from '../../errors/error.js';
import { faultOfText } from '../../text/fault-of-text.js';

export type SqlValue = string | number | bigint | null;
export type SqlRow = Readonly<Record<string, string | number | bigint | null>>;

interface LibsqlStatement {
  safeIntegers(on: boolean): LibsqlStatement;
  run(parameters: unknown[]): { changes: number };
  all(parameters: unknown[]): SqlRow[];
}

interface LibsqlDatabase {
  prepare(sql: string): LibsqlStatement;
  exec(sql: string): void;
  close(): void;
  readonly inTransaction: boolean;
}

type LibsqlConstructor = new (path: string, options: { timeout: number }) => LibsqlDatabase;

let driver: LibsqlConstructor | null = null;

async function loadDriver(): Promise<LibsqlConstructor> {
  if (driver === null) {
    try {
      const loaded = (await import('libsql')) as unknown as { default: LibsqlConstructor };
      driver = loaded.default;
    } catch (cause) {
      throw new MlctlError(
        'STORE_UNSUPPORTED',
        `the SQLite driver libsql cannot be loaded on ${process.platform} ${process.arch}`,
        {
          hint: 'run npm ci again on this machine, or set MLFLOW_TRACKING_URI to an MLflow server',
          cause,
        },
      );
    }
  }
  return driver;
}

/** SQLite's result codes by number. */
const PLAIN_CODES: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  22: 'SQLITE_NOLFS',
  23: 'SQLITE_AUTH',
  26: 'SQLITE_NOTADB',
};

/** What a file answers when another process holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
}

export function sqliteCode(error: unknown): string {
  const { code, rawCode } = (error ?? {}) as { code?: unknown; rawCode?: unknown };
  // The driver knows not all extended codes by name; their last byte is the plain one.
  if (typeof rawCode === 'number' && String(code).startsWith('UNKNOWN')) return PLAIN_CODES[rawCode & 0xff] ?? '';
  return typeof code === 'string' ? code : '';
}

/** Text that SQLite or the driver would change silently is refused: NUL cuts it, a lone surrogate becomes U+FFFD. */
function refuseUnstorableText(text: string, what: string): void {
  const fault = faultOfText(text);
  if (fault === null) return;
  throw new MlctlError('VALUE_UNSTORABLE', `${what} holds ${fault}, which the store cannot keep`, {
    hint: 'remove the character and try again',
  });
}

/** The driver stores numbers as REAL and crashes on booleans: whole numbers are bound as integers, everything else is checked. */
function bindable(value: SqlValue): string | number | bigint | null {
  if (value === null || typeof value === 'bigint') return value;
  if (typeof value === 'string') {
    refuseUnstorableText(value, 'a text');
    return value;
  }
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new TypeError(`a ${typeof value} cannot be bound: ${String(value)}`);
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}

export class Sqlite {
  readonly #database: LibsqlDatabase;
  readonly #statements = new Map<string, LibsqlStatement>();

  private constructor(database: LibsqlDatabase) {
    this.#database = database;
  }

  /** Opens (and creates, if missing) the file at an absolute path. Never waits for locks by itself. */
  static async open(path: string): Promise<Sqlite> {
    const Database = await loadDriver();
    const sqlite = new Sqlite(new Database(path, { timeout: 0 }));
    // A store file may come from anybody: nothing that it brings along may call functions with effects, and pages are checked.
    sqlite.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    sqlite.exec('PRAGMA foreign_keys = ON; PRAGMA case_sensitive_like = ON');
    return sqlite;
  }

  /** SQL that returns no rows and takes no values. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** One INSERT, UPDATE or DELETE; returns the number of rows changed. A SELECT here would keep a read lock forever. */
  run(sql: string, ...values: SqlValue[]): number {
    if (/^\s*(SELECT|PRAGMA|WITH)\b/i.test(sql)) throw new TypeError(`run() is for writes: ${sql}`);
    return this.#prepare(sql, values).run(values.map(bindable)).changes;
  }

  /** All rows of one SELECT or PRAGMA. Integers beyond 2^53 come as bigint. */
  all(sql: string, ...values: SqlValue[]): SqlRow[] {
    const rows = this.#prepare(sql, values).all(values.map(bindable));
    return rows.map((row) => {
      const plain: Record<string, SqlValue> = Object.create(null) as Record<string, SqlValue>;
      for (const name of Object.keys(row)) {
        if (name === '_metadata') continue;
        const value = row[name] ?? null;
        plain[name] =
          typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
            ? Number(value)
            : value;
      }
      return plain;
    });
  }

  first(sql: string, ...values: SqlValue[]): SqlRow | null {
    return this.all(sql, ...values)[0] ?? null;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string, values: readonly SqlValue[]): LibsqlStatement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      // The driver silently accepts too few and too many values.
      const places = sql.split('?').length - 1;
      if (places !== values.length) throw new TypeError(`${values.length} values for ${places} places: ${sql}`);
      statement = this.#database.prepare(sql).safeIntegers(true);
      if (this.#statements.size > 200) this.#statements.clear();
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
