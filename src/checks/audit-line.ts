// A line of an audit as a value: its id, and a function from what is known to a verdict, with what the verdict rests on.
import type { AuditLineId, AuditVerdict, EvidenceDocument } from '../documents/audit.js';
import type { AuditFacts } from './audit-facts.js';

type Details = Readonly<Record<string, unknown>>;

export interface Judgement {
  readonly verdict: AuditVerdict;
  readonly message: string;
  readonly evidence: readonly EvidenceDocument[];
  /** What to type to know more. */
  readonly hint?: string;
  readonly details?: Details;
}

export interface AuditLine {
  readonly id: AuditLineId;
  judge(facts: AuditFacts): Judgement;
}

export const evidence = (what: string, where: string, value: EvidenceDocument['value']): EvidenceDocument => ({
  what,
  where,
  value,
});

/** Why a line that needs the files of the package says nothing: what kept the check from running. */
export function notReached(facts: AuditFacts, check: 'golden' | 'rescore' | 'load' | 'package'): string | null {
  const found = facts.checks.get(check);
  return found === undefined || (found.status === 'skip' && found.message.startsWith('not reached:'))
    ? (found?.message ?? 'the files were not read')
    : null;
}
