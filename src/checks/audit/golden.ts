// Judges whether the model gives the predictions that were recorded when it was logged.
import type { AuditLine } from '../audit-line.js';
import { ofCheck } from './of-check.js';

export const golden: AuditLine = {
  id: 'golden',
  judge: (facts) => ofCheck(facts, 'golden', 'recorded predictions', 'golden_predictions.json of the package'),
};
