// Turns an audit into its exit code: 1 if a line is refuted or the bundle was changed.
import type { AuditDocument } from '../documents/audit.js';

/**
 * What `mlctl audit` would exit with: 1 if something that was tested is false.
 *
 * @example
 * process.exitCode = auditExitCode(await audit({ uri: 'models:/iris_clf@champion' }));
 */
export const auditExitCode = ({ lines, bundle }: Pick<AuditDocument, 'lines' | 'bundle'>): 0 | 1 =>
  lines.every(({ ok }) => ok) && (bundle?.problems.length ?? 0) === 0 ? 0 : 1;
