// Turns a lineage that was changed into the judgement of every line that would rest on it.
import type { AuditFacts } from '../audit-facts.js';
import type { Judgement } from '../audit-line.js';

/** Null if the lineage is the one that was recorded, or if there is none. */
export const lineageChanged = ({ lineage }: AuditFacts): Judgement | null =>
  lineage === null || lineage.fault === null
    ? null
    : {
        verdict: 'unknown',
        message: 'the lineage of the run was changed after it ended, so nothing rests on it',
        hint: 'see the line record',
        evidence: [],
      };
