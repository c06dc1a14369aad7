// Judges whether who holds the key signed these files, under this name, this version and this run.
import { SIGNATURE_FILES, SIGNATURE_TAG } from '../../signing/signature-names.js';
import { type AuditLine, evidence } from '../audit-line.js';

export const signature: AuditLine = {
  id: 'signature',
  judge({ signature: { there, verdict }, standing: { version } }) {
    const tag = version?.tags.has(SIGNATURE_TAG) === true;
    if (verdict === null) {
      if (!there && tag)
        return {
          verdict: 'refuted',
          message: `tag ${SIGNATURE_TAG} of the version says that it was signed, but the signature is gone`,
          hint: 'find out who removed it, or sign it again: mlctl sign URI --key FILE',
          evidence: [evidence('signature', 'artifacts of the run', null)],
        };
      return there
        ? {
            verdict: 'recorded',
            message: 'it is signed, but no public key was given, so nobody knows by whom',
            hint: 'name the key of who is trusted to sign: mlctl audit URI --public-key FILE',
            evidence: [evidence('signature', SIGNATURE_FILES.signature, 'is there')],
          }
        : {
            verdict: 'unknown',
            message: 'it is not signed',
            hint: 'sign it: mlctl sign URI --key FILE',
            evidence: [],
          };
    }
    const failed = verdict.parts.filter(({ status }) => status === 'fail');
    const rests = [
      evidence('public key', 'the one that was given', `sha256:${verdict.key}`),
      ...verdict.parts.map(({ part, status, message }) => evidence(part.replace('_', ' '), status, message)),
    ];
    const details = { root: verdict.root, bound: verdict.bound };
    if (failed.length > 0)
      return {
        verdict: 'refuted',
        message: failed.map(({ message }) => message).join('; '),
        hint: 'do not use these files; ask who signed the model',
        evidence: rests,
        details,
      };
    return {
      verdict: 'proven',
      message: verdict.parts
        .filter(({ status }) => status === 'pass')
        .map(({ message }) => message)
        .join('; '),
      evidence: rests,
      details,
    };
  },
};
