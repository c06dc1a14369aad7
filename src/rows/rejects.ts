// The file of refused rows: NDJSON, one object a row with its number, the reasons and the row as it was written.
import { resolve } from 'node:path';
import { openAtomicFile } from '../files/open-atomic-file.js';
import type { RejectedRow } from '../schema/cast-types.js';

interface Rejects {
  add(rows: readonly RejectedRow[]): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export async function openRejects(path: string, cwd: string): Promise<Rejects> {
  const file = await openAtomicFile(resolve(cwd, path));
  return {
    async add(rows) {
      const lines = rows.map(({ row, reasons, original }) => `${JSON.stringify({ row, reasons, original })}\n`);
      await file.write(Buffer.from(lines.join('')));
    },
    commit: () => file.commit(),
    abort: () => file.abort(),
  };
}
