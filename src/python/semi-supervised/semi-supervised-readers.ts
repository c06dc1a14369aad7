// Turns every class of sklearn.semi_supervised into how it is read from what Python saved.
import type { SEMI_SUPERVISED } from '../../estimators/semi-supervised/table.js';
import type { ReadersOf } from '../reader.js';

export const SEMI_SUPERVISED_READERS = {} satisfies ReadersOf<typeof SEMI_SUPERVISED>;
