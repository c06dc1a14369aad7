// The ids that the store gave a new model, for the files of its package that contain them.

/** The ids that the store gave, for the files that contain them. */
export interface PackageIds {
  readonly runId: string;
  /** null if the server has no logged models. */
  readonly modelId: string | null;
  /** 32 hex digits. */
  readonly uuid: string;
  readonly artifactPath: string;
  readonly createdAt: number;
}
