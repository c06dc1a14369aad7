// The streams that `-` means to predict and validate: only the used part of Node's streams is typed, so that users of the library
// do not need Node's types.

/** What `-` means as an input and as an output. */
export interface Streams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
}

/** Any `Readable` of bytes or text. */
export interface InputStream extends AsyncIterable<unknown> {
  destroy(reason?: Error): unknown;
}

/** Any `Writable`. */
export interface OutputStream {
  readonly destroyed: boolean;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
}
