// The bytes of the package against the digest recorded outside of it, before anything is parsed.
import { digestPackage, verifyPackage } from '../../model/digest-package.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const integrity: SmokeCheck = {
  name: 'integrity',
  needs: ['resolve'],
  async run({ found }, tools) {
    const { folder, recorded, verified, uri, refused } = known(found);
    if (refused) throw refused;
    const digest = await digestPackage(folder);
    const details = { found: digest.package, files: digest.files.length, recorded_by: verified };
    const count = `${digest.files.length} files`;
    if (recorded !== null) {
      verifyPackage(digest, recorded, uri);
      return {
        status: 'pass',
        message: `${count} equal the digest recorded by the ${verified}`,
        details: { ...details, expected: recorded.package },
        facts: { digest, trusted: true },
      };
    }
    if (tools.isKnown(digest.package)) {
      return {
        status: 'pass',
        message: `${count} are, byte for byte, a package that mlctl wrote on this machine`,
        details: { ...details, recorded_by: 'mlctl' },
        facts: { digest, trusted: true },
      };
    }
    return {
      status: 'skip',
      message: `nobody recorded a digest of this model, so its ${count} cannot be compared`,
      details,
      facts: { digest, trusted: false },
    };
  },
};
