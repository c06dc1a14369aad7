// What the operations take and give: the documents of contract §3, keys in snake_case as `--json` prints them
// (the CLI adds `schema` and `ok`). Operations return data; words and exit codes are the CLI's.
import type { EnforcementMode } from '../schema/cast-types.js';

/** Where runs and models are kept; what is left out comes from the environment (contract §2). */
export interface StoreOptions {
  readonly trackingUri?: string;
  readonly registryUri?: string;
  /** Name; beats MLFLOW_EXPERIMENT_NAME / _ID. */
  readonly experiment?: string;
  readonly offline?: boolean;
}

export interface DigestPair {
  readonly package: string;
  readonly payload: string | null;
}

/** The signature as its JSON parsed, for reading by programs. */
export interface SignatureDocument {
  readonly inputs: readonly unknown[] | null;
  readonly outputs: readonly unknown[] | null;
  readonly params: readonly unknown[] | null;
}

export interface ResolvedDocument {
  readonly kind: 'run' | 'version' | 'stage' | 'latest' | 'alias' | 'model_id' | 'artifact' | 'path';
  readonly run_id: string | null;
  readonly name: string | null;
  readonly version: number | null;
  readonly stage: string | null;
  readonly alias: string | null;
  readonly model_id: string | null;
  /** Where the files are; no secret in it. */
  readonly location: string;
}

export interface TrainRequest extends StoreOptions {
  /** Path of the recipe; the default recipe where left out. */
  readonly recipe?: string;
  /** `path=value`, later ones win. */
  readonly set?: readonly string[];
  readonly data?: string;
  readonly target?: string;
  /** true: the recipe's name. */
  readonly register?: string | boolean;
  readonly stage?: string;
  readonly alias?: string;
  readonly runName?: string;
  readonly tags?: ReadonlyMap<string, string>;
  readonly out?: string;
  /** false: log nothing (needs `out`). */
  readonly log?: boolean;
  readonly dryRun?: boolean;
}

export interface LogRequest extends StoreOptions {
  /** A .onnx file or a package folder. */
  readonly path: string;
  readonly inputExample?: string;
  readonly signature?: string;
  readonly noSignature?: boolean;
  readonly metrics?: ReadonlyMap<string, number>;
  readonly params?: ReadonlyMap<string, string>;
  readonly tags?: ReadonlyMap<string, string>;
  readonly artifacts?: readonly string[];
  readonly runId?: string;
  readonly runName?: string;
  readonly register?: string;
}

/** Answer of `train` and `log`. */
export interface LoggedDocument {
  readonly run_id: string | null;
  readonly experiment: string | null;
  readonly experiment_id: string | null;
  readonly run_name: string | null;
  readonly model_uri: string | null;
  readonly model_id: string | null;
  readonly registered: { readonly name: string; readonly version: number } | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly signature: SignatureDocument | null;
  readonly digest: DigestPair;
  readonly data: { readonly source: string; readonly digest: string; readonly rows: number } | null;
  readonly tracking_uri: string | null;
  /** The package as a local folder, where it is one. */
  readonly path: string | null;
  readonly dry_run?: boolean;
}

export interface LoadRequest extends StoreOptions {
  readonly uri?: string;
  /** Copy the package there. */
  readonly to?: string;
}

export interface LineageDocument {
  readonly run_id: string | null;
  readonly run_name: string | null;
  readonly run_status: string | null;
  readonly experiment: string | null;
  readonly experiment_id: string | null;
  readonly user: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly source: string | null;
  readonly git_commit: string | null;
  readonly git_dirty: boolean | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly data: readonly {
    readonly name: string;
    readonly digest: string;
    readonly source: string;
    readonly context: string | null;
  }[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface LoadDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly flavor: string;
  readonly signature: SignatureDocument | null;
  readonly digest: DigestPair;
  readonly verified: 'registry' | 'run' | 'none';
  readonly path: string;
  readonly lineage: LineageDocument | null;
}

export interface SmokeRequest extends StoreOptions {
  readonly uri?: string;
  readonly maxLatencyMs?: number;
  /** A file of rows to predict besides the input example. */
  readonly rows?: string;
  readonly mode?: EnforcementMode;
  /** Deadline for inference, ms. */
  readonly timeoutMs?: number;
}

export type CheckName =
  | 'resolve'
  | 'integrity'
  | 'package'
  | 'signature'
  | 'load'
  | 'example'
  | 'predict'
  | 'output'
  | 'golden'
  | 'guard'
  | 'rescore'
  | 'latency';

export interface CheckDocument {
  readonly name: CheckName;
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface SmokeDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument | null;
  readonly flavor: string | null;
  readonly digest: DigestPair | null;
  readonly checks: readonly CheckDocument[];
  /** One object a row. */
  readonly predictions: readonly Readonly<Record<string, unknown>>[];
  readonly elapsed_ms: number;
}

export interface PredictRequest extends StoreOptions {
  readonly uri?: string;
  /** A path, or `-` for stdin. */
  readonly input: string;
  /** A path, or `-` for stdout. */
  readonly output: string;
  readonly inputFormat?: 'csv' | 'json' | 'ndjson' | 'parquet';
  readonly outputFormat?: 'csv' | 'json' | 'ndjson';
  readonly params?: ReadonlyMap<string, string>;
  readonly mode?: EnforcementMode;
  /** `skip`: bad rows go to `rejects` and the rest goes on. */
  readonly onBadRow?: 'stop' | 'skip';
  readonly rejects?: string;
}

export interface PredictDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly rows: number;
  readonly rejected: number;
  readonly output: string;
  readonly elapsed_ms: number;
}
