// The answer of MLflow's scoring server to one request: the data that the model receives, or the failure.
import type { PyValue } from './python/python-value.js';
import type { MlflowWarning } from './warning.js';

export type Phase = 'content-type' | 'decode' | 'parse' | 'enforce' | 'params' | 'server';

interface MlflowAccepted {
  readonly ok: true;
  /** DataFrame, ndarray, dict of ndarrays, or plain values if there is no signature. */
  readonly data: PyValue;
  /** A dict, or null if the request had none and the signature has none. */
  readonly params: PyValue;
  /** The LLM form: the answer is not wrapped in `predictions`. */
  readonly unwrapped: boolean;
  readonly warnings: readonly MlflowWarning[];
}

export interface MlflowRefused {
  readonly ok: false;
  readonly status: number;
  readonly phase: Phase;
  readonly tmpl: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** The core message: of the innermost exception the phase raised. */
  readonly message: string;
  /** The message is MLflow's own text, byte for byte. */
  readonly exact: boolean;
  readonly exc: string;
  /** Of the JSON body; null if the body is plain text. */
  readonly code: string | null;
  readonly errorClass: string | null;
  readonly sqlState: string | null;
  readonly stackTrace: boolean;
  /** Whether the body has `Failed to predict data …` before the core message. */
  readonly wrap: boolean;
  /** What was read from the body, if reading came that far. */
  readonly given?: PyValue;
  readonly warnings: readonly MlflowWarning[];
}

export type MlflowVerdict = MlflowAccepted | MlflowRefused;
