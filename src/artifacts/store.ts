// The artifact port: files under one root. Paths are POSIX-style, relative to the root, already checked by `uri/safe-join`.

export interface ArtifactEntry {
  /** Relative to the root. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; null where the store does not say. */
  readonly size: number | null;
}

/** `inParts`: sent as large files are, where the store has such a way; `wentInParts` hears of it if it was so sent. */
export type ArtifactSource =
  | { readonly file: string; readonly inParts?: boolean; readonly wentInParts?: () => void }
  | { readonly bytes: Uint8Array };

export interface ArtifactStore {
  readonly scheme: 'file' | 's3' | 'mlflow-artifacts';
  /** For people: no secret in it. */
  readonly uri: string;
  /** The root as a local folder where it is one: then nothing needs copying. */
  readonly localRoot: string | null;
  /** One level. A missing folder is an empty list. */
  list(path: string): Promise<readonly ArtifactEntry[]>;
  /** Bytes of a file from `offset` on. Throws ARTIFACT_NOT_FOUND. */
  read(path: string, options?: { readonly offset?: number }): Promise<AsyncIterable<Uint8Array>>;
  /** Whole or not at all; replaces. */
  /** `sent` hears of bytes as they go out. */
  write(path: string, source: ArtifactSource, sent?: (bytes: number) => void): Promise<void>;
  /** A file or a folder with all in it; missing is a success. */
  remove(path: string): Promise<void>;
}
