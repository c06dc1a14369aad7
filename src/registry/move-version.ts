// A model version moved to a stage and an alias; what fails half-way says how far it came and how to go on.

import type { ConflictDocument } from '../documents/conflict.js';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import type { Stage } from '../uri/stages.js';
import type { World } from '../world.js';
import { asTyped } from './as-typed.js';
import { type Guard, movePointer, type Progress } from './move-pointer.js';
import type { MoveRecord } from './move-record.js';
import { type Pointer, pointersOf, pointerWords } from './stage-or-alias.js';

export interface Move {
  readonly stage?: Stage;
  readonly alias?: string;
  readonly action: MoveRecord['action'];
}

/** What had been done before the error, and what to type for the rest: the pointer it met, and those after it. */
function halfMoved(
  error: unknown,
  { name, version }: ModelVersion,
  moved: readonly Pointer[],
  [pointer, ...later]: readonly [Pointer, ...Pointer[]],
  progress: Progress,
): unknown {
  if (!(error instanceof MlctlError)) return error;
  const words = pointerWords(pointer);
  const done = [...moved.map(pointerWords), ...(progress === 'made' ? [words] : [])];
  const not = [...(progress === 'begun' ? [words] : []), ...later.map(pointerWords)];
  const told = [
    ...(done.length > 0 ? [`${done.join(' and ')} of ${printable(name, 100)} moved to version ${version}`] : []),
    ...(progress === 'made' ? ['which is written down as begun, not as done'] : []),
    ...(progress === 'asked' ? [`whether ${words} moved is not certain`] : []),
    ...(not.length > 0 ? [`${not.join(' and ')} ${not.length > 1 ? 'were' : 'was'} not moved`] : []),
  ];
  const flags = [pointer, ...later].map(({ kind, target }) => ` --${kind} ${target}`).join('');
  const again = `mlctl promote ${asTyped(`${name}/${version}`)}${flags}`;
  const next = progress === 'asked' ? `see mlctl models ${asTyped(name)}, and where it did not: ${again}` : again;
  return error.saying(`${error.message}; ${told.join(', ')}`, {
    hint: error.thenHint(next),
    details: { moved: done, unsure: progress === 'asked' ? words : null },
    state: { halfMoved: true },
  });
}

/** Moves the version to every pointer asked for, the stage first; stops at the first conflict. */
export async function moveVersion(
  world: World,
  registry: ModelRegistry,
  version: ModelVersion,
  move: Move,
  guard: Guard | null = null,
): Promise<{ previous: number | null; conflict: ConflictDocument | null }> {
  const moved: Pointer[] = [];
  let previous: number | null = null;
  // A quiet word only: the command goes on as asked, and MLflow still serves stages.
  if (move.stage !== undefined)
    world.note(
      'stages are deprecated since MLflow 2.9; an alias does the same: --alias champion, and models:/NAME@champion',
    );
  const pointers = pointersOf(move.stage ?? null, move.alias);
  for (const [at, pointer] of pointers.entries()) {
    let progress: Progress = 'begun';
    const tell = (now: Progress): void => {
      progress = now;
    };
    try {
      const { from, conflict } = await movePointer(world, registry, version, pointer, move.action, guard, tell);
      if (conflict) {
        const done = moved.map(pointerWords);
        return { previous: from, conflict: done.length > 0 ? { ...conflict, moved: done } : conflict };
      }
      previous ??= from;
      moved.push(pointer);
    } catch (error) {
      throw halfMoved(error, version, moved, [pointer, ...pointers.slice(at + 1)], progress);
    }
  }
  return { previous, conflict: null };
}
