// Turns a run id, or the beginning of one, into its run. A beginning that several runs have is refused with their ids.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { pagedAll } from '../tracking/paged.js';
import type { Run, TrackingStore } from '../tracking/tracking-store.js';

/** Shorter ones would mean something else tomorrow. */
const BEGINNING = /^[0-9a-f]{4,31}$/;
const MOST_SHOWN = 5;

/** null if there is none. Throws RUN_AMBIGUOUS. */
export async function findRun(tracking: TrackingStore, id: string): Promise<Run | null> {
  const exact = await tracking.getRun(id);
  if (exact !== null || !BEGINNING.test(id)) return exact;
  const experiments = await pagedAll('experiments', (page) => tracking.searchExperiments(page));
  if (experiments.length === 0) return null;
  const { items } = await tracking.searchRuns({
    experimentIds: experiments.map((one) => one.experimentId),
    filter: `attributes.run_id LIKE '${id}%'`,
    maxResults: MOST_SHOWN + 1,
  });
  const found = items.filter(({ runId }) => runId.startsWith(id));
  if (found.length < 2) return found[0] ?? null;
  const shown = found.slice(0, MOST_SHOWN).map(({ runId, runName }) => `${runId} (${printable(runName, 40)})`);
  throw new MlctlError(
    'RUN_AMBIGUOUS',
    `several runs of ${printable(tracking.uri)} begin with "${id}": ${shown.join(', ')}${found.length > MOST_SHOWN ? ' …' : ''}`,
    {
      hint: 'type more of the id',
      details: { beginning: id, candidates: found.slice(0, MOST_SHOWN).map(({ runId }) => runId) },
    },
  );
}

/** As findRun, but a run that is not there is an error. `more` ends its message. */
export async function requireRun(tracking: TrackingStore, id: string, more = ''): Promise<Run> {
  const run = await findRun(tracking, id);
  if (run !== null) return run;
  throw new MlctlError('RUN_NOT_FOUND', `${printable(tracking.uri)} has no run "${printable(id, 80)}"${more}`, {
    hint: 'see `mlctl runs`; check MLFLOW_TRACKING_URI if the run is elsewhere',
    details: { run_id: printable(id, 100), tracking_uri: printable(tracking.uri) },
  });
}
