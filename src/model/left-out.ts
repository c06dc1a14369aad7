// The columns that a model was trained without, remembered in `metadata` of MLmodel: those that were dropped, and the target.
import type { MlModel } from './types.js';

export const LEFT_OUT = 'mlctl_left_out';

export function leftOutOf({ metadata }: Pick<MlModel, 'metadata'>): readonly string[] {
  const names = metadata?.get(LEFT_OUT);
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
}
