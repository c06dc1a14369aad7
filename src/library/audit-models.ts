// The verbs that say what of a model is proven, as functions of a program: what the command does, with the document that `--json` prints.
import type { AuditAllDocument, AuditDocument } from '../documents/audit.js';
import { worldOfProcess } from '../env.js';
import type { AuditRequest } from '../operations/audit.js';
import type { AuditAllRequest } from '../operations/audit-all.js';
import type { WorldOptions } from './types.js';

/**
 * What is claimed of a model, line by line: proven, recorded, unknown, or refuted if it was tested and is false.
 *
 * @example
 * const { lines } = await audit({ uri: 'models:/iris_clf@champion' });
 * console.log(lines.filter(({ ok }) => !ok).map(({ message }) => message));
 */
export async function audit(request: AuditRequest = {}, options: WorldOptions = {}): Promise<AuditDocument> {
  const { auditModel } = await import('../operations/audit.js');
  return auditModel(worldOfProcess(options), request);
}

/**
 * Audits every version that a stage or an alias points to.
 *
 * @example
 * const { versions } = await auditAll();
 * console.log(versions.filter(({ ok }) => !ok).map(({ uri }) => uri));
 */
export async function auditAll(request: AuditAllRequest = {}, options: WorldOptions = {}): Promise<AuditAllDocument> {
  const { auditAll: walk } = await import('../operations/audit-all.js');
  return walk(worldOfProcess(options), request);
}
