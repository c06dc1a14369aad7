// Turns a registered model into the answer of `history`: who moved which stage and alias, when, from which version to which.

import { isoTime, record } from '../documents/json-values.js';
import type { MoveDocument } from '../documents/move.js';
import { readHistory } from '../registry/read-history.js';
import type { KnownMove } from '../registry/replay-moves.js';
import { existingStores, type StoreOptions, type Stores } from '../session/stores.js';
import { printable } from '../text/printable.js';
import { checkStage } from '../tracking/limits.js';
import type { World } from '../world.js';

export interface HistoryRequest extends StoreOptions {
  readonly name: string;
  /** Only moves to this stage, or of this alias. */
  readonly stage?: string;
  readonly alias?: string;
  readonly max?: number;
}

/** What `mlctl history --json` prints. */
export interface HistoryDocument {
  readonly name: string;
  /** Newest first. */
  readonly moves: readonly MoveDocument[];
  readonly more: boolean;
  /** Every stage and alias that was ever moved, whichever was asked for: `["stage Production", "alias champion"]`. */
  readonly moved: readonly string[];
  /** What they point to now: the newest version of each stage, the version of each alias. */
  readonly stages: Readonly<Record<string, number>>;
  readonly aliases: Readonly<Record<string, number>>;
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
  message: move.message === undefined ? null : printable(move.message, 1000),
});

const wordsOf = ({ kind, target }: KnownMove): string => `${kind} ${printable(target, 100)}`;

export async function modelHistory(world: World, request: HistoryRequest): Promise<HistoryDocument> {
  const stores = existingStores(world, request);
  try {
    return await historyIn(stores, request);
  } finally {
    await stores.close();
  }
}

/** The same in stores that the caller has opened and closes. */
export async function historyIn(stores: Stores, request: HistoryRequest): Promise<HistoryDocument> {
  const stage = request.stage === undefined ? null : checkStage(request.stage);
  const { model, replayed, current } = await readHistory(await stores.registry(), request.name);
  const wanted = replayed.moves.filter(
    ({ kind, target }) =>
      (stage === null && request.alias === undefined) ||
      (kind === 'stage' && target === stage) ||
      (kind === 'alias' && target === request.alias),
  );
  const newestFirst = [...wanted].reverse();
  const most = request.max ?? Number.POSITIVE_INFINITY;
  const held = (kind: string) =>
    record([...current].filter(([key]) => key.startsWith(kind)).map(([key, at]) => [key.slice(kind.length), at]));
  return {
    name: printable(model.name),
    moves: newestFirst.slice(0, most).map(moveDocument),
    more: newestFirst.length > most,
    moved: [...new Set(replayed.moves.map(wordsOf))].sort(),
    stages: held('stage:'),
    aliases: held('alias:'),
  };
}
