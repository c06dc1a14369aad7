// Turns fetched files into those of the package: MLflow's own note, which a server's Python may have left there, is removed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DigestedFile } from '../files/digest-folder.js';
import { removeFile } from '../files/remove-file.js';
import { REGISTERED_MODEL_META, readRegisteredModelMeta } from '../model/registered-model-meta.js';
import type { World } from '../world.js';
import { isClaimTrue } from './is-claim-true.js';
import type { ResolvedModel } from './resolve-model.js';

/** A note whose claim is not true stays, and the digest of the files then is not the one recorded. */
export async function leaveOutNote(
  world: World,
  resolved: ResolvedModel,
  folder: string,
  files: readonly DigestedFile[],
): Promise<readonly DigestedFile[]> {
  if (!files.some(({ path }) => path === REGISTERED_MODEL_META)) return files;
  const place = join(folder, REGISTERED_MODEL_META);
  const claims = await readRegisteredModelMeta(readFileSync(place));
  if (claims === null) return files;
  if (resolved.recorded !== null && claims !== 'nothing' && !(await isClaimTrue(world, resolved, claims))) return files;
  return removeFile(place) ? files.filter(({ path }) => path !== REGISTERED_MODEL_META) : files;
}
