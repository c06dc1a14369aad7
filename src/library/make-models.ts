// The verbs that make models, as functions of a program: what the commands do, with the document that `--json` prints.
import type { LoggedDocument } from '../documents/logged.js';
import { worldOfProcess } from '../env.js';
import type { ConvertDocument, ConvertRequest } from '../operations/convert.js';
import type { InitDocument, InitRequest } from '../operations/init.js';
import type { LogRequest } from '../operations/log.js';
import type { TrainRequest } from '../operations/train.js';
import type { WorldOptions } from './types.js';

/**
 * Trains a recipe, and logs and registers the model.
 *
 * @example
 * const { run_id, registered } = await train({ recipe: 'recipe.yaml', register: 'iris_clf' });
 */
export async function train(request: TrainRequest = {}, options: WorldOptions = {}): Promise<LoggedDocument> {
  const { trainModel } = await import('../operations/train.js');
  return trainModel(worldOfProcess(options), request);
}

/**
 * Logs a model that exists: an ONNX file or the folder of a package.
 *
 * @example
 * await log({ path: 'model.onnx', inputExample: 'rows.csv' });
 */
export async function log(request: LogRequest, options: WorldOptions = {}): Promise<LoggedDocument> {
  const { logExisting } = await import('../operations/log.js');
  return logExisting(worldOfProcess(options), request);
}

/**
 * Proposes a recipe for a file of data.
 *
 * @example
 * const { recipe } = await init({ data: 'customers.csv', target: 'churned' });
 */
export async function init(request: InitRequest = {}, options: WorldOptions = {}): Promise<InitDocument> {
  const { initRecipe } = await import('../operations/init.js');
  return initRecipe(worldOfProcess(options), request);
}

/**
 * Writes a model of any flavor that mlctl reads as an ONNX package, verified before it is kept.
 *
 * @example
 * await convert({ uri: 'models:/churn/3', out: 'churn-onnx' });
 */
export async function convert(request: ConvertRequest, options: WorldOptions = {}): Promise<ConvertDocument> {
  const { convertToOnnx } = await import('../operations/convert.js');
  return convertToOnnx(worldOfProcess(options), request);
}
