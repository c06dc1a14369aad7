// `diff` as a function of a program: what the command does, with the document that `--json` prints.
import type { DiffDocument } from '../documents/diff.js';
import { worldOfProcess } from '../env.js';
import type { DiffRequest } from '../operations/diff.js';
import type { WorldOptions } from './types.js';

/**
 * How two models differ: contract, answers to the same rows, metrics, params, lineage, parts, files.
 *
 * @example
 * const { same, contract } = await diff({ a: 'models:/iris_clf@champion', b: 'models:/iris_clf/latest' });
 */
export async function diff(request: DiffRequest, options: WorldOptions = {}): Promise<DiffDocument> {
  const { diffModels } = await import('../operations/diff.js');
  return diffModels(worldOfProcess(options), request);
}
