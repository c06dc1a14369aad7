// Turns a model version, a stage and an alias into the moves that make them point to it. An error half-way says how far it came
// and how to go on.

import type { ConflictDocument } from '../documents/conflict.js';
import type { PlaceMoveDocument } from '../documents/move.js';
import { MlctlError } from '../errors/error.js';
import { asTyped } from '../text/as-typed.js';
import { printable } from '../text/printable.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import type { Stage } from '../uri/stages.js';
import type { World } from '../world.js';
import type { MoveRecord } from './move-record.js';
import { moveStageOrAlias, type Progress } from './move-stage-or-alias.js';
import { inWords, type StageOrAlias, stageAndAliasOf } from './stage-or-alias.js';

interface Move {
  readonly stage?: Stage;
  readonly alias?: string;
  readonly action: MoveRecord['action'];
  readonly message?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Move only if this is the version there now (null: none). */
  readonly ifCurrent?: number | null | undefined;
}

/** What was done before the error, and what to type for the rest: the stage or alias that failed, and those after it. */
function halfMoved(
  error: unknown,
  { name, version }: ModelVersion,
  moved: readonly StageOrAlias[],
  [place, ...later]: readonly [StageOrAlias, ...StageOrAlias[]],
  progress: Progress,
): unknown {
  if (!(error instanceof MlctlError)) return error;
  const words = inWords(place);
  const done = [...moved.map(inWords), ...(progress === 'made' ? [words] : [])];
  const not = [...(progress === 'begun' ? [words] : []), ...later.map(inWords)];
  const told = [
    ...(done.length > 0 ? [`${done.join(' and ')} of ${printable(name, 100)} moved to version ${version}`] : []),
    ...(progress === 'made' ? ['which the history records as begun, not as done'] : []),
    ...(progress === 'asked' ? [`whether ${words} moved is not known`] : []),
    ...(not.length > 0 ? [`${not.join(' and ')} ${not.length > 1 ? 'were' : 'was'} not moved`] : []),
  ];
  const flags = [place, ...later].map(({ kind, target }) => ` --${kind} ${target}`).join('');
  const again = `mlctl promote ${asTyped(`${name}/${version}`)}${flags}`;
  const next = progress === 'asked' ? `see mlctl models ${asTyped(name)}, and if it did not move: ${again}` : again;
  return error.saying(`${error.message}; ${told.join(', ')}`, {
    hint: error.thenHint(next),
    details: { moved: done, unsure: progress === 'asked' ? words : null },
    state: { halfMoved: true },
  });
}

/** Moves the stage and the alias asked for to the version, the stage first; stops at the first conflict. */
export async function moveVersion(
  world: World,
  registry: ModelRegistry,
  version: ModelVersion,
  move: Move,
): Promise<{ moves: readonly PlaceMoveDocument[]; conflict: ConflictDocument | null }> {
  const moves: PlaceMoveDocument[] = [];
  const moved: StageOrAlias[] = [];
  // A remark and not a warning: the command does what was asked, and MLflow still serves stages.
  if (move.stage !== undefined)
    world.note('stages are deprecated since MLflow 2.9; an alias does the same: models:/NAME@champion');
  const places = stageAndAliasOf(move.stage ?? null, move.alias);
  for (const [at, place] of places.entries()) {
    let progress: Progress = 'begun';
    const onProgress = (now: Progress): void => {
      progress = now;
    };
    try {
      const {
        from,
        moved: isMoved,
        conflict,
      } = await moveStageOrAlias(world, { ...move, registry, version, to: place, onProgress });
      if (conflict) {
        const done = moved.map(inWords);
        return { moves, conflict: done.length > 0 ? { ...conflict, moved: done } : conflict };
      }
      moves.push({ ...place, from_version: from, moved: isMoved });
      if (isMoved) moved.push(place);
    } catch (error) {
      throw halfMoved(error, version, moved, [place, ...places.slice(at + 1)], progress);
    }
  }
  return { moves, conflict: null };
}
