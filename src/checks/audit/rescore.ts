// Judges whether scoring the evaluation rows of the run again gives the metrics that it logged.
import type { AuditLine } from '../audit-line.js';
import { ofCheck } from './of-check.js';

export const rescore: AuditLine = {
  id: 'rescore',
  judge: (facts) => ofCheck(facts, 'rescore', 'evaluation rows', 'evaluation/X_te.csv and y_te.csv of the run'),
};
