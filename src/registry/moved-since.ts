// Turns a stage or alias that does not point to the version it should into the conflict that a move ends with; null if it does.
import type { ConflictDocument } from '../documents/conflict.js';
import type { ModelRegistry } from '../tracking/model-registry.js';
import { currentVersion, type StageOrAlias } from './stage-or-alias.js';

export async function movedSince(
  registry: ModelRegistry,
  name: string,
  place: StageOrAlias,
  expected: number | null,
): Promise<ConflictDocument | null> {
  const found = await currentVersion(registry, name, place);
  return found === expected ? null : { ...place, expected_version: expected, found_version: found, when: 'before' };
}
