// Turns the input example of a package into the text of a scoring request: from the file that MLflow keeps for this, else from the
// example itself.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import type { ModelPackage } from './read-package.js';

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: false }).decode(bytes);

/** Null if the model was logged without one. Throws LIMIT_EXCEEDED. */
export function exampleRequest({ model, digest }: Pick<ModelPackage, 'model' | 'digest'>): string | null {
  const { inputExample } = model;
  if (inputExample === null) return null;
  const bytesOf = (path: string): Uint8Array => {
    const bytes = digest.bytes.get(path);
    if (bytes) return bytes;
    throw new MlctlError('LIMIT_EXCEEDED', `the input example "${printable(path, 120)}" is larger than mlctl reads`, {
      hint: 'an input example should be a few rows; log the model again with a smaller one',
    });
  };
  if (inputExample.servingPath !== null) return decode(bytesOf(inputExample.servingPath));
  const text = decode(bytesOf(inputExample.path));
  if (inputExample.type === 'dataframe')
    return `{"dataframe_${inputExample.orient === 'records' ? 'records' : 'split'}": ${text}}`;
  return `{"inputs": ${text}}`;
}
