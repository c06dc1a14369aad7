// The verbs that look at a model and its data, as functions of a program: what the commands do, with the document that `--json` prints.
import type { DoctorRequest } from '../checks/doctor/request.js';
import type { SmokeDocument } from '../documents/smoke.js';
import { worldOfProcess } from '../env.js';
import type { DoctorDocument } from '../operations/doctor.js';
import type { LoadDocument, LoadRequest } from '../operations/load.js';
import type { SmokeRequest } from '../operations/smoke.js';
import type { ValidateDocument, ValidateRequest } from '../operations/validate.js';
import { type StreamOptions, streamsOf } from './streams-of.js';
import type { WorldOptions } from './types.js';

/**
 * Checks a model as before a deployment. A check that fails is in the document; `smokeExitCode` sums it up.
 *
 * @example
 * const verdict = await smoke({ uri: 'models:/iris_clf@champion' });
 * if (smokeExitCode(verdict) !== 0) console.error(verdict.checks.filter(({ status }) => status === 'fail'));
 */
export async function smoke(request: SmokeRequest = {}, options: WorldOptions = {}): Promise<SmokeDocument> {
  const { smokeModel } = await import('../operations/smoke.js');
  return smokeModel(worldOfProcess(options), request);
}

/**
 * What `mlctl load` says of a model: where it is, what it takes, who made it. To predict with it, use `load`.
 *
 * @example
 * const { signature, lineage } = await describe({ uri: 'models:/iris_clf/1' });
 */
export async function describe(request: LoadRequest = {}, options: WorldOptions = {}): Promise<LoadDocument> {
  const { loadModel } = await import('../operations/load.js');
  return loadModel(worldOfProcess(options), request);
}

/**
 * Checks a file of rows against a signature without running the model. For rows of a program, use `model.check`.
 *
 * @example
 * const { valid, groups } = await validate({ uri: 'models:/iris_clf/1', input: 'rows.csv' });
 */
export async function validate(request: ValidateRequest, options: StreamOptions = {}): Promise<ValidateDocument> {
  const { validate: validateRows } = await import('../operations/validate.js');
  return validateRows(worldOfProcess(options), request, streamsOf(options, request));
}

/**
 * Checks the settings and the stores of this machine.
 *
 * @example
 * const { checks } = await doctor();
 */
export async function doctor(request: DoctorRequest = {}, options: WorldOptions = {}): Promise<DoctorDocument> {
  const { doctor: examine } = await import('../operations/doctor.js');
  return examine(worldOfProcess(options), request);
}
