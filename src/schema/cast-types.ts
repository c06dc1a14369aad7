// The caster's answer: one typed table and whatever is wrong or odd about the input.
import type { Table } from '../data/table.js';
import type { SchemaFinding } from './types.js';

/** `strict`: contract §6. `mlflow`: exactly Python MLflow's verdict and values. */
export type EnforcementMode = 'strict' | 'mlflow';

export type CastResult =
  | {
      readonly ok: true;
      readonly table: Table;
      /** Values for the params of the signature, defaults filled in; null where the signature has none. */
      readonly params: ReadonlyMap<string, unknown> | null;
      /** Accepted, but worth saying. */
      readonly warnings: readonly string[];
    }
  | {
      readonly ok: false;
      /** At most 20; `total` counts all. */
      readonly findings: readonly SchemaFinding[];
      readonly total: number;
    };
