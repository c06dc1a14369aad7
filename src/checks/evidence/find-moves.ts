// Turns the history of a registered model into the moves that led to one version, or away from it.
import { readHistory } from '../../registry/read-history.js';
import type { ModelRegistry, ModelVersion } from '../../tracking/model-registry.js';
import type { MoveFinding } from '../audit-facts.js';

export async function findMoves(
  registry: ModelRegistry,
  { name, version }: Pick<ModelVersion, 'name' | 'version'>,
): Promise<readonly MoveFinding[]> {
  const { replayed } = await readHistory(registry, name);
  return replayed.moves
    .filter(({ from_version: from, to_version: to }) => from === version || to === version)
    .map(({ action, kind, target, from_version, to_version, user, time }) => ({
      action,
      kind,
      target,
      from_version,
      to_version,
      user,
      time,
    }));
}
