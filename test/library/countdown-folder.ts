// A model that mlctl does not know, in a folder: y = x, and it takes the longer the larger x is.
import { join } from 'node:path';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { countdown, modelOf } from '../inference/models.js';
import { irisLikePackage } from '../support/packages.js';
import type { TestWorld } from '../support/worlds.js';

const double = (name: string) => ({ name, type: { kind: 'scalar', scalar: 'double' }, required: true }) as const;
const signature = {
  inputs: { kind: 'columns', columns: [double('x')] },
  outputs: { kind: 'columns', columns: [double('y'), double('left')] },
  params: null,
} as const;

export const ENDLESS = 1e30;

export async function countdownFolder(world: TestWorld): Promise<string> {
  const folder = join(world.cwd, 'countdown');
  await writeFolderAtomically(
    folder,
    irisLikePackage({ payload: modelOf(countdown()), signature, inputExample: null, golden: null }),
  );
  return folder;
}
