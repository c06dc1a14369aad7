// Turns a thread into a helper: it takes groups of each round that it is told of, and ends when it was not needed for a minute.
import { parentPort } from 'node:worker_threads';
import { helpWith, type Round } from './round.js';

const IDLE_MS = 60_000;

export function help<Task>(compute: (task: Task, group: number) => void): void {
  const end = () => parentPort?.close();
  let idle = setTimeout(end, IDLE_MS);
  parentPort?.on('message', (round: Round<Task>) => {
    clearTimeout(idle);
    helpWith(round, compute);
    idle = setTimeout(end, IDLE_MS);
  });
}
