// The signature of a model that has none: it takes any rows.
import type { Signature } from './types.js';

export const NO_SIGNATURE: Signature = { inputs: null, outputs: null, params: null };
