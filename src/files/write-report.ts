// A report's text turned into a file that is whole or absent, beside the answer of a command.
import { resolve } from 'node:path';
import type { World } from '../world.js';
import { writeAtomically } from './write-atomically.js';

/** Readable by other programs and users, as CI jobs collect it. Throws FILE_WRITE_FAILED. */
export async function writeReport(world: World, path: string, text: string): Promise<void> {
  await writeAtomically(resolve(world.cwd, path), text, { mode: 0o644 });
}
