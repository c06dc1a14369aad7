// Turns batches of plain numbers into text: here, or for many rows on another thread, whose text comes with the next batch.
import { openHelpers } from '../../threads/open-helpers.js';
import type { Round } from '../../threads/round.js';
import type { NumericPlan } from './numeric-plan.js';
import type { RowBytes } from './row-bytes.js';
import { countGroups, rowsTask, type TaskMemory } from './rows-task.js';
import { type RowsTask, writeGroup } from './write-group.js';
import { writeNumericRows } from './write-numeric-rows.js';

interface NumericWriter {
  /** Appends what the last call only began, and these rows; or begins with them. */
  write(plan: NumericPlan): void;
  /** Appends what was begun. */
  finish(): void;
}

/** Fewer are written before a thread has started. */
const MANY_ROWS = 30_000;

/** One, because it has less to do than the thread that predicts. */
const HELPERS = openHelpers<RowsTask>('rows-helper.js', import.meta.url, 1);

export function numericWriter(out: RowBytes): NumericWriter {
  let rows = 0;
  let memory: TaskMemory = { buffer: new SharedArrayBuffer(0) };
  let begun: { readonly plan: NumericPlan; readonly round: Round<RowsTask> } | null = null;

  const finish = (): void => {
    if (begun === null) return;
    const { plan, round } = begun;
    begun = null;
    if (HELPERS.finish(round, writeGroup)) appendGroups(round, out);
    else {
      // The thread that is lost may still write there.
      memory = { buffer: new SharedArrayBuffer(0) };
      writeNumericRows(plan, out);
    }
  };
  return {
    finish,
    write(plan) {
      finish();
      rows += plan.rows;
      const task = rows < MANY_ROWS || HELPERS.start() === 1 ? null : rowsTask(plan, memory);
      if (task === null) writeNumericRows(plan, out);
      else begun = { plan, round: HELPERS.give(task, countGroups(plan)) };
    },
  };
}

function appendGroups({ task: { bytes, stride, ends } }: Round<RowsTask>, out: RowBytes): void {
  for (const [group, end] of ends.entries()) {
    const text = bytes.subarray(group * stride, end);
    out.reserve(text.length);
    out.bytes.set(text, out.at);
    out.at += text.length;
  }
}
