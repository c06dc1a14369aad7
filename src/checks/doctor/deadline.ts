// Applies --timeout in doctor. The check that was waiting when the deadline passed fails; the other checks are still reported.
import { MlctlError } from '../../errors/error.js';
import { passedDeadline, stoppingTimes } from '../../session/stopping-times.js';
import type { World } from '../../world.js';
import { type Check, skipped } from '../check.js';

/** The signal for cleaning up. It outlives the signal of the command by a short time. */
export function cleaningSignal(world: World): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = () =>
    controller.abort(
      new MlctlError('DEADLINE_PASSED', 'the artifact store did not remove the files of the probe in time', {
        hint: 'run mlctl doctor again when the store answers',
      }),
    );
  const hurry = () => {
    timer = setTimeout(stop, stoppingTimes(world.signal).probe);
  };
  if (world.signal.aborted) hurry();
  else world.signal.addEventListener('abort', hurry, { once: true });
  return {
    signal: controller.signal,
    release() {
      world.signal.removeEventListener('abort', hurry);
      clearTimeout(timer);
    },
  };
}

function late(reason: MlctlError, waitedFor: string, { details, message }: Pick<Check, 'details' | 'message'>): Check {
  const seconds = reason.state.timeoutSeconds ?? 0;
  const longer = Math.max(60, Math.ceil(seconds * 4));
  return {
    status: 'fail',
    message: message || `${waitedFor}: no answer within ${seconds} s`,
    hint: `mlctl doctor --timeout ${longer}; or ask its administrator why it does not answer`,
    details: { ...details, code: reason.code },
    exit: reason.exitCode,
    error: reason.code,
  };
}

/** The check that `work` returns. If the deadline passes first, `waitedFor` names what it waited for. Any other reason to stop is thrown. */
export async function withinDeadline(
  world: World,
  waitedFor: () => string,
  work: () => Promise<Check>,
): Promise<Check> {
  if (passedDeadline(world.signal)) return skipped('not tried because the deadline had passed');
  let timer: NodeJS.Timeout | undefined;
  let arm = () => {};
  const hung = new Promise<null>((resolve) => {
    arm = () => {
      timer = setTimeout(() => resolve(null), stoppingTimes(world.signal).check);
    };
  });
  world.signal.addEventListener('abort', arm, { once: true });
  try {
    const check = await Promise.race([work(), hung]);
    const passed = passedDeadline(world.signal);
    if (world.signal.aborted && passed === null) throw world.signal.reason;
    if (passed === null) return check ?? skipped('');
    if (check === null) return late(passed, waitedFor(), { message: '', details: {} });
    if (check.status !== 'fail' || check.error !== passed.code) return check;
    // A check with steps has already said at which step it was.
    const message = check.step === undefined ? '' : check.message;
    return late(passed, waitedFor(), { message, details: check.details ?? {} });
  } finally {
    clearTimeout(timer);
    world.signal.removeEventListener('abort', arm);
  }
}
