// Turns the recorded moves of a registered model, and what its stages and aliases hold now, into their history.
import type { ModelRegistry, ModelVersion, RegisteredModel } from '../tracking/model-registry.js';
import { recordsOf } from './move-record.js';
import { notInRegistry } from './not-in-registry.js';
import { orderHistory } from './order-history.js';
import { type Replayed, replayMoves } from './replay-moves.js';
import { versionsOf } from './versions-of.js';

/** Newest version of each stage, and what each alias points to. */
function currentVersionsOf(model: RegisteredModel, versions: readonly ModelVersion[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const { stage, version } of versions) {
    const key = `stage:${stage}`;
    if (stage !== 'None' && version > (held.get(key) ?? 0)) held.set(key, version);
  }
  for (const [alias, version] of model.aliases) held.set(`alias:${alias}`, version);
  return held;
}

/** Throws MODEL_NOT_FOUND, which says what there is. */
export async function readHistory(
  registry: ModelRegistry,
  name: string,
): Promise<{ model: RegisteredModel; replayed: Replayed; current: ReadonlyMap<string, number> }> {
  const model = await registry.getRegisteredModel(name);
  if (model === null) throw await notInRegistry(registry, `models:/${name}`, name, { kind: 'any', word: '' });
  const versions = await versionsOf(registry, name);
  const current = currentVersionsOf(model, versions);
  const records = orderHistory(versions.flatMap(recordsOf), current);
  return { model, replayed: replayMoves(records, current), current };
}
