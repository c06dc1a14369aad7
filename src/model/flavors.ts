// Turns the flavors of an MLmodel into the one that the package is opened by, and the file that it names.
import { safePath } from '../uri/safe-join.js';
import type { MlModel } from './types.js';

/** The flavors with files of their own, the preferred first, and the keys under which MLmodel names the file. */
const FILE_KEYS = {
  onnx: ['data'],
  sklearn: ['pickled_model', 'data'],
  xgboost: ['data'],
  lightgbm: ['data'],
  catboost: ['data'],
} as const;

export type KnownFlavor = keyof typeof FILE_KEYS;

const KNOWN = Object.keys(FILE_KEYS) as readonly KnownFlavor[];
const OTHER_KEYS = ['data', 'model_data', 'model_path', 'python_model'] as const;

/** A name in MLmodel, as one of those known here. */
export const knownFlavor = (name: string): KnownFlavor | null => KNOWN.find((known) => known === name) ?? null;

/** The flavor to open a package by: `python_function` only if there is no other. */
export function flavorOf({ flavors }: MlModel): string {
  return (
    KNOWN.find((name) => flavors.has(name)) ??
    [...flavors.keys()].find((name) => name !== 'python_function') ??
    'python_function'
  );
}

/** Path of the file in the package; null if the flavor does not name one. */
export function payloadOf({ flavors }: MlModel, flavor: string): string | null {
  const known = knownFlavor(flavor);
  const facts = flavors.get(flavor);
  for (const key of known === null ? OTHER_KEYS : FILE_KEYS[known]) {
    const value = facts?.get(key);
    if (typeof value === 'string') return safePath(value);
  }
  return null;
}
