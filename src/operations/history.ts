// `history`: who moved which stage and alias of a registered model, when, from which version to which.
import type { ModelVersion, RegisteredModel, TrackingStore } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { isoTime, record } from './lineage.js';
import { recordsOf } from './move-record.js';
import { explainMissing } from './not-found.js';
import { orderMoves } from './order-moves.js';
import { knownStage } from './pointer.js';
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
  const records = orderMoves(versions.flatMap(recordsOf), holders);
  return { model, replayed: replayMoves(records, holders), holders };
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

const wordsOf = ({ kind, target }: KnownMove): string => `${kind} ${printable(target, 100)}`;

export async function modelHistory(world: World, request: HistoryRequest): Promise<HistoryDocument> {
  const stage = request.stage === undefined ? null : knownStage(request.stage);
  const stores = lazyStores(world, request);
  try {
    const { model, replayed, holders } = await readHistory(await stores.registry(), request.name);
    const wanted = replayed.moves.filter(
      ({ kind, target }) =>
        (stage === null && request.alias === undefined) ||
        (kind === 'stage' && target === stage) ||
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
      moved: [...new Set(replayed.moves.map(wordsOf))].sort(),
      stages: held('stage:'),
      aliases: held('alias:'),
    };
  } finally {
    await stores.close();
  }
}
