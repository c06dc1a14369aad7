// A helper whose groups take as long as they are told, and which notes who took them: the first thread, or a helper.
import { isMainThread } from 'node:worker_threads';
import { help } from '../../src/threads/help.js';

export interface SlowTask {
  readonly milliseconds: { readonly first: number; readonly helper: number };
  /** The helper fails at this group. */
  readonly fails?: number;
  /** By group: 1 for the first thread, 2 for a helper. */
  readonly takenBy: Int32Array;
}

export function slowGroup({ milliseconds, fails, takenBy }: SlowTask, group: number): void {
  if (!isMainThread && group === fails) throw new Error('this helper fails');
  const never = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(never, 0, 0, isMainThread ? milliseconds.first : milliseconds.helper);
  Atomics.store(takenBy, group, isMainThread ? 1 : 2);
}

if (!isMainThread) help(slowGroup);
