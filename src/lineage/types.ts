// What is recorded of how a model was made: who, when, from which code, recipe and data, with which versions.

/** `sha256:<hex>` */
type Digest = string;

/** The state of the source in git, before the work started. */
export interface GitLineage {
  /** 40 or 64 hex digits. */
  readonly commit: string | null;
  /** null: none is checked out. */
  readonly branch: string | null;
  /** Where the branch is pushed to, without credentials. */
  readonly remote: string | null;
  /** Whether a tracked file differed from the commit. */
  readonly dirty: boolean | null;
  /** Of what `git diff --binary --full-index --no-renames HEAD` prints; null if nothing was changed. */
  readonly diff_digest: Digest | null;
  /** The folder of the recipe, or of the command, below the root of the work tree; '' is the root. */
  readonly folder: string | null;
  /** The clone has no more than the newest commits. */
  readonly shallow: boolean;
  /** Why something is not known, by what it is: `commit`, `branch`, `remote`, `dirty`, `diff_digest`, `submodules`. */
  readonly unknown: Readonly<Record<string, string>>;
}

/** A file that the model was made from. */
export interface DataLineage {
  readonly role: 'training';
  readonly name: string;
  /** `iris`, the absolute path, or the address without its secrets. */
  readonly source: string;
  /** MLflow's word for what kind of place it is: `code`, `local`, `s3`, `http`. */
  readonly kind: string;
  /** Of the bytes that were read. A run of an older mlctl, or of Python, may have recorded less than a whole digest. */
  readonly digest: string;
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly required: boolean }[] | null;
  /** As seen from the folder of the recipe, if it is a file on the same disk. */
  readonly path: string | null;
}

/** The recipe that the model was trained by. */
export interface RecipeLineage {
  /** Of the run's `recipe.yaml`: the recipe with every value written out. */
  readonly digest: Digest;
  /** The absolute path of the file that was given; null for the built-in recipe. */
  readonly file: string | null;
  /** Of that file as it was read. */
  readonly file_digest: Digest | null;
}

/** Which rows the model was trained on, and which were held out. */
export interface SplitLineage {
  /** Of the row numbers from 0, those to train on and then those to test on, each as a 32-bit little-endian integer. */
  readonly digest: Digest;
  readonly train: number;
  readonly test: number;
}

/** null: not recorded. */
export interface VersionLineage {
  readonly mlctl: string | null;
  readonly node: string | null;
  readonly onnxruntime: string | null;
  /** Of the lock file that this mlctl was built with. */
  readonly lock: Digest | null;
  /** `linux-x64` */
  readonly platform: string | null;
}

/** What a run recorded of how its model was made: who, when, from which data, code and recipe, with what. */
export interface Lineage {
  readonly schema: 'mlctl.lineage/1';
  /** null: another client. */
  readonly made_by: 'train' | 'log' | null;
  readonly user: string | null;
  /** The recipe or model file, as it was named. */
  readonly source: string | null;
  /** ISO 8601, UTC. The end is that of the work, before the model was stored. */
  readonly started: string | null;
  readonly ended: string | null;
  readonly git: GitLineage;
  readonly recipe: RecipeLineage | null;
  readonly data: readonly DataLineage[];
  readonly split: SplitLineage | null;
  /** By the name of the run's param, such as `random_state` or `random_forest_classifier__random_state`. */
  readonly seeds: Readonly<Record<string, number>>;
  readonly versions: VersionLineage;
  /** `log`: the file or package that was given, with the digest of its bytes. */
  readonly given: { readonly path: string; readonly digest: Digest } | null;
}
