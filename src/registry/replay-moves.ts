// Turns recorded moves, and what the registry holds now, into the history of each stage and alias. A change that nobody recorded
// shows as a gap.
import type { MoveRecord } from './move-record.js';

/** A move. Of an unrecorded one only the two versions and the place in the order are known. */
export interface KnownMove extends Pick<MoveRecord, 'kind' | 'target'> {
  readonly action: MoveRecord['action'] | 'unknown';
  readonly from_version: number | null;
  /** null: the stage or alias was removed. */
  readonly to_version: number | null;
  readonly from_stage: string | null;
  readonly user: string | null;
  readonly time: number | null;
  readonly message?: string;
}

export interface Replayed {
  /** Oldest first. */
  readonly moves: readonly KnownMove[];
  /** The version that a stage or alias had before the current one; `unknown` if other clients moved it in between. */
  before(kind: 'stage' | 'alias', target: string): Before;
}

type Before =
  | { readonly known: true; readonly version: number | null }
  /** `last`: the newest version known to have been there. */
  | { readonly known: false; readonly last: number | null };

/** The version that each stage and alias has now, by `stage:Production`, `alias:champion`. */
export type CurrentVersions = ReadonlyMap<string, number>;

/** Versions as a stack: a rollback takes off the top. null: it was empty then; `?`: not known. */
type Stack = (number | null | '?')[];

/** Every displaced version goes to Archived, and None means "no stage", so neither has a history of its own. */
const isTracked = (kind: string, target: string): boolean =>
  kind === 'alias' || target === 'Production' || target === 'Staging';

function apply(stack: Stack, version: number | null, isRollback: boolean): void {
  const below = isRollback ? stack.lastIndexOf(version) : -1;
  if (below !== -1) stack.length = below + 1;
  else if (stack.at(-1) !== version) stack.push(version);
}

export function replayMoves(records: readonly MoveRecord[], now: CurrentVersions): Replayed {
  const stacks = new Map<string, Stack>();
  const moves: KnownMove[] = [];
  const stackOf = (key: string): Stack => {
    const stack = stacks.get(key) ?? [];
    stacks.set(key, stack);
    return stack;
  };
  /** Brings the stack to the version known to be there, by a move that nobody recorded. */
  const bridge = (kind: 'stage' | 'alias', target: string, version: number | null): void => {
    const stack = stackOf(`${kind}:${target}`);
    const held = stack.at(-1) ?? null;
    if (held === version) return;
    moves.push({
      action: 'unknown',
      kind,
      target,
      from_version: held === '?' ? null : held,
      to_version: version,
      from_stage: null,
      user: null,
      time: null,
    });
    stack.push('?', version);
  };
  for (const record of records) {
    const { kind, target, from_version: from, to_version: to } = record;
    if (isTracked(kind, target)) {
      const stack = stackOf(`${kind}:${target}`);
      // A record of a move to the version that was already there has no previous version.
      if (from !== null || stack.at(-1) !== to) bridge(kind, target, from);
      if (stack.length === 0) stack.push(null);
      apply(stack, to, record.action === 'rollback');
    }
    moves.push(record);
    if (kind === 'stage' && record.from_stage !== null && record.from_stage !== target) {
      const left = stacks.get(`stage:${record.from_stage}`);
      if (left?.at(-1) === to) left.push(null);
    }
  }
  const keys = new Set([...stacks.keys(), ...now.keys()]);
  for (const key of keys) {
    const at = key.indexOf(':');
    const kind = key.slice(0, at) === 'stage' ? 'stage' : 'alias';
    if (isTracked(kind, key.slice(at + 1))) bridge(kind, key.slice(at + 1), now.get(key) ?? null);
  }
  return {
    moves,
    before(kind, target) {
      const stack = stacks.get(`${kind}:${target}`) ?? [];
      const below = stack.slice(0, -1).reverse();
      const first = below.find((one) => one !== null);
      if (first === '?') return { known: false, last: below.find((one) => typeof one === 'number') ?? null };
      return { known: true, version: first ?? null };
    },
  };
}
