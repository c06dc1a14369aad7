// What the store gave a new model, for the files of its package that name it.

/** What the store gave, for the files that name it. */
export interface PackageIds {
  readonly runId: string;
  /** null where the server has no logged models. */
  readonly modelId: string | null;
  /** 32 hex digits. */
  readonly uuid: string;
  readonly artifactPath: string;
  readonly createdAt: number;
}
