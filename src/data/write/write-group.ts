// Turns some of the rows that threads write together into text, each group in a place of its own.
import type { NumericPlan } from './numeric-plan.js';
import { writeRowsBetween } from './write-numeric-rows.js';

/** The memory of the columns and of all that is written is shared. */
export interface RowsTask {
  readonly plan: NumericPlan;
  readonly bytes: Uint8Array;
  /** How many bytes lie between the beginnings of two groups. */
  readonly stride: number;
  /** By group: where its text ends. */
  readonly ends: Int32Array;
}

/** Rows of a group: the first thread waits for one at most. */
export const GROUP_ROWS = 256;

export function writeGroup({ plan, bytes, stride, ends }: RowsTask, group: number): void {
  const from = group * GROUP_ROWS;
  const to = Math.min(plan.rows, from + GROUP_ROWS);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  ends[group] = writeRowsBetween(plan, from, to, view, group * stride);
}
