// A model version moved to a stage and an alias; what fails half-way says how far it came and how to go on.
import { MlctlError } from '../errors/error.js';
import type { ModelVersion, Stage, TrackingStore } from '../tracking/store.js';
import { printable } from '../uri/printable.js';
import type { World } from '../world.js';
import { type Guard, movePointer, type Progress } from './move-pointer.js';
import type { MoveRecord } from './move-record.js';
import { type Pointer, pointersOf, pointerWords } from './pointer.js';
import type { ConflictDocument } from './types.js';

export interface Move {
  readonly stage?: Stage;
  readonly alias?: string;
  readonly action: MoveRecord['action'];
}

/** What was moved, and the version that had the pointer until then. */
export interface Moved {
  readonly pointer: Pointer;
  readonly from: number | null;
}

/** What had been done before the error, for whoever has to go on by hand. */
function halfMoved(
  error: unknown,
  { name, version }: ModelVersion,
  moved: readonly Moved[],
  pointer: Pointer,
  progress: Progress,
): unknown {
  if (!(error instanceof MlctlError)) return error;
  const shown = printable(name, 100);
  const words = pointerWords(pointer);
  const done = [...moved.map((one) => pointerWords(one.pointer)), ...(progress === 'made' ? [words] : [])];
  const flag = pointer.kind === 'stage' ? '--stage' : '--alias';
  const again = `mlctl promote ${shown}/${version} ${flag} ${pointer.target}`;
  const told = [
    ...(done.length > 0 ? [`${done.join(' and ')} of ${shown} moved to version ${version}`] : []),
    ...(progress === 'begun' ? [`${words} was not moved`] : []),
    ...(progress === 'asked' ? [`whether ${words} moved is not certain`] : []),
  ];
  const next = {
    begun: again,
    asked: `see mlctl models ${shown}, and where it did not: ${again}`,
    made: `see mlctl history ${shown}`,
  }[progress];
  return new MlctlError(error.code, `${error.message}; ${told.join(', ')}`, {
    hint: `${error.hint === undefined ? '' : `${error.hint}; then `}${next}`,
    details: { ...error.details, moved: done, unsure: progress === 'asked' ? words : null },
    cause: error,
  });
}

/** Moves the version to every pointer asked for, the stage first; stops at the first conflict. */
export async function moveVersion(
  world: World,
  registry: TrackingStore,
  version: ModelVersion,
  move: Move,
  guard: Guard | null = null,
): Promise<{ previous: number | null; moved: readonly Moved[]; conflict: ConflictDocument | null }> {
  const moved: Moved[] = [];
  // A quiet word only: the command goes on as asked, and MLflow still serves stages.
  if (move.stage !== undefined)
    world.note(
      'stages are deprecated since MLflow 2.9; an alias does the same: --alias champion, and models:/NAME@champion',
    );
  for (const pointer of pointersOf(move.stage ?? null, move.alias)) {
    let progress: Progress = 'begun';
    const tell = (now: Progress): void => {
      progress = now;
    };
    try {
      const { from, conflict } = await movePointer(world, registry, version, pointer, move.action, guard, tell);
      if (conflict) {
        const done = moved.map((one) => pointerWords(one.pointer));
        return { previous: from, moved, conflict: done.length > 0 ? { ...conflict, moved: done } : conflict };
      }
      moved.push({ pointer, from });
    } catch (error) {
      throw halfMoved(error, version, moved, pointer, progress);
    }
  }
  return { previous: moved.map(({ from }) => from).find((from) => from !== null) ?? null, moved, conflict: null };
}
