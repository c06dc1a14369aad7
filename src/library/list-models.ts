// The verbs that list, and the one that predicts a file, as functions of a program: what the commands do, with the document that
// `--json` prints.
import { worldOfProcess } from '../env.js';
import type { ArtifactsDocument, ArtifactsRequest } from '../operations/artifacts.js';
import type { ModelsDocument, ModelsRequest } from '../operations/models.js';
import type { PredictDocument, PredictRequest } from '../operations/predict.js';
import type { RunsDocument, RunsRequest } from '../operations/runs.js';
import { type StreamOptions, streamsOf } from './streams-of.js';
import type { WorldOptions } from './types.js';

/**
 * The registered models and their versions.
 *
 * @example
 * const { models: found } = await models();
 */
export async function models(request: ModelsRequest = {}, options: WorldOptions = {}): Promise<ModelsDocument> {
  const { listModels } = await import('../operations/models.js');
  return listModels(worldOfProcess(options), request);
}

/**
 * The runs of an experiment.
 *
 * @example
 * const { runs: found } = await runs({ experiment: '03-models-pyfunc' });
 */
export async function runs(request: RunsRequest = {}, options: WorldOptions = {}): Promise<RunsDocument> {
  const { listRuns } = await import('../operations/runs.js');
  return listRuns(worldOfProcess(options), request);
}

/**
 * The files of a run, and copies of them if asked.
 *
 * @example
 * await artifacts({ runId: run_id, download: 'files' });
 */
export async function artifacts(request: ArtifactsRequest, options: WorldOptions = {}): Promise<ArtifactsDocument> {
  const { listArtifacts } = await import('../operations/artifacts.js');
  return listArtifacts(worldOfProcess(options), request);
}

/**
 * Predicts a file of any size into another. For rows of a program, use `model.predict`.
 *
 * @example
 * const { rows } = await predict({ uri: 'models:/iris_clf/1', input: 'rows.parquet', output: 'answers.parquet' });
 */
export async function predict(request: PredictRequest, options: StreamOptions = {}): Promise<PredictDocument> {
  const { predict: predictFile } = await import('../operations/predict.js');
  return predictFile(worldOfProcess(options), request, streamsOf(options, request));
}
