// Turns a stream that somebody reads into an output with back-pressure, which reports when nobody reads any more.

/** What is used of node's `Writable`. */
interface Sink {
  readonly destroyed: boolean;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
}

export interface Output {
  /**
   * The bytes are used up when the promise is fulfilled. False if nobody reads any more (a closed pipe), so writing on is
   * useless.
   */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Syncs what was written, under its name. */
  commit(): Promise<void>;
  /** Leaves no file behind; does nothing after `commit`. */
  abort(): Promise<void>;
}

export function streamOutput(stream: Sink, signal: AbortSignal): Output {
  let closed = false;
  // The callback of `write` reports the same error; without a listener it would end the process.
  const ignore = (): void => {};
  stream.on('error', ignore);
  return {
    async write(bytes) {
      if (closed || stream.destroyed) return false;
      signal.throwIfAborted();
      const error = await new Promise<Error | null | undefined>((flushed, aborted) => {
        const stop = (): void => aborted(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        stream.write(bytes, (failure) => {
          signal.removeEventListener('abort', stop);
          flushed(failure);
        });
      });
      if (!error) return true;
      // `mlctl predict … | head`: the reader stops early, which is not an error.
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
      closed = true;
      return false;
    },
    async commit() {
      stream.off('error', ignore);
    },
    async abort() {
      stream.off('error', ignore);
    },
  };
}
