// Ends this process when it takes more memory than allowed or its parent is gone. It is a thread of its own, because a running
// model blocks the main thread.
import { Worker } from 'node:worker_threads';
import { MEMORY_MARK } from './child-messages.js';

interface MemoryWatch {
  /** Allows this many bytes more, for rows that are being processed. */
  allow(bytes: number): void;
}

const EVERY_MS = 20;

// A thread shares nothing with the program's modules. As plain text it stays out of the bundle's chunks and starts fast.
const PROGRAM = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const limit = new Float64Array(workerData.limit);
const end = () => process.kill(process.pid, 'SIGKILL');
setInterval(() => {
  if (process.ppid !== workerData.parent) end();
  if (process.memoryUsage.rss() > limit[0]) {
    try { writeSync(2, workerData.mark + '\\n'); } catch {}
    end();
  }
}, ${EVERY_MS});
`;

export function watchMemory(limitBytes: number): MemoryWatch {
  const shared = new SharedArrayBuffer(8);
  const limit = new Float64Array(shared);
  limit[0] = limitBytes;
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { limit: shared, parent: process.ppid, mark: MEMORY_MARK },
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  worker.unref();
  return {
    allow(bytes) {
      limit[0] = limit[0]! + bytes;
    },
  };
}
