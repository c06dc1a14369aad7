// What an operation may touch of the outside: settings, folder, clock, the wish to stop, and a place for remarks.

declare global {
  /** For those who use the library with the types of neither Node nor the DOM; with them, this adds nothing. */
  interface AbortSignal {}
}

export interface World {
  /** Environment variables; `process.env` is read in `env.ts` and nowhere else. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths are relative to. */
  readonly cwd: string;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Aborted by SIGINT, SIGTERM or the deadline of --timeout; `reason` is then an MlctlError. */
  readonly signal: AbortSignal;
  /** A remark for the person watching (stderr in the CLI, silent by default in the library). */
  note(text: string): void;
  /** How far the work is, for a line that is written over; nothing is lost where nobody looks. */
  progress?(text: string): void;
  /** As note, for something that may be wrong. */
  warn(text: string): void;
  /** Bounds the time spent on remotes where the command as a whole is not bounded; ends with the function it gives. */
  remoteDeadline?(): () => void;
}

/** `work` waits on servers: for as long as it does, the command has a deadline (contract §8.5). */
export async function onRemotes<T>(world: World, work: () => Promise<T>): Promise<T> {
  const end = world.remoteDeadline?.();
  try {
    return await work();
  } finally {
    end?.();
  }
}

/** A world of the parts given; for the rest: no settings, this folder, the real clock, never stopped, silent. */
export function createWorld(parts: Partial<World> = {}): World {
  return {
    env: parts.env ?? {},
    cwd: parts.cwd ?? process.cwd(),
    now: parts.now ?? Date.now,
    signal: parts.signal ?? new AbortController().signal,
    note: parts.note ?? (() => {}),
    warn: parts.warn ?? (() => {}),
    ...(parts.progress ? { progress: parts.progress } : {}),
    ...(parts.remoteDeadline ? { remoteDeadline: parts.remoteDeadline } : {}),
  };
}
