// Turns a model that is to be logged into one that was scanned, opened and answered, in a process that can be ended.
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { type OpenRequest, openPackage } from '../inference/open-package.js';
import { monotonicMs, type World } from '../world.js';

/** A model that needs longer for a few rows is not a model to log. */
const TIMEOUT_MS = 60_000;
/**
 * A model that takes longer than this to open and to answer its example always runs in a process that can be ended, whatever its
 * graph.
 */
const QUICK_MS = 1_000;

interface Trial {
  answer(example: Table): Promise<Table>;
  /** It opened and answered quickly, and its cost depends on the number of rows alone. */
  vouched(): boolean;
  close(): Promise<void>;
}

/** Null if this machine has no runtime; a note says so. Throws what is wrong with the model, as its answer does. */
export async function tryModel(
  world: World,
  model: Pick<OpenRequest, 'packageFolder' | 'flavor' | 'payload' | 'digest' | 'model'>,
): Promise<Trial | null> {
  let [answered, spent] = [false, 0];
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const start = monotonicMs();
    const done = await work();
    spent += monotonicMs() - start;
    return done;
  };
  try {
    const opened = await timed(() =>
      openPackage({ ...model, trusted: false, timeoutMs: TIMEOUT_MS, signal: world.signal }),
    );
    return {
      async answer(example) {
        const answer = await timed(() => opened.predict(example));
        answered = true;
        return answer;
      },
      vouched: () => answered && spent <= QUICK_MS && opened.growsWithRows(),
      close: () => opened.close(),
    };
  } catch (error) {
    if (!(error instanceof MlctlError) || error.code !== 'RUNTIME_MISSING') throw error;
    world.warn(`no predictions were recorded: ${error.message}`);
    return null;
  }
}
