// An opened model: what it takes, what it answers, and one call to run it.
import type { Table } from '../data/table.js';

export interface GraphValue {
  readonly name: string;
  /** onnxruntime's name of the element type: float64, float32, int64, int32, bool, string … */
  readonly elementType: string;
  /** −1 where any size fits. */
  readonly shape: readonly number[];
}

export interface OpenModel {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /** One row out per row in. Throws MODEL_FAILED, or MODEL_TIMEOUT where it was killed at the deadline. */
  predict(table: Table): Promise<Table>;
  close(): Promise<void>;
}
