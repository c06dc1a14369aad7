// Turns the run of a source into the evaluation that it kept.
import type { Evaluation } from '../../loader/evaluation.js';
import { evaluationIn } from '../../loader/read-evaluation.js';
import type { AuditSource } from '../audit-facts.js';

export async function evaluationOf(source: Pick<AuditSource, 'standing' | 'runFiles'>): Promise<Evaluation> {
  const { run, runId } = await source.standing();
  if (runId === null) return { missing: 'the URI leads to no run whose evaluation rows could be scored again' };
  const files = await source.runFiles();
  if (!run || files === null) return { missing: 'the run that made the model is gone' };
  return evaluationIn(files, run);
}
