// The verb that trains a model again, as a function of a program: what the command does, with the document that `--json` prints.
import { worldOfProcess } from '../env.js';
import type { ReproduceRequest } from '../operations/reproduce.js';
import type { ReproduceDocument } from '../reproduction/types.js';
import type { WorldOptions } from './types.js';

/**
 * Trains the model of a run again from its recorded recipe and data, logs nothing, and compares bytes, predictions and metrics.
 *
 * @example
 * const { ok, identical, differences } = await reproduce({ uri: 'models:/iris_clf/1' });
 */
export async function reproduce(
  request: ReproduceRequest = {},
  options: WorldOptions = {},
): Promise<ReproduceDocument> {
  const { reproduce: make } = await import('../operations/reproduce.js');
  return make(worldOfProcess(options), request);
}
