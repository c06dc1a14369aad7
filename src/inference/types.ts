// An opened model: what runs it, how it differs from its signature, and one call to run it.
import type { Table } from '../data/table.js';
import type { MlModel } from '../model/types.js';
import type { Signature } from '../schema/types.js';
import type { VerifiedFiles } from './read-payload.js';

export interface GraphValue {
  readonly name: string;
  /** onnxruntime's name of the element type (`data/element-types.ts`), or the whole type if it is not a tensor. */
  readonly elementType: string;
  /** −1 if any size fits; null if the graph does not say. */
  readonly shape: readonly number[] | null;
}

/** By the name of the param. */
export type GivenParams = ReadonlyMap<string, unknown>;

/** What a caller says besides its rows. */
interface CallOptions {
  /** What was given for params of the signature, cast; no flavor but a model in Python reads them. */
  readonly params?: GivenParams;
  /** The caller no longer waits, so a call that has not begun is dropped. */
  readonly signal?: AbortSignal;
}

/** A graph that the runtime has opened, in this process or in a child. */
export interface OpenGraph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** Whether its time and memory depend on the number of rows alone (`growsWithRows`). */
  growsWithRows(): boolean;
  /** One row out per row in. Throws MODEL_FAILED, or MODEL_TIMEOUT if it was killed at the deadline. */
  predict(table: Table, call?: CallOptions): Promise<Table>;
  close(): Promise<void>;
}

/** Processes that run one model, and the calls that wait for them. */
export interface PoolLimits {
  /** So many processes, each answering one call at a time. */
  readonly workers: number;
  /** One more call that would have to wait is refused with MODEL_BUSY. */
  readonly maxWaiting: number;
}

/** What the processes of a model are doing. */
export interface PoolState {
  readonly workers: number;
  /** Those that are open now: fewer after a crash, until it is replaced. */
  readonly open: number;
  readonly busy: number;
  /** Calls that wait for a process. */
  readonly waiting: number;
  /** How many processes were replaced so far. */
  readonly restarts: number;
}

/** A model of any flavor. */
export interface OpenModel extends Pick<OpenGraph, 'predict' | 'close' | 'growsWithRows'> {
  /** What runs it. */
  readonly engine: 'onnxruntime' | 'mlctl' | 'python';
  /** What the payload says about itself, for --json. */
  readonly details: Readonly<Record<string, unknown>>;
  /** The class whose answer for a row depends on the rows that come with it; left out if each row is answered alone. */
  readonly rowsTogether?: string;
  /** How its inputs and outputs differ from the signature: a sentence for each difference; null if only rows can show it. */
  compare(signature: Signature): readonly string[] | null;
  /** Only of a model that runs in a pool of processes. */
  poolState?(): PoolState;
}

/** What an opener needs to know. */
export interface OpenPayload {
  readonly packageFolder: string;
  /** POSIX path of the model file, relative to the folder. */
  readonly payload: string;
  /** The folder as it was hashed; other bytes are not opened. */
  readonly digest: VerifiedFiles;
  /** mlctl trained it, or scanned and ran it within limits, on this machine (contract §8.6). */
  readonly trusted: boolean;
  /** For opening, and again for each prediction; null: no deadline. A trusted model runs in this process and cannot be stopped. */
  readonly timeoutMs: number | null;
  /** Ends the process of an untrusted model that is at work. */
  readonly signal?: AbortSignal;
  /** It answers many calls or rows, so that calls are worth two milliseconds of opening. */
  readonly manyCalls?: boolean;
  /** What the process of an untrusted model may take besides what its files and rows need; 448 MiB if left out. */
  readonly memoryBytes?: number;
  /** An untrusted model runs in so many processes, which are started again when they end. Left out: in one, which stays ended. */
  readonly pool?: PoolLimits;
}

/** The user asked that Python runs the model. */
export interface RunInPython {
  /** A path, or a name that is looked for on the PATH. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Receives what the model prints. */
  note(text: string): void;
  /** Is told before any code of the model runs. */
  warn(text: string): void;
}

/** A model of Python says in MLmodel how it is called, and its signature what it takes. */
export interface OpenPythonPayload extends OpenPayload {
  readonly model: Pick<MlModel, 'flavors' | 'signature'>;
}
