// Turns every class of sklearn.kernel_approximation, kernel_ridge and random_projection into how it is read from what Python saved.
import type { KERNEL_APPROXIMATION } from '../../estimators/kernel-approximation/table.js';
import type { ReadersOf } from '../reader.js';

export const KERNEL_APPROXIMATION_READERS = {} satisfies ReadersOf<typeof KERNEL_APPROXIMATION>;
