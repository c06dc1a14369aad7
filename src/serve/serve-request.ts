// What `serve` was asked for.
import type { StoreOptions } from '../session/stores.js';
import type { AnswerOptions } from './types.js';

export interface ServeRequest extends AnswerOptions {
  /** Without a URI: MODEL_URI, else the newest run; without a name: the registered one. */
  readonly models: readonly { readonly name?: string; readonly uri?: string }[];
  readonly stores: StoreOptions;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** How often stages and aliases are looked at, ms; 0: only when asked. */
  readonly reloadIntervalMs: number;
  /** For opening a model, and for each prediction of one that runs in processes of its own. */
  readonly timeoutMs: number;
  /** How many such processes. */
  readonly workers: number;
  readonly metrics: boolean;
  /** A file, or `-` for stdout; null: none. */
  readonly accessLog: string | null;
}
