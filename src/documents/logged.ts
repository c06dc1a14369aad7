// The answer of `train` and `log`.

import type { DigestPair } from '../model/types.js';
import type { SignatureDocument } from './signature-document.js';

/** The answer of `train` and `log`. */
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
  /** The package as a local folder, if it is one. */
  readonly path: string | null;
  readonly dry_run?: boolean;
  /** `train`: the effective recipe, as YAML. */
  readonly recipe?: string;
}
