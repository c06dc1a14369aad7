// Turns the bytes of the package, and the digests recorded outside of it, into whether they agree, before anything is parsed.
import { digestPackage } from '../../model/digest-package.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const integrity: SmokeCheck = {
  name: 'integrity',
  needs: ['resolve'],
  async run({ found }, tools) {
    const { folder, recorded, verified, verify, refused, disagreeing } = known(found);
    if (refused) throw refused;
    const digest = await digestPackage(folder);
    // A matching digest does not make a model safe. Only a model that ran here within limits may run in this process.
    const trusted = tools.isKnown(digest.package);
    const details = {
      found: digest.package,
      files: digest.files.length,
      recorded_by: verified,
      ...(digest.note === null ? {} : { left_out: [digest.note.file.path] }),
      runs_in: trusted ? 'this process' : 'a process that can be ended',
    };
    const count = `${digest.files.length} files`;
    if (recorded !== null) {
      await verify(digest);
      const equal = `${count} match the digest recorded by the ${verified}`;
      if (disagreeing.length > 0)
        return {
          status: 'warn',
          message: `${equal}, but the records of the digest do not agree: ${disagreeing.join('; ')}`,
          hint: 'find out who changed a tag, or log the model again',
          details: { ...details, expected: recorded.package, digests: disagreeing },
          facts: { digest, trusted },
        };
      return {
        status: 'pass',
        message: equal,
        details: { ...details, expected: recorded.package },
        facts: { digest, trusted },
      };
    }
    if (trusted) {
      return {
        status: 'pass',
        message: `${count} are identical to a package that mlctl wrote on this machine`,
        details: { ...details, recorded_by: 'mlctl' },
        facts: { digest, trusted },
      };
    }
    return {
      status: 'skip',
      message: `no digest was recorded for this model, so its ${count} cannot be verified`,
      hint: 'mlctl smoke --strict-package compares the facts that two files state',
      details,
      facts: { digest, trusted },
    };
  },
};
