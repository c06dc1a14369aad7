// Turns a run id into the run that may be written to.
import { MlctlError } from '../../errors/error.js';
import type { Sqlite } from './driver.js';
import { integer } from './rows.js';

export function activeRun(sqlite: Sqlite, runId: string): { readonly experimentId: number } {
  const row = sqlite.first('SELECT experiment_id, lifecycle_stage FROM runs WHERE run_uuid = ?', runId);
  if (row === null || row['lifecycle_stage'] !== 'active')
    throw new MlctlError(
      'RUN_NOT_FOUND',
      `there is no run ${runId}${row === null ? '' : ' any more: it was deleted'}`,
      { hint: 'list what there is: mlctl runs' },
    );
  return { experimentId: integer(row['experiment_id']) };
}
