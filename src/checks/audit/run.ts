// Judges whether the run that made the model finished, and whether anything besides the run itself says so.
import { isoTime } from '../../documents/json-values.js';
import { exactTime } from '../../text/exact-time.js';
import { printable } from '../../text/printable.js';
import { type AuditLine, evidence } from '../audit-line.js';

export const run: AuditLine = {
  id: 'run',
  judge({ standing, lineage }) {
    const { run: found, runId } = standing;
    if (runId === null)
      return {
        verdict: 'unknown',
        message: 'nothing says which run made the model',
        hint: 'audit it by its run or its version: mlctl audit runs:/RUN/model',
        evidence: [],
      };
    const shown = `run ${printable(runId, 80)}`;
    if (found === undefined)
      return {
        verdict: 'unknown',
        message: `the store of ${shown} could not be asked`,
        hint: 'set MLFLOW_TRACKING_URI to the server that has the run; mlctl doctor shows what is wrong',
        evidence: [],
      };
    if (found === null)
      return {
        verdict: 'refuted',
        message: `the ${shown} that made the model is deleted or was never in this store`,
        hint: 'set MLFLOW_TRACKING_URI to the store that has the run',
        evidence: [evidence('run', 'tracking store', null)],
      };
    const rests = [
      evidence('status', shown, printable(found.status, 40)),
      evidence('ended', shown, isoTime(found.endTime)),
      evidence('lifecycle stage', shown, printable(found.lifecycleStage, 40)),
    ];
    const refuted = (message: string) =>
      ({
        verdict: 'refuted',
        message,
        hint: 'train again; mlctl runs shows how each run ended',
        evidence: rests,
      }) as const;
    if (found.lifecycleStage === 'deleted') return refuted(`${shown} is deleted`);
    if (found.status !== 'FINISHED') return refuted(`${shown} is ${printable(found.status, 40)}, not FINISHED`);
    const ended = timeOf(found.endTime);
    if (found.endTime !== null && found.endTime < found.startTime)
      return refuted(`${shown} ended at ${ended}, before it started at ${timeOf(found.startTime)}`);
    const worked = lineage?.lineage.ended ?? null;
    if (worked === null || found.endTime === null || lineage?.fault || lineage?.from !== 'artifact')
      return {
        verdict: 'recorded',
        message: `${shown} is FINISHED${ended === null ? '' : `; it ended at ${ended}`}`,
        hint: 'runs that mlctl makes keep their own times outside of the run',
        evidence: rests,
      };
    const sealed = [
      ...rests,
      evidence('end of the work', `artifact ${lineage.file ?? 'lineage.json'} of the run`, worked),
    ];
    if (Date.parse(worked) > found.endTime + SLACK_MS)
      return {
        ...refuted(
          `${shown} ended at ${ended}, but by its lineage the work was done at ${exactTime(printable(worked, 40))}`,
        ),
        evidence: sealed,
      };
    return {
      verdict: 'proven',
      message: `${shown} is FINISHED; it ended at ${ended}, after the work that its lineage recorded`,
      evidence: sealed,
    };
  },
};

const timeOf = (ms: number | null): string | null => {
  const iso = isoTime(ms);
  return iso && exactTime(iso);
};

/** Stores keep whole milliseconds, and clocks are set. */
const SLACK_MS = 1000;
