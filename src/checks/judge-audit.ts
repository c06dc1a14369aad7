// Turns the facts of an audit into its lines and their count. Nothing is asked or read here, so the same facts give the same lines.
import type { AuditCounts, AuditLineDocument, AuditVerdict } from '../documents/audit.js';
import { redactText } from '../text/redact.js';
import { safeDetails } from '../text/safe-details.js';
import type { AuditFacts } from './audit-facts.js';
import { AUDIT_LINES } from './audit-lines.js';

export function judgeAudit(facts: AuditFacts): readonly AuditLineDocument[] {
  return AUDIT_LINES.map(({ id, judge }) => {
    const { verdict, message, hint, evidence, details } = judge(facts);
    return {
      id,
      verdict,
      ok: verdict !== 'refuted',
      message: redactText(message),
      hint: verdict === 'proven' ? null : (hint ?? null),
      evidence: evidence.map(({ what, where, value }) => ({
        what,
        where: redactText(where),
        value: typeof value === 'string' ? redactText(value) : value,
      })),
      details: safeDetails(details ?? {}),
    };
  });
}

export function countsOf(lines: readonly AuditLineDocument[]): AuditCounts {
  const count = (verdict: AuditVerdict) => lines.filter((line) => line.verdict === verdict).length;
  return { proven: count('proven'), recorded: count('recorded'), unknown: count('unknown'), refuted: count('refuted') };
}
