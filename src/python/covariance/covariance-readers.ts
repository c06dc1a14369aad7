// Turns every class of sklearn.covariance into how it is read from what Python saved.
import type { COVARIANCE } from '../../estimators/covariance/table.js';
import { inverseOf } from '../../estimators/linear-algebra/inverse.js';
import type { ReadersOf } from '../reader.js';

export const COVARIANCE_READERS = {
  EllipticEnvelope: {
    modules: ['sklearn.covariance._elliptic_envelope'],
    read: (attributes) => {
      const location_ = attributes.get('location_').vector();
      const width = location_.length;
      const precision = attributes.maybe('precision_')?.matrix(width, width).values;
      const covariance = attributes.get('covariance_');
      return {
        ...attributes.fitted('EllipticEnvelope', width),
        location_,
        // without `store_precision` scikit-learn inverts the covariance each time
        precision:
          precision ??
          inverseOf(covariance.matrix(width, width).values, width) ??
          covariance.fail('a covariance that has an inverse'),
        offset_: attributes.get('offset_').number(),
      };
    },
  },
} satisfies ReadersOf<typeof COVARIANCE>;
