// What `-` means to predict and validate: Node's streams, named by what is used of them, so that the library's types need no others.

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
