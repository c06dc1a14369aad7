// Turns the artifacts of a run into the same, and keeps what is read of them: what an audit rests on.
import type { ArtifactStore } from '../artifacts/store.js';

export function keepRunFiles(): {
  readonly watched: (files: ArtifactStore) => ArtifactStore;
  /** By path; only files that were read to their end. */
  readonly kept: ReadonlyMap<string, Uint8Array>;
} {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    watched: (files) => ({
      ...files,
      async read(path, options) {
        const stream = await files.read(path, options);
        return keep(stream, (bytes) => kept.set(path, bytes));
      },
    }),
  };
}

async function* keep(stream: AsyncIterable<Uint8Array>, done: (bytes: Uint8Array) => void): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    yield chunk;
  }
  done(Buffer.concat(chunks));
}
