// A loaded model as a program uses it, and what may be asked of it.
import type { LineageDocument } from '../documents/lineage.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import type { OpenModel, PoolState } from '../inference/types.js';
import type { DigestPair } from '../model/types.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { PlainColumns, PlainList } from '../schema/form-of-plain.js';
import type { SchemaFinding, Signature } from '../schema/types.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';

/** What is left out comes from this process: its environment and its folder, as in the CLI. Notes go nowhere. */
export type WorldOptions = Partial<World>;

export interface LoadOptions extends StoreOptions, WorldOptions {
  /** How strictly rows are checked, unless a call says otherwise: `strict` (default) or exactly as Python MLflow. */
  readonly schema?: EnforcementMode;
  /** Columns that rows may have and that are not looked at. */
  readonly ignore?: readonly string[];
  /**
   * How many calls a model that mlctl does not know answers at a time (1), each in a process of its own. One that hangs or crashes is
   * replaced. A model that mlctl made or tried on this machine answers in this process, without them.
   */
  readonly workers?: number;
  /** How long such a process may take to open the model, and for each call, ms (120,000); null: as long as it likes. */
  readonly timeoutMs?: number | null;
  /** How many calls may wait for a free process. One more is refused with MODEL_BUSY. Left out: any number may wait. */
  readonly maxWaiting?: number;
  /** File of a public key (PEM). A model that was not signed with it, as the version and run that it is, is refused with SIGNATURE_REFUSED. */
  readonly publicKey?: string;
}

/** What a call of `predict` or `check` may say for itself. */
export interface PredictOptions {
  /** Values for the params of the signature. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly schema?: EnforcementMode;
  /** Once it is aborted, the call throws its reason: it is dropped if it waits for a process, and its answer is dropped if it runs. */
  readonly signal?: AbortSignal;
}

/** Name of an output → its value: null if it is missing, a bigint if a number would lose digits of it. */
export type PredictedRow = Record<string, unknown>;

/** Name of an output → its values: a typed array for numbers, else a list. */
export type PredictedColumns = Record<string, ArrayLike<unknown>>;

/** What is known of a loaded model. */
export interface ModelFacts {
  /** The URI asked for, or the default that was taken; without secrets. */
  readonly uri: string;
  /** What the URI led to: run, registered version, stage, location. */
  readonly resolved: ResolvedDocument;
  /** The registered version; null for a model that is not from the registry. */
  readonly version: number | null;
  readonly flavor: string;
  readonly engine: OpenModel['engine'];
  readonly signature: Signature | null;
  readonly digest: DigestPair;
  /** Where the digest was recorded that the files were compared with. */
  readonly verified: 'registry' | 'run' | 'none';
  /** The run that made it; null if none is known. */
  readonly lineage: LineageDocument | null;
}

/** A model that was resolved, fetched, verified and opened once. */
export interface Model extends ModelFacts, AsyncDisposable {
  /**
   * One prediction for each row, in the form that was given: objects for rows, typed arrays for columns. Throws SchemaError, before
   * the model runs, if the rows break the signature. Any number of calls may be under way.
   */
  predict(rows: PlainList, options?: PredictOptions): Promise<PredictedRow[]>;
  predict(columns: PlainColumns, options?: PredictOptions): Promise<PredictedColumns>;
  /** What is wrong with the rows, at most 20 findings; nothing is run. */
  check(rows: PlainList | PlainColumns, options?: PredictOptions): Promise<readonly SchemaFinding[]>;
  /** Waits for the calls under way; later ones are refused. */
  close(): Promise<void>;
  /** What the processes of a model that mlctl does not know are doing now; null for a model that answers in this process. */
  readonly pool: PoolState | null;
}

export interface WatchOptions extends LoadOptions {
  /** How often the stage or alias is looked at, ms (30,000); 0: only by `reload()`. */
  readonly interval?: number;
  /** Take over a version although callers of the one before would notice the change of its signature as an error. */
  readonly allowSignatureChange?: boolean;
  /** Another version answers from now on. */
  readonly onChange?: (change: { readonly before: ModelFacts; readonly after: ModelFacts }) => void;
  /** The next version was refused or the stores did not answer; the version before still answers. Without it: a warning. */
  readonly onError?: (error: Error) => void;
}

/** A model that follows its stage or alias: its facts are those of the version that answers now. */
export interface WatchedModel extends Model {
  /**
   * Looks at the stage or alias now. True if another version took over; throws, as `onError` is told, if it was refused.
   *
   * @example
   * app.post('/-/reload', async () => ({ changed: await model.reload() }));
   */
  reload(): Promise<boolean>;
  /**
   * Runs `work` with one version that stays, for several calls that belong together.
   *
   * @example
   * const answer = await model.pin(async (one) => ({ version: one.version, rows: await one.predict(rows) }));
   */
  pin<T>(work: (model: Model) => Promise<T>): Promise<T>;
}
