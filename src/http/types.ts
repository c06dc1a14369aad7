// One HTTP exchange as values.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Streamed instead of `body`; opened again for every try. */
  readonly stream?: { readonly length: number; open(): AsyncIterable<Uint8Array> };
  /**
   * Safe to repeat after the server may have acted on it. Other requests are repeated only if the server certainly has not acted.
   */
  readonly idempotent: boolean;
  /** Most bytes of the answer; 64 MiB if left out. */
  readonly maxBytes?: number;
  /** Shorter than the deadline of the command, for probes; ms. */
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** Instead of the world's signal: for requests that must still be made while the command is being stopped. */
  readonly signal?: AbortSignal;
  /**
   * Answers with a temporary status (503, 500) that are permanent: they are returned at once. `text` is the beginning of the
   * body.
   */
  lasting?(status: number, text: string): boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface HttpStream {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** A body that ends early throws REMOTE_UNREACHABLE: a cut body is never a success. */
  readonly body: AsyncIterable<Uint8Array>;
  /** For an answer whose body is not needed: its connection is closed. */
  discard(): void;
}

export interface HttpClient {
  /** Returns answers of any status that is not retried; throws REMOTE_UNREACHABLE when tries or time are used up. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** As send, with the body unread. */
  stream(request: HttpRequest): Promise<HttpStream>;
  close(): void;
}
