// What a list of the store is asked for, by `runs` and `models`.
import type { StoreOptions } from './stores.js';

/** So many where nobody says how many, in the library as on the command line. */
export const DEFAULT_MAX = 20;

export interface ListOptions extends StoreOptions {
  /** MLflow's filter language. */
  readonly filter?: string;
  readonly orderBy?: readonly string[];
  /** DEFAULT_MAX where left out. */
  readonly max?: number;
}
