// What an operation may use of the outside: settings, folder, clock, the request to stop, and a place for notes.

declare global {
  /** For users of the library who have neither Node's types nor the DOM's; with them, this adds nothing. */
  interface AbortSignal {}
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}

/** What the work of a call may use of the outside. `worldOfProcess` and `createWorld` make one; every verb takes parts of it as options. */
export interface World {
  /** Environment variables; `process.env` is read in `env.ts` and nowhere else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths are relative to. */
  readonly cwd: string;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Aborted by SIGINT, SIGTERM or the deadline of --timeout; `reason` is then an MlctlError. */
  readonly signal: AbortSignal;
  /** A note for the person watching (stderr in the CLI, silent by default in the library). */
  note(text: string): void;
  /** A note that the next one of its kind overwrites; an ordinary note where nothing can be overwritten. */
  passing?(text: string): void;
  /** The progress of the work, for a line that is overwritten; `share` (0 to 1) where it is known how much is done. */
  progress?(text: string, share?: number): void;
  /** Like a note, for something that may be wrong. */
  warn(text: string): void;
  /** Limits the time spent on remotes if the command as a whole has no limit; ends with the function it returns. */
  remoteDeadline?(): () => void;
}

/** `work` waits for servers; meanwhile the command has a deadline (contract §8.5). */
export async function onRemotes<T>(world: World, work: () => Promise<T>): Promise<T> {
  const end = world.remoteDeadline?.();
  try {
    return await work();
  } finally {
    end?.();
  }
}

/**
 * A world of the given parts; otherwise no settings, this folder, the real clock, never stopped, silent.
 *
 * @example
 * const world = createWorld({ env: { MLFLOW_TRACKING_URI: 'https://mlflow.example' }, cwd: '/srv' });
 * const model = await load('models:/iris_clf@champion', world);
 */
export function createWorld(parts: Partial<World> = {}): World {
  return {
    env: parts.env ?? {},
    cwd: parts.cwd ?? process.cwd(),
    now: parts.now ?? Date.now,
    signal: parts.signal ?? new AbortController().signal,
    note: parts.note ?? (() => {}),
    warn: parts.warn ?? (() => {}),
    ...(parts.passing ? { passing: parts.passing } : {}),
    ...(parts.progress ? { progress: parts.progress } : {}),
    ...(parts.remoteDeadline ? { remoteDeadline: parts.remoteDeadline } : {}),
  };
}

/** Milliseconds on a clock that never goes back. `performance.now` is the same, but node loads ten modules for it at the first call. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
