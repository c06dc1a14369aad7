// The verbs of the registry, as functions of a program: what the commands do, with the document that `--json` prints.
import { worldOfProcess } from '../env.js';
import type { HistoryDocument, HistoryRequest } from '../operations/history.js';
import type { PromoteDocument, PromoteRequest } from '../operations/promote.js';
import type { RegisterDocument, RegisterRequest } from '../operations/register.js';
import type { RollbackDocument, RollbackRequest } from '../operations/rollback.js';
import type { WorldOptions } from './types.js';

/**
 * Registers a logged model as a new version.
 *
 * @example
 * const { version } = await register({ uri: `runs:/${run_id}/model`, name: 'iris_clf' });
 */
export async function register(request: RegisterRequest, options: WorldOptions = {}): Promise<RegisterDocument> {
  const { registerModel } = await import('../operations/register.js');
  return registerModel(worldOfProcess(options), request);
}

/**
 * Moves a version to a stage or an alias, after smoke has passed. `promoted` says whether it was moved.
 *
 * @example
 * const { promoted } = await promote({ name: 'iris_clf', version: 2, alias: 'champion' });
 */
export async function promote(request: PromoteRequest, options: WorldOptions = {}): Promise<PromoteDocument> {
  const { promoteModel } = await import('../operations/promote.js');
  return promoteModel(worldOfProcess(options), request);
}

/**
 * Moves a stage or an alias back to the version it had before.
 *
 * @example
 * await rollback({ name: 'iris_clf', alias: 'champion' });
 */
export async function rollback(request: RollbackRequest, options: WorldOptions = {}): Promise<RollbackDocument> {
  const { rollbackModel } = await import('../operations/rollback.js');
  return rollbackModel(worldOfProcess(options), request);
}

/**
 * Who moved which stage and alias, and when.
 *
 * @example
 * const { moves, aliases } = await history({ name: 'iris_clf' });
 */
export async function history(request: HistoryRequest, options: WorldOptions = {}): Promise<HistoryDocument> {
  const { modelHistory } = await import('../operations/history.js');
  return modelHistory(worldOfProcess(options), request);
}
