// Judges whether the registry's version, its logged model, its run and MLmodel all name one another.
import { printable } from '../../text/printable.js';
import { type AuditLine, evidence, type Judgement } from '../audit-line.js';

const asked = (kind: string): boolean => kind === 'path' || kind === 'artifact';

export const registry: AuditLine = {
  id: 'registry',
  judge({ checks, standing, resolved }) {
    const { version, model, modelId } = standing;
    if (version === null)
      return {
        verdict: 'unknown',
        message: `${asked(resolved.kind) ? 'a folder of files' : 'this URI'} does not name a version of the registry`,
        hint: 'audit the version that is used: mlctl audit models:/NAME/VERSION',
        evidence: [],
      };
    const shown = `version ${version.version} of ${printable(version.name, 120)}`;
    const rests = [
      evidence('status', shown, printable(version.status, 60)),
      evidence('source', shown, printable(resolved.location, 300)),
      evidence('run', shown, version.runId === null ? null : printable(version.runId, 80)),
      ...(modelId === null
        ? []
        : [
            evidence('status', `logged model ${printable(modelId, 80)}`, model ? model.status : null),
            evidence('run', `logged model ${printable(modelId, 80)}`, model?.sourceRunId ?? null),
          ]),
    ];
    const refuted = (message: string): Judgement => ({
      verdict: 'refuted',
      message,
      hint: 'register the model again from the run that made it: mlctl register runs:/RUN/model --name NAME',
      evidence: rests,
    });
    if (version.status !== '' && version.status !== 'READY')
      return refuted(`${shown} is ${printable(version.status, 60)}, so its registration never finished`);
    if (modelId !== null && model === null)
      return refuted(
        `the logged model ${printable(modelId, 80)} that it points to is deleted or was never in this store`,
      );
    if (model && model.status !== 'READY')
      return refuted(
        `the upload of ${printable(model.modelId, 80)} never finished (status ${printable(model.status, 60)})`,
      );
    if (model && model.sourceRunId !== null && version.runId !== null && model.sourceRunId !== version.runId)
      return refuted(
        `it names the run ${printable(version.runId, 80)}, but its logged model comes from ${printable(model.sourceRunId, 80)}`,
      );
    const { contradictions: named, false_origin: isFalse } = checks.get('package')?.details ?? {};
    if (Array.isArray(named)) {
      const message = `the store and MLmodel do not agree where the model comes from: ${named.join('; ')}`;
      return isFalse === true
        ? refuted(message)
        : { verdict: 'recorded', message, hint: 'it was copied from another server: audit it there', evidence: rests };
    }
    if (checks.get('package') === undefined || ['fail', 'skip'].includes(checks.get('package')?.status ?? 'skip'))
      return {
        verdict: 'recorded',
        message: `${shown} points to ${printable(resolved.location, 300)}; MLmodel was not read, so it cannot confirm that`,
        hint: 'see the line bytes',
        evidence: rests,
      };
    return {
      verdict: 'proven',
      message: `${shown} points to ${modelId === null ? 'files' : `the logged model ${printable(modelId, 80)}`} whose MLmodel names the same run`,
      evidence: rests,
    };
  },
};
