// Turns what Python saved of a KernelCenterer into its value.
import type { KernelCenterer } from '../../estimators/preprocessing/kernel-centerer.js';
import type { Attributes } from '../attributes.js';

export function readKernelCenterer(attributes: Attributes): KernelCenterer {
  const rows = attributes.get('K_fit_rows_').vector();
  return {
    ...attributes.fitted('KernelCenterer', rows.length),
    K_fit_rows_: rows,
    K_fit_all_: attributes.get('K_fit_all_').number(),
  };
}
