// Turns what the stores say about a model into reasons for doubt: how its run ended, whether its upload and its registration
// finished, and digests that do not agree.
import { printable } from '../text/printable.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import type { LoggedModel, Run } from '../tracking/tracking-store.js';
import { PACKAGE_DIGEST_TAG } from './recorded-digest.js';

/** `undefined`: the store could not be asked. */
export interface Standing {
  readonly version: ModelVersion | null;
  readonly model: LoggedModel | null | undefined;
  readonly modelId: string | null;
  readonly run: Run | null | undefined;
  readonly runId: string | null;
  /** Whether the digest tag of the run is about this model. */
  readonly runSpeaks: boolean;
}

/** A sentence for each. */
export function doubtsOf({ version, model, modelId, run, runId }: Standing): string[] {
  const doubts: string[] = [];
  if (version && version.status !== '' && version.status !== 'READY')
    doubts.push(`version ${version.version} of ${printable(version.name, 120)} is ${printable(version.status, 60)}`);
  if (modelId !== null && model === null)
    doubts.push(`the logged model ${printable(modelId, 80)} is deleted or was never in this store`);
  if (model && model.status !== 'READY')
    doubts.push(`the upload of ${printable(model.modelId, 80)} never finished (status ${printable(model.status, 60)})`);
  if (runId !== null && run === null)
    doubts.push(`the run ${printable(runId, 80)} that made the model is deleted or was never in this store`);
  if (run?.lifecycleStage === 'deleted') doubts.push(`the run ${run.runId} that made the model is deleted`);
  if (run?.status === 'FAILED' || run?.status === 'KILLED')
    doubts.push(`the run ${run.runId} that made the model ended as ${run.status}`);
  return doubts;
}

/** Who recorded which package digest, if they do not all agree; else nothing. */
export function disagreeingDigests({ version, model, run, runSpeaks }: Standing): string[] {
  const recorded = [
    ['the version', version?.tags],
    ['the logged model', model?.tags],
    ['the run', runSpeaks ? run?.tags : undefined],
  ] as const;
  const digests = recorded.flatMap(([who, tags]) => {
    const digest = tags?.get(PACKAGE_DIGEST_TAG);
    return digest === undefined ? [] : [{ who, digest }];
  });
  if (new Set(digests.map(({ digest }) => digest)).size < 2) return [];
  return digests.map(({ who, digest }) => `${who} ${printable(digest, 100)}`);
}
