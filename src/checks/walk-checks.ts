// The ordered list of checks to their verdicts: one after the other, each on what the ones before found out.

import type { CheckDocument, CheckName } from '../documents/check.js';
import { type ExitCode, NOT_THE_MODEL, worstExit } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { systemError } from '../errors/system-error.js';
import { redactText } from '../text/redact.js';
import { safeDetails } from '../text/safe-details.js';
import { monotonicMs } from '../world.js';
import { checkDocument, skipped } from './check.js';
import type { SmokeCheck, SmokeFacts, SmokeTools, Verdict } from './smoke-check.js';
import { SMOKE_WORDS } from './smoke-words.js';

interface Walk {
  readonly checks: readonly CheckDocument[];
  readonly facts: SmokeFacts;
  /** The first error that stopped the walk, as the contract counts it (§8.3). */
  readonly error: MlctlError | null;
}

/** A failure that is not of our making is the check's; anything else is a bug and is told as one. */
function errorOf(thrown: unknown): MlctlError {
  if (thrown instanceof MlctlError) return thrown;
  const refused = systemError(thrown);
  if (refused !== null) return refused;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new MlctlError('BUG', `the check itself failed: ${message}`, {
    hint: 'run again with MLCTL_DEBUG=1 and report it',
    cause: thrown,
  });
}

/** What a failure of these makes of the exit code, where any other check makes 1: not found, or not to be trusted or run here. */
const FOUNDATION: ReadonlyMap<CheckName, ExitCode> = new Map([
  ['resolve', 3],
  ['integrity', 7],
  ['package', 7],
  ['load', 7],
]);

/**
 * Whether an error is more than the check's own bad news: nothing can be judged after it, the check could not be done for a
 * reason outside of the model (2, 4, 6, 70), or the rows or the deadline that the user gave are at fault.
 */
function stopsWalk(check: CheckName, { code, exitCode }: MlctlError): boolean {
  if (FOUNDATION.has(check) || NOT_THE_MODEL.has(exitCode)) return true;
  return check === 'predict' && code !== 'MODEL_FAILED';
}

/** An error of `signal` (Ctrl-C, the deadline) ends the walk as any failure does; the rest is then not reached. */
export async function walkChecks(checks: readonly SmokeCheck[], tools: SmokeTools, signal: AbortSignal): Promise<Walk> {
  const done: CheckDocument[] = [];
  /** Check → the failed check that kept it, or the ones that need it, from running. */
  const stopped = new Map<CheckName, CheckName>();
  let facts: SmokeFacts = {};
  let error: MlctlError | null = null;
  /** The check during which the deadline passed: none after it has any time. */
  let outOfTime: CheckName | undefined;
  for (const check of checks) {
    const by = outOfTime ?? check.needs.map((name) => stopped.get(name)).find((name) => name !== undefined);
    if (by !== undefined) {
      stopped.set(check.name, by);
      done.push(checkDocument(check.name, skipped(`not reached: ${by} failed`), SMOKE_WORDS));
      continue;
    }
    const start = monotonicMs();
    let verdict: Verdict;
    let exit: ExitCode = FOUNDATION.get(check.name) ?? 1;
    try {
      signal.throwIfAborted();
      verdict = await check.run(facts, tools);
    } catch (thrown) {
      const failure = errorOf(thrown);
      if (failure.code === 'INTERRUPTED' || failure.code === 'TERMINATED') throw failure;
      if (stopsWalk(check.name, failure)) {
        error ??= failure;
        exit = check.name === 'resolve' ? failure.exitCode : worstExit([exit, failure.exitCode]);
      }
      verdict = {
        status: 'fail',
        message: redactText(failure.message),
        ...(failure.hint === undefined ? {} : { hint: failure.hint }),
        details: { code: failure.code, ...safeDetails(failure.details) },
      };
    }
    facts = { ...facts, ...verdict.facts };
    if (verdict.status === 'fail') {
      stopped.set(check.name, check.name);
      if (signal.aborted) outOfTime = check.name;
    }
    const elapsed = Math.round((monotonicMs() - start) * 1000) / 1000;
    done.push({ ...checkDocument(check.name, { exit, ...verdict }, SMOKE_WORDS), elapsed_ms: elapsed });
  }
  return { checks: done, facts, error };
}
