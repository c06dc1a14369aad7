// Turns what a check of smoke found into a judgement: it was done again just now, so a pass is a proof.
import type { CheckName } from '../../documents/check.js';
import type { AuditFacts } from '../audit-facts.js';
import { type AuditLine, evidence, notReached } from '../audit-line.js';

/** The model is not at fault if this mlctl cannot run it. */
const CANNOT_RUN: ReadonlySet<unknown> = new Set(['MODEL_UNSUPPORTED', 'RUNTIME_MISSING']);

/** The checks that both need: one that failed says why nothing was done again. */
const NEEDED: readonly CheckName[] = ['integrity', 'package', 'load', 'predict'];

export function ofCheck(
  facts: AuditFacts,
  name: 'golden' | 'rescore',
  what: string,
  where: string,
): ReturnType<AuditLine['judge']> {
  const check = facts.checks.get(name);
  const reason = notReached(facts, name);
  if (check === undefined || reason !== null) {
    const stopped = NEEDED.map((one) => facts.checks.get(one)).find((one) => one?.status === 'fail');
    if (stopped === undefined || stopped.name === 'integrity' || CANNOT_RUN.has(stopped.details.code))
      return {
        verdict: 'unknown',
        message:
          stopped?.name === 'integrity'
            ? 'the files are not the ones that were logged, so the model was not run'
            : (stopped?.message ?? reason ?? 'it was not done'),
        hint: stopped?.name === 'integrity' ? 'see the line bytes' : (stopped?.hint ?? 'see mlctl smoke'),
        evidence: [],
      };
    return {
      verdict: 'refuted',
      message: `the model does not run: ${stopped.message}`,
      hint: stopped.hint ?? 'log the model again',
      evidence: [],
      details: stopped.details,
    };
  }
  const rests = [evidence(what, where, check.status === 'skip' ? null : 'compared with what the model answers now')];
  switch (check.status) {
    case 'pass':
      return { verdict: 'proven', message: check.message, evidence: rests, details: check.details };
    case 'skip':
      return {
        verdict: 'unknown',
        message: check.message,
        hint: 'log the model again with an input example: mlctl log PATH --input-example FILE',
        evidence: [],
      };
    default:
      return {
        verdict: 'refuted',
        message: check.message,
        hint: check.hint ?? 'see mlctl smoke',
        evidence: rests,
        details: check.details,
      };
  }
}
