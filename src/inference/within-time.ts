// Turns work on a model of someone else, which computes in this process, into its result, or into an error when it takes longer
// than a model of its size can need.
import { createContext, Script } from 'node:vm';
import { MlctlError } from '../errors/error.js';
import { monotonicMs } from '../world.js';
import type { OpenPayload } from './types.js';

/** Far more than any honest model needs, on a slow machine too: a row costs time by what the file holds. */
const START_MS = 2000;
const ROW_MS = 5;
const BYTES_PER_MS = 20_000;
/** What commands give a model that nobody gave a time; a longer one is the user's own word. */
const USUAL_MS = 120_000;

/** Node interrupts a script at its deadline, also inside a loop, a sort or a regular expression; a plain call it cannot. */
const script = new Script('work()');
const box: { work: (() => void) | null } = { work: null };
let context: object | undefined;

type WithinTime = <T>(rows: number, work: () => T) => T;

/**
 * For one opened model: all calls together may take what a model of so many bytes can need for their rows, each of them at most
 * `timeoutMs`; more than that only if the user gave a longer time. Throws MODEL_TIMEOUT, and MODEL_FAILED where the work asks for more memory than there can be.
 */
export function withinTime(bytes: number, timeoutMs: number | null): WithinTime {
  let left = START_MS;
  return (rows, work) => {
    if (timeoutMs !== null && timeoutMs > USUAL_MS) return interrupted(timeoutMs, rows, work);
    left += rows * (ROW_MS + bytes / BYTES_PER_MS);
    const start = monotonicMs();
    try {
      return interrupted(Math.min(left, timeoutMs ?? left), rows, work);
    } finally {
      left -= monotonicMs() - start;
    }
  };
}

/** For a model that is opened from the file of a package. */
export const timeOf = ({
  payload,
  digest,
  timeoutMs,
}: Pick<OpenPayload, 'payload' | 'digest' | 'timeoutMs'>): WithinTime =>
  withinTime(digest.files.find(({ path }) => path === payload)?.size ?? 0, timeoutMs);

function interrupted<T>(milliseconds: number, rows: number, work: () => T): T {
  let result: T;
  context ??= createContext(box);
  box.work = () => {
    result = work();
  };
  try {
    script.runInContext(context, { timeout: Math.max(1, Math.ceil(milliseconds)) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new MlctlError('MODEL_TIMEOUT', `predicting ${rows} rows took longer than a model of this size needs`, {
        hint: 'give it more time with --timeout, such as --timeout 600, or fewer rows at once',
      });
    // a matrix or a regular expression that is too large
    if (error instanceof RangeError || error instanceof SyntaxError)
      throw new MlctlError('MODEL_FAILED', `predicting ${rows} rows needs more memory than there can be`, {
        hint: 'predict fewer rows at once',
        cause: error,
      });
    throw error;
  } finally {
    box.work = null;
  }
  return result!;
}
