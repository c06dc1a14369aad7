// A report's text turned into an output beside the answer of a command: a file that is whole or absent, or what is there and is not a file.
import { resolve } from 'node:path';
import type { World } from '../world.js';
import { openOutput } from './open-output.js';

/** Readable by other programs and users, as CI jobs collect it. Throws FILE_WRITE_FAILED. */
export async function writeReport(world: World, path: string, text: string): Promise<void> {
  const output = await openOutput(resolve(world.cwd, path), world.signal);
  try {
    await output.write(Buffer.from(text));
    await output.commit();
  } finally {
    await output.abort();
  }
}
