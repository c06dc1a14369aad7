// Turns the body of an S3 answer into chunks, and ends it after a silence or when the command is stopped: the SDK watches neither
// once the headers have arrived.
import type { Readable } from 'node:stream';

/** Destroys the body however the loop over it ends. */
export async function* watched(body: Readable, signal: AbortSignal, silenceMs: number): AsyncGenerator<Uint8Array> {
  const end = (code: string, why: string) => body.destroy(Object.assign(new Error(why), { code }));
  const stop = () => end('ABORT_ERR', 'stopped');
  const silence = setTimeout(() => end('ETIMEDOUT', `no byte for ${silenceMs / 1000} s`), silenceMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of body) {
      silence.refresh();
      yield chunk as Uint8Array;
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
    body.destroy();
  }
}
