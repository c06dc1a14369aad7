// Turns a report's text into an output besides the answer of a command: a file that is complete or absent, or an existing pipe or
// device.
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { World } from '../world.js';
import { openOutput } from './open-output.js';

/** Readable by other programs and users, as CI jobs collect it, in a folder that is made for it. Throws FILE_WRITE_FAILED. */
export async function writeReport(world: World, path: string, text: string): Promise<void> {
  const place = resolve(world.cwd, path);
  // What is wrong with the folder is said when the file is opened.
  await mkdir(dirname(place), { recursive: true }).catch(() => {});
  const output = await openOutput(place, world.signal);
  try {
    await output.write(Buffer.from(text));
    await output.commit();
  } finally {
    await output.abort();
  }
}
