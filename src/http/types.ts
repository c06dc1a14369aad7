// One HTTP exchange as values.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Streamed instead of `body`; opened again for every try. */
  readonly stream?: { readonly length: number; open(): AsyncIterable<Uint8Array> };
  /** Safe to repeat after the server may have acted on it. Others are repeated only where it certainly has not. */
  readonly idempotent: boolean;
  /** Most bytes of the answer; 64 MiB where left out. */
  readonly maxBytes?: number;
  /** Shorter than the deadline of the command, for probes; ms. */
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** In place of the world's: for what must still be said when the command is being stopped. */
  readonly signal?: AbortSignal;
  /** Answers that look passing (503, 500) and are not: they are given back at once. `text` is the beginning of the body. */
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
  /** Ends early only by throwing REMOTE_UNREACHABLE: a cut body is never a success. */
  readonly body: AsyncIterable<Uint8Array>;
  /** For an answer whose body is not wanted: its connection is given up. */
  discard(): void;
}

export interface HttpClient {
  /** Answers of any status but those worth a retry; throws REMOTE_UNREACHABLE when tries or time are used up. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** As send, with the body unread. */
  stream(request: HttpRequest): Promise<HttpStream>;
  close(): void;
}
