// Turns refused rows into an output: NDJSON, one object a row with its number and line, the reasons and the row as it was written.
import { resolve } from 'node:path';
import { openOutput } from '../files/open-output.js';
import type { RejectedRow } from '../schema/cast-types.js';

export interface Rejects {
  readonly add: (rows: readonly RejectedRow[]) => Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export async function openRejects(path: string, cwd: string, signal: AbortSignal): Promise<Rejects> {
  const output = await openOutput(resolve(cwd, path), signal);
  return {
    async add(rows) {
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`);
      if (lines.length > 0) await output.write(Buffer.from(lines.join('')));
    },
    commit: () => output.commit(),
    abort: () => output.abort(),
  };
}
