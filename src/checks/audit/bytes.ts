// Judges whether the files are the ones that were logged: their digest now, and the digests that the stores recorded.

import { PACKAGE_DIGEST_TAG } from '../../loader/recorded-digest.js';
import { disagreeingDigests } from '../../loader/standing.js';
import { printable } from '../../text/printable.js';
import { type AuditLine, evidence } from '../audit-line.js';

export const bytes: AuditLine = {
  id: 'bytes',
  judge({ checks, standing }) {
    const { version, model, run, runSpeaks } = standing;
    const records = (
      [
        [`version ${version?.version} of ${printable(version?.name ?? '', 120)}`, version?.tags],
        [`logged model ${printable(model?.modelId ?? '', 80)}`, model?.tags],
        [`run ${printable(run?.runId ?? '', 80)}`, runSpeaks ? run?.tags : undefined],
      ] as const
    ).flatMap(([who, tags]) => {
      const digest = tags?.get(PACKAGE_DIGEST_TAG);
      return digest === undefined
        ? []
        : [evidence('package digest', `tag ${PACKAGE_DIGEST_TAG} of ${who}`, printable(digest, 100))];
    });
    const check = checks.get('integrity');
    const found = check?.details.found;
    const now = typeof found === 'string' ? [evidence('package digest', 'computed now', found)] : [];
    const rests = [...now, ...records];
    if (check?.status === 'fail')
      return {
        verdict: 'refuted',
        message: check.message,
        hint: check.hint ?? 'do not use these files; log the model again from a source you trust',
        evidence: rests,
        details: check.details,
      };
    const files = Number(check?.details.files ?? 0);
    if (records.length === 0)
      return {
        verdict: 'unknown',
        message: `nobody recorded a digest when the model was logged, so its ${files} files cannot be compared with anything`,
        hint: 'log the model again with mlctl log, which records the digest',
        evidence: rests,
      };
    const disagreeing = disagreeingDigests(standing);
    if (disagreeing.length > 0)
      return {
        verdict: 'refuted',
        message: `the records of the digest do not agree: ${disagreeing.join('; ')}`,
        hint: 'find out who changed a tag, or log the model again',
        evidence: rests,
      };
    return {
      verdict: 'proven',
      message: `${files} files have the digest that ${records.length === 1 ? 'was' : `${records.length} places have`} recorded when the model was logged`,
      evidence: rests,
    };
  },
};
