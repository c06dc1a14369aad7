// What doctor is asked: the store to look at, and where its settings came from.
import type { StoreOptions } from '../../session/stores.js';

export interface DoctorRequest extends StoreOptions {
  /** Repair the embedded store before it is judged. */
  readonly repair?: boolean;
  /** Read the files of every registered version, and compare them with their digests. */
  readonly verify?: boolean;
  readonly timeoutSeconds?: number;
  readonly mode?: 'strict' | 'mlflow';
  /** Variables that did not come from the environment: name → `--flag`, or the file they stand in. */
  readonly origins?: ReadonlyMap<string, string>;
}
