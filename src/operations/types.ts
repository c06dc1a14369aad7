// What the operations take and give: the documents of contract §3, keys in snake_case as `--json` prints them
// (the CLI adds `schema` and `ok`). Operations return data; words and exit codes are the CLI's.
import type { Readable, Writable } from 'node:stream';
import type { ErrorCode } from '../errors/codes.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { SchemaFinding } from '../schema/types.js';

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
  /** `train`: the effective recipe, as YAML. */
  readonly recipe?: string;
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
  /** What stopped the walk, where something did; the checks it kept from running are `skip`. */
  readonly error?: ErrorDocument | null;
}

/** An error as programs read it (contract §3). */
export interface ErrorDocument {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly exit_code: number;
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
  /** Called after each batch. */
  readonly onProgress?: (progress: { readonly rows: number; readonly rows_per_second: number }) => void;
}

export interface PredictDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  readonly rows: number;
  readonly rejected: number;
  readonly output: string;
  readonly elapsed_ms: number;
}

/** What `-` means to predict and validate. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

export interface ValidateRequest extends StoreOptions {
  readonly uri?: string;
  /** A file that holds a signature (JSON, or an MLmodel), instead of a URI. */
  readonly signature?: string;
  /** A path, or `-` for stdin. */
  readonly input: string;
  readonly inputFormat?: 'csv' | 'json' | 'ndjson' | 'parquet';
  readonly params?: ReadonlyMap<string, string>;
  readonly mode?: EnforcementMode;
}

export interface ValidateDocument {
  /** The model whose signature was used; null with `signature`. */
  readonly uri: string | null;
  readonly input: string;
  readonly rows: number;
  readonly valid: boolean;
  /** Every finding, in the order of the rows. */
  readonly findings: readonly SchemaFinding[];
  readonly total: number;
  readonly warnings: readonly string[];
}

export interface RegisterRequest extends StoreOptions {
  readonly uri: string;
  readonly name: string;
  readonly stage?: string;
  readonly alias?: string;
  readonly tags?: ReadonlyMap<string, string>;
}

export interface RegisterDocument {
  readonly name: string;
  readonly version: number;
  readonly source: string;
  readonly run_id: string | null;
  readonly model_id: string | null;
  readonly stage: string | null;
  readonly alias: string | null;
  readonly digest: DigestPair | null;
  /** False where the same model was registered under this name before: the version is that one. */
  readonly created: boolean;
}

export interface PromoteRequest extends StoreOptions {
  readonly name: string;
  /** The newest version where left out. */
  readonly version?: number;
  readonly stage?: string;
  readonly alias?: string;
  /** Move only where the stage or alias is this version now; `none`: where it is none. */
  readonly ifCurrent?: number | 'none';
  /** false: do not smoke first. */
  readonly smoke?: boolean;
  readonly mode?: EnforcementMode;
  readonly timeoutMs?: number;
}

export interface PromoteDocument {
  readonly name: string;
  readonly version: number;
  readonly stage: string | null;
  readonly alias: string | null;
  /** The version that had the stage or the alias before. */
  readonly previous_version: number | null;
  /** False where smoke failed (nothing was moved), or where a race was lost. */
  readonly promoted: boolean;
  /** With `ifCurrent`, where the stage or alias was not, or did not stay, what it should be. */
  readonly conflict: ConflictDocument | null;
  readonly smoke: SmokeDocument | null;
}

/** Somebody else moves the same stage or alias. */
export interface ConflictDocument {
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly expected_version: number | null;
  readonly found_version: number | null;
  /** `before`: nothing was moved; `after`: another move of the same moment stands, and this one does not. */
  readonly when: 'before' | 'after';
  /** What the same command had moved before it met the conflict, and left so: `["stage Production"]`. */
  readonly moved?: readonly string[];
}

export interface RollbackRequest extends StoreOptions {
  readonly name: string;
  /** One of the two. */
  readonly stage?: string;
  readonly alias?: string;
  /** The version to go back to; left out, the one before, as history tells. */
  readonly to?: number;
  /** false: do not smoke first. */
  readonly smoke?: boolean;
  readonly mode?: EnforcementMode;
  readonly timeoutMs?: number;
}

export interface RollbackDocument {
  readonly name: string;
  /** The version it was moved back to. */
  readonly version: number;
  readonly stage: string | null;
  readonly alias: string | null;
  /** The version it was moved away from. */
  readonly previous_version: number | null;
  /** False where smoke failed (nothing was moved), or where somebody else moved it meanwhile. */
  readonly rolled_back: boolean;
  readonly conflict: ConflictDocument | null;
  readonly smoke: SmokeDocument | null;
}

export interface HistoryRequest extends StoreOptions {
  readonly name: string;
  /** Only moves to this stage, or of this alias. */
  readonly stage?: string;
  readonly alias?: string;
  readonly max?: number;
}

export interface MoveDocument {
  /** `unknown`: made by a client that leaves no record. */
  readonly action: 'register' | 'promote' | 'rollback' | 'unknown';
  readonly kind: 'stage' | 'alias';
  readonly target: string;
  readonly from_version: number | null;
  /** null: the alias was deleted, or the stage emptied. */
  readonly to_version: number | null;
  /** The stage that the version left. */
  readonly from_stage: string | null;
  readonly user: string;
  /** ISO 8601, UTC. */
  readonly time: string | null;
}

export interface HistoryDocument {
  readonly name: string;
  /** Newest first. */
  readonly moves: readonly MoveDocument[];
  readonly more: boolean;
  /** Every stage and alias that was ever moved, whatever was asked for: `["stage Production", "alias champion"]`. */
  readonly moved: readonly string[];
  /** What is where now: the newest version of each stage, the version of each alias. */
  readonly stages: Readonly<Record<string, number>>;
  readonly aliases: Readonly<Record<string, number>>;
}

export interface RunsRequest extends StoreOptions {
  /** Show this one run, with everything about it. */
  readonly runId?: string;
  /** MLflow's filter language. */
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly max?: number;
}

export interface RunDocument {
  readonly run_id: string;
  readonly run_name: string;
  readonly experiment: string | null;
  readonly experiment_id: string;
  readonly status: string;
  readonly user: string | null;
  /** ISO 8601, UTC. */
  readonly started: string | null;
  readonly ended: string | null;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** URIs of its models. */
  readonly models: readonly string[];
}

export interface RunsDocument {
  readonly runs: readonly RunDocument[];
  /** True where more match than were asked for. */
  readonly more: boolean;
}

export interface ModelsRequest extends StoreOptions {
  /** Show this one registered model, with its versions. */
  readonly name?: string;
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  readonly max?: number;
}

export interface ModelVersionDocument {
  readonly version: number;
  readonly stage: string | null;
  readonly aliases: readonly string[];
  readonly status: string;
  readonly run_id: string | null;
  readonly model_id: string | null;
  readonly source: string;
  readonly created: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RegisteredModelDocument {
  readonly name: string;
  readonly description: string;
  readonly created: string | null;
  readonly updated: string | null;
  readonly aliases: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  /** All versions of the one asked for; else the newest of each stage. Newest first. */
  readonly versions: readonly ModelVersionDocument[];
}

export interface ModelsDocument {
  readonly models: readonly RegisteredModelDocument[];
  readonly more: boolean;
}

export interface DoctorRequest extends StoreOptions {
  /** Repair the embedded store before it is judged. */
  readonly repair?: boolean;
  readonly timeoutSeconds?: number;
  readonly mode?: 'strict' | 'mlflow';
  /** Variables that did not come from the environment: name → `--flag`, or the file they stand in. */
  readonly origins?: ReadonlyMap<string, string>;
}

export interface SettingDocument {
  readonly name: string;
  /** Null for a secret, and where there is none. */
  readonly value: string | null;
  readonly set: boolean;
  /** `environment`, `default`, a flag, a configuration file, or `~/.mlflow/credentials`. */
  readonly source: string;
}

export interface DoctorCheckDocument {
  readonly name:
    | 'node'
    | 'runtime'
    | 's3'
    | 'sign-in'
    | 'store'
    | 'clock'
    | 'registry'
    | 'artifacts'
    | 'disk'
    | 'cache';
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** What a failure makes of the exit code; 0 where it did not fail. */
  readonly exit_code: number;
}

export interface DoctorDocument {
  readonly settings: readonly SettingDocument[];
  readonly checks: readonly DoctorCheckDocument[];
  readonly repair: {
    readonly action: string;
    readonly kept_beside: string | null;
    readonly dropped: readonly string[];
    readonly remarks: readonly string[];
  } | null;
}
