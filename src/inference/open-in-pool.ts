// Turns an opener of processes into one graph that several of them answer.
import type { MlctlError } from '../errors/error.js';
import type { OpenGraph, OpenModel, PoolLimits } from './types.js';
import { WorkerPool } from './worker-pool.js';

interface Worker extends OpenGraph {
  readonly ended: Promise<MlctlError>;
  isEnded(): boolean;
}

/** `signal` ends all processes. */
export async function openInPool(
  open: (signal: AbortSignal) => Promise<Worker>,
  limits: PoolLimits,
  signal: AbortSignal | null,
): Promise<OpenGraph & Pick<OpenModel, 'poolState'>> {
  const start = (closing: AbortSignal) => open(signal === null ? closing : AbortSignal.any([closing, signal]));
  const { pool, first } = await WorkerPool.open(start, limits);
  const { inputs, outputs } = first;
  const grows = first.growsWithRows();
  return {
    inputs,
    outputs,
    growsWithRows: () => grows,
    predict: (table, call) => pool.run((worker) => worker.predict(table), call?.signal),
    poolState: () => pool.state(),
    close: () => pool.close(),
  };
}
