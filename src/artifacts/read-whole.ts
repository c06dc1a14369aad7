// Turns a small file of an artifact store into its bytes.
import { MlctlError } from '../errors/error.js';
import { grouped } from '../text/numbers.js';
import type { ArtifactStore } from './store.js';

/** Null if there is no such file; why not, if it is larger than `most` bytes. */
export async function readWhole(files: ArtifactStore, path: string, most: number): Promise<Uint8Array | null | string> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await files.read(path)) {
      size += chunk.byteLength;
      if (size > most) return `${path} of the run is larger than ${grouped(most)} bytes`;
      chunks.push(chunk);
    }
    return chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof MlctlError && error.code === 'ARTIFACT_NOT_FOUND') return null;
    throw error;
  }
}
