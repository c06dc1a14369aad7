// Turns every class of sklearn.dummy into how it is read from what Python saved.
import type { DUMMY } from '../../estimators/dummy/table.js';
import type { ReadersOf } from '../reader.js';

export const DUMMY_READERS = {} satisfies ReadersOf<typeof DUMMY>;
