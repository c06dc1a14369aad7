// `history`: who moved which stage and alias of a registered model, when, from which version to which.
import type { ModelVersion, RegisteredModel, TrackingStore } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { isoTime, record } from './lineage.js';
import { inOrder, recordsOf } from './move-record.js';
import { explainMissing } from './not-found.js';
import { type KnownMove, type Replayed, replayMoves } from './replay-moves.js';
import { lazyStores } from './stores.js';
import type { HistoryDocument, HistoryRequest, MoveDocument } from './types.js';
import { versionsOf } from './versions-of.js';

/** Newest version of each stage, and what each alias points to. */
function holdersOf(model: RegisteredModel, versions: readonly ModelVersion[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const { stage, version } of versions) {
    const key = `stage:${stage}`;
    if (stage !== 'None' && version > (held.get(key) ?? 0)) held.set(key, version);
  }
  for (const [alias, version] of model.aliases) held.set(`alias:${alias}`, version);
  return held;
}

/** Throws MODEL_NOT_FOUND saying what there is. */
export async function readHistory(
  registry: TrackingStore,
  name: string,
): Promise<{ model: RegisteredModel; replayed: Replayed; holders: ReadonlyMap<string, number> }> {
  const model = await registry.getRegisteredModel(name);
  if (model === null) throw await explainMissing(registry, `models:/${name}`, name, 'version');
  const versions = await versionsOf(registry, name);
  const holders = holdersOf(model, versions);
  // A move that was written down and perhaps not made was made, where the pointer is at its end.
  const records = versions
    .flatMap(recordsOf)
    .filter(
      ({ state, kind, target, to_version: to }) =>
        state === undefined || (state === 'pending' && holders.get(`${kind}:${target}`) === to),
    );
  return { model, replayed: replayMoves(inOrder(records), holders), holders };
}

const moveDocument = (move: KnownMove): MoveDocument => ({
  action: move.action,
  kind: move.kind,
  target: move.target,
  from_version: move.from_version,
  to_version: move.to_version,
  from_stage: move.from_stage,
  user: move.user ?? 'unknown',
  time: isoTime(move.time),
});

export async function modelHistory(world: World, request: HistoryRequest): Promise<HistoryDocument> {
  const stores = lazyStores(world, request);
  try {
    const { model, replayed, holders } = await readHistory(await stores.registry(), request.name);
    const wanted = replayed.moves.filter(
      ({ kind, target }) =>
        (request.stage === undefined && request.alias === undefined) ||
        (kind === 'stage' && target.toLowerCase() === request.stage?.toLowerCase()) ||
        (kind === 'alias' && target === request.alias),
    );
    const newestFirst = [...wanted].reverse();
    const most = request.max ?? Number.POSITIVE_INFINITY;
    const held = (kind: string) =>
      record([...holders].filter(([key]) => key.startsWith(kind)).map(([key, at]) => [key.slice(kind.length), at]));
    return {
      name: printable(model.name),
      moves: newestFirst.slice(0, most).map(moveDocument),
      more: newestFirst.length > most,
      stages: held('stage:'),
      aliases: held('alias:'),
    };
  } finally {
    await stores.close();
  }
}
