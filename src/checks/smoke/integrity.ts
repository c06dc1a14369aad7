// Turns the bytes of the package, and the digests recorded outside of it, into whether they agree, before anything is parsed.
import { digestPackage, verifyPackage } from '../../model/digest-package.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const integrity: SmokeCheck = {
  name: 'integrity',
  needs: ['resolve'],
  async run({ found }, tools) {
    const { folder, recorded, verified, uri, refused, disagreeing } = known(found);
    if (refused) throw refused;
    const digest = await digestPackage(folder);
    // The same bytes as recorded may be as harmful as before; only what was run here within limits may run in this process.
    const trusted = tools.isKnown(digest.package);
    const details = {
      found: digest.package,
      files: digest.files.length,
      recorded_by: verified,
      runs_in: trusted ? 'this process' : 'a process that can be ended',
    };
    const count = `${digest.files.length} files`;
    if (recorded !== null) {
      verifyPackage(digest, recorded, uri);
      const equal = `${count} equal the digest recorded by the ${verified}`;
      if (disagreeing.length > 0)
        return {
          status: 'warn',
          message: `${equal}, but not every record says the same: ${disagreeing.join('; ')}`,
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
        message: `${count} are, byte for byte, a package that mlctl wrote on this machine`,
        details: { ...details, recorded_by: 'mlctl' },
        facts: { digest, trusted },
      };
    }
    return {
      status: 'skip',
      message: `nobody recorded a digest of this model, so nobody vouches for its ${count}`,
      hint: 'mlctl smoke --strict-package compares what they say alike',
      details,
      facts: { digest, trusted },
    };
  },
};
