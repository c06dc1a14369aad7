// Turns rounds of work into work of this thread and its helpers. Helpers start when they are first counted, and stay for the next
// rounds.
import { newRound, type Round, takeGroups, waitForOthers } from './round.js';
import { countProcessors, findProgram, startThread, type Thread } from './start-thread.js';

interface Helpers<Task> {
  /** How many threads take groups, with this one: 1 if no helper can be had. */
  start(): number;
  /** Computes all groups, as `give` and `finish` do. */
  share(task: Task, groups: number, compute: (task: Task, group: number) => void): boolean;
  /** Lets helpers begin with the groups. */
  give(task: Task, groups: number): Round<Task>;
  /** Computes what is left; false if a thread does not do what it took, so that the whole task must be done again without helpers. */
  finish(round: Round<Task>, compute: (task: Task, group: number) => void): boolean;
  /** Whether nobody works on an earlier task any more. */
  rest(): boolean;
}

/** A thread that takes longer for a group is lost. */
const LOST_MS = 5_000;

/** The helpers, at most `most`, run the program `name`, which stands beside the module `from`. */
export function openHelpers<Task>(name: string, from: string, most = Number.POSITIVE_INFINITY): Helpers<Task> {
  const threads = new Set<Thread>();
  let usable = true;
  let last: Round<Task> | null = null;
  const giveUp = (): void => {
    usable = false;
    for (const thread of threads) void thread.terminate();
    threads.clear();
  };
  const add = (program: URL): void => {
    const thread = startThread(program);
    threads.add(thread);
    thread.on('error', giveUp);
    thread.on('exit', () => threads.delete(thread));
  };
  const give = (task: Task, groups: number): Round<Task> => {
    const round = newRound(task, groups);
    last = round;
    for (const thread of threads) thread.postMessage(round);
    return round;
  };
  const finish: Helpers<Task>['finish'] = (round, compute) => {
    takeGroups(round, compute);
    const whole = waitForOthers(round, LOST_MS);
    if (!whole) giveUp();
    return whole;
  };
  return {
    start: () => {
      const program = usable && isMainThread() ? findProgram(name, from) : null;
      if (program === null) return 1;
      while (threads.size < Math.min(countProcessors(), most)) add(program);
      return threads.size + 1;
    },
    share: (task, groups, compute) => finish(give(task, groups), compute),
    give,
    finish,
    rest: () => last === null || waitForOthers(last, 0),
  };
}

/** A thread of a pool has the others of the pool beside it. */
const isMainThread = (): boolean => process.getBuiltinModule('node:worker_threads').isMainThread;
