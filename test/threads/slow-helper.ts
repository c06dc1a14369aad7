// A helper whose groups take as long as they are told, and which notes who took them: the first thread, or a helper.
import { isMainThread } from 'node:worker_threads';
import { help } from '../../src/threads/help.js';

export interface SlowTask {
  /** How long the first thread waits at most until a helper takes a group, and how long a helper takes for one. */
  readonly milliseconds: { readonly first: number; readonly helper: number };
  /** The helper fails at this group. */
  readonly fails?: number;
  /** 1 once a helper has taken a group. */
  readonly met: Int32Array;
  /** By group: 1 for the first thread, 2 for a helper. */
  readonly takenBy: Int32Array;
}

export function slowGroup({ milliseconds, fails, met, takenBy }: SlowTask, group: number): void {
  if (isMainThread) Atomics.wait(met, 0, 0, milliseconds.first);
  else {
    Atomics.store(met, 0, 1);
    Atomics.notify(met, 0);
    if (group === fails) throw new Error('this helper fails');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds.helper);
  }
  Atomics.store(takenBy, group, isMainThread ? 1 : 2);
}

if (!isMainThread) help(slowGroup);
