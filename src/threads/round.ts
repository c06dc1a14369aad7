// Turns a task that is cut into groups into work for whoever is free: each thread takes the next group that nobody has taken.

export interface Round<Task> {
  /** Plain data; what is written or large lies in shared memory. */
  readonly task: Task;
  readonly groups: number;
  /** How many groups are taken and how many are done, which is below zero when a thread has failed. */
  readonly control: Int32Array;
}

const PLACE = { taken: 0, done: 1 } as const;
const FAILED = -(2 ** 30);

export function newRound<Task>(task: Task, groups: number): Round<Task> {
  return { task, groups, control: new Int32Array(new SharedArrayBuffer(8)) };
}

/** Returns when all groups are taken. */
export function takeGroups<Task>(
  { task, groups, control }: Round<Task>,
  compute: (task: Task, group: number) => void,
): void {
  for (;;) {
    const group = Atomics.add(control, PLACE.taken, 1);
    if (group >= groups) return;
    compute(task, group);
    Atomics.add(control, PLACE.done, 1);
    Atomics.notify(control, PLACE.done);
  }
}

/** Takes groups for the thread that gave out the round, which is then told if `compute` fails. */
export function helpWith<Task>(round: Round<Task>, compute: (task: Task, group: number) => void): void {
  try {
    takeGroups(round, compute);
  } catch (error) {
    Atomics.store(round.control, PLACE.done, FAILED);
    Atomics.notify(round.control, PLACE.done);
    throw error;
  }
}

/** Waits for the groups that others have taken; false if one fails, or takes longer than `milliseconds`. */
export function waitForOthers({ control, groups }: Round<unknown>, milliseconds: number): boolean {
  for (;;) {
    const done = Atomics.load(control, PLACE.done);
    if (done === groups) return true;
    if (done < 0 || Atomics.wait(control, PLACE.done, done, milliseconds) === 'timed-out') return false;
  }
}
