// Turns rows that are to be written into a task for threads, with all that they read and write in shared memory.
import { halvesOf, type NumericColumn, type NumericPlan, SPARE_BYTES } from './numeric-plan.js';
import { GROUP_ROWS, type RowsTask } from './write-group.js';

/** What a task lies in; it stays for the next ones. */
export interface TaskMemory {
  buffer: SharedArrayBuffer;
}

const MOST_BYTES = 2 ** 24;

export const countGroups = ({ rows }: NumericPlan): number => Math.ceil(rows / GROUP_ROWS);

/** Null for rows that would take too much memory. */
export function rowsTask(plan: NumericPlan, memory: TaskMemory): RowsTask | null {
  const groups = countGroups(plan);
  const columnBytes = 8 * plan.rows;
  const endsAt = columnBytes * plan.columns.length;
  const textAt = endsAt + 4 * groups;
  const stride = GROUP_ROWS * plan.rowBytes + SPARE_BYTES;
  const size = textAt + groups * stride;
  if (size > MOST_BYTES) return null;
  if (memory.buffer.byteLength < size) memory.buffer = new SharedArrayBuffer(size);
  const { buffer } = memory;
  return {
    plan: { ...plan, columns: plan.columns.map((column, c) => copied(column, buffer, c * columnBytes)) },
    bytes: new Uint8Array(buffer, textAt, groups * stride),
    stride,
    ends: new Int32Array(buffer, endsAt, groups),
  };
}

function copied({ kind, values }: NumericColumn, buffer: SharedArrayBuffer, at: number): NumericColumn {
  if (kind === 'long') {
    const shared = new BigInt64Array(buffer, at, values.length);
    shared.set(values);
    return { kind, values: shared, halves: halvesOf(shared) };
  }
  if (kind === 'integer') {
    const shared = new Int32Array(buffer, at, values.length);
    shared.set(values);
    return { kind, values: shared };
  }
  if (kind === 'float') {
    const shared = new Float32Array(buffer, at, values.length);
    shared.set(values);
    return { kind, values: shared };
  }
  const shared = new Float64Array(buffer, at, values.length);
  shared.set(values);
  return { kind, values: shared };
}
