// The artifact port: files under one root. Paths are POSIX-style, relative to the root, already checked by `uri/safe-join`.

export interface ArtifactEntry {
  /** Relative to the root. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; null if the store does not say. */
  readonly size: number | null;
}

/** `inParts`: sent as large files are, if the store can; `wentInParts` is called if it was. */
export type ArtifactSource =
  | { readonly file: string; readonly inParts?: boolean; readonly wentInParts?: () => void }
  | { readonly bytes: Uint8Array };

export interface ArtifactStore {
  readonly scheme: 'file' | 's3' | 'mlflow-artifacts';
  /** For people: no secret in it. */
  readonly uri: string;
  /** The root as a local folder, if it is one: then nothing needs to be copied. */
  readonly localRoot: string | null;
  /** One level. A missing folder is an empty list. */
  list(path: string): Promise<readonly ArtifactEntry[]>;
  /** Bytes of a file from `offset` on. Throws ARTIFACT_NOT_FOUND. */
  read(path: string, options?: { readonly offset?: number }): Promise<AsyncIterable<Uint8Array>>;
  /** All or nothing; replaces. */
  /** `sent` is called as bytes go out. */
  write(path: string, source: ArtifactSource, sent?: (bytes: number) => void): Promise<void>;
  /** A file or a folder with everything in it; a missing one is a success. */
  remove(path: string): Promise<void>;
}
