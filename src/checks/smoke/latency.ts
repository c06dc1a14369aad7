// Compares the median time of single-row predictions, after warm-up, with `--max-latency`.
import type { Table } from '../../data/table.js';
import { monotonicMs } from '../../world.js';
import { known, type SmokeCheck } from '../smoke-check.js';

const WARM_UP = 5;
const RUNS = 31;
/** Stop measuring a slow model after this time. */
const ENOUGH_MS = 5000;

function firstRow(table: Table): Table {
  return {
    rows: 1,
    columns: table.columns.map(
      (column) =>
        ({
          ...column,
          values: column.values.slice(0, 1),
          ...(column.nulls ? { nulls: column.nulls.slice(0, 1) } : {}),
        }) as typeof column,
    ),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export const latency: SmokeCheck = {
  name: 'latency',
  needs: ['predict'],
  async run({ model, example }, { maxLatencyMs }) {
    if (maxLatencyMs === null) return { status: 'skip', message: 'no limit was given' };
    if (!example || example.table.rows === 0) return { status: 'skip', message: 'there is no input example to time' };
    const row = firstRow(example.table);
    const times: number[] = [];
    const start = monotonicMs();
    for (let i = 0; i < WARM_UP + RUNS; i++) {
      const before = monotonicMs();
      await known(model).predict(row);
      const after = monotonicMs();
      if (i >= WARM_UP) times.push(after - before);
      if (after - start > ENOUGH_MS && times.length > 0) break;
    }
    const found = median(times);
    const details = { median_ms: found, slowest_ms: Math.max(...times), runs: times.length, max_ms: maxLatencyMs };
    const words = `the median of ${times.length} single-row predictions is ${found.toFixed(found < 10 ? 2 : 0)} ms; the limit is ${maxLatencyMs} ms`;
    if (found <= maxLatencyMs) return { status: 'pass', message: words, details };
    return {
      status: 'fail',
      message: words,
      hint: 'measure on the machine that will serve the model, or raise --max-latency',
      details,
    };
  },
};
