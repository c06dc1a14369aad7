// Turns every class of sklearn.covariance into how it is evaluated.
import type { Rows } from '../evaluator.js';
import {
  type EllipticEnvelope,
  envelopeDecisions,
  envelopeScores,
  predictEllipticEnvelope,
} from './elliptic-envelope.js';

export const COVARIANCE = {
  EllipticEnvelope: {
    role: 'outlier detector',
    predict: predictEllipticEnvelope,
    decision_function: envelopeDecisions,
    score_samples: envelopeScores,
  },
} satisfies Rows<EllipticEnvelope>;
