// Judges whether training again gave the same model, if the audit was asked to do that.
import { listed } from '../../text/listed.js';
import { type AuditLine, evidence } from '../audit-line.js';

const PARTS = ['payload', 'predictions', 'metrics'] as const;

export const reproduction: AuditLine = {
  id: 'reproduction',
  judge({ seen: { reproduction: found } }) {
    if (found === null)
      return {
        verdict: 'unknown',
        message: 'it was not trained again',
        hint: 'train it again from its recipe and data: mlctl audit URI --reproduce',
        evidence: [],
      };
    if (found.why !== null)
      return { verdict: 'unknown', message: found.why, hint: 'see mlctl reproduce', evidence: [] };
    const known = PARTS.filter((part) => found.identical[part] !== null);
    const again = found.trained ? 'training again' : 'replaying';
    const rests = known.map((part) =>
      evidence(
        part,
        found.trained ? 'trained again now' : 'replayed now',
        found.identical[part] === true ? 'identical' : 'different',
      ),
    );
    const different = known.filter((part) => found.identical[part] === false);
    if (different.length > 0 || found.differences.length > 0)
      return {
        verdict: 'refuted',
        message: `${again} gave other ${different.length === 0 ? 'results' : listed(different)}${found.differences.length === 0 ? '' : `: ${found.differences.join('; ')}`}`,
        hint: 'see mlctl reproduce for what differs and why',
        evidence: rests,
        details: { differences: found.differences },
      };
    if (known.length === 0)
      return {
        verdict: 'unknown',
        message: 'there was nothing to compare with',
        hint: 'see mlctl reproduce',
        evidence: rests,
      };
    return {
      verdict: 'proven',
      message: `${again} gave the same ${listed(known)}${found.identical.payload === null ? '; the model file cannot be made again' : ''}`,
      evidence: rests,
    };
  },
};
