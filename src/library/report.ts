// Turns a model into its report: what the command does, as a function of a program.
import { worldOfProcess } from '../env.js';
import type { ReportDocument, ReportRequest } from '../operations/report.js';
import { type StreamOptions, streamsOf } from './streams-of.js';

/**
 * Writes the model card: one HTML file that stands alone, with the contract, lineage, metrics, pictures and checks of a model.
 *
 * @example
 * const { failed } = await report({ uri: 'models:/iris_clf/1', out: 'iris_clf-1.html' });
 */
export async function report(request: ReportRequest, options: StreamOptions = {}): Promise<ReportDocument> {
  const { reportModel } = await import('../operations/report.js');
  return reportModel(worldOfProcess(options), request, streamsOf(options, { input: '', output: request.out }));
}
