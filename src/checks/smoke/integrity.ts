// The bytes of the package against the digest recorded outside of it, before anything is parsed.
import { digestPackage, verifyPackage } from '../../model/digest-package.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const integrity: SmokeCheck = {
  name: 'integrity',
  needs: ['resolve'],
  async run({ found }) {
    const { folder, recorded, verified, uri, refused } = known(found);
    if (refused) throw refused;
    const digest = await digestPackage(folder);
    const details = { found: digest.package, files: digest.files.length, recorded_by: verified };
    if (recorded === null || verified === 'none') {
      return {
        status: 'skip',
        message: `nobody recorded a digest of this model, so its ${digest.files.length} files cannot be compared`,
        details,
        facts: { digest },
      };
    }
    verifyPackage(digest, recorded, uri);
    return {
      status: 'pass',
      message: `${digest.files.length} files equal the digest recorded by the ${verified}`,
      details: { ...details, expected: recorded.package },
      facts: { digest },
    };
  },
};
