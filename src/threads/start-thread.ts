// Turns the program of a helper into a thread of this process. Node's modules load with the first thread, because most commands
// start none.
import type { Worker } from 'node:worker_threads';

export type Thread = Worker;

const MOST_HELPERS = 7;

/** Numbers that a thread sees without a copy. */
export const sharedNumbers = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

/** How many threads beside this one have a processor of their own. */
export const countProcessors = (): number =>
  Math.min(process.getBuiltinModule('node:os').availableParallelism() - 1, MOST_HELPERS);

/** The file of a helper's program: beside the module `from`, or beside the program or the library that this is a part of; null if it is not there. */
export function findProgram(name: string, from: string): URL | null {
  const { existsSync } = process.getBuiltinModule('node:fs');
  const places = [`./${name}`, `../${name}`].map((place) => new URL(place, from));
  return places.find((place) => existsSync(place)) ?? null;
}

/** Ends with the process, which does not wait for it. A thread that cannot start, or fails, takes no more work. */
export function startThread(program: URL, workerData?: unknown): Thread {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(program, { workerData, execArgv: [], env: {} });
  worker.on('error', () => {});
  worker.unref();
  return worker;
}
