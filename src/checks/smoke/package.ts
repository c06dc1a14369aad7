// The files of the package to a parsed MLmodel, every file it names being there.
import { readDigested } from '../../model/read-package.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const packageCheck: SmokeCheck = {
  name: 'package',
  needs: ['integrity'],
  async run({ found, digest }) {
    const modelPackage = await readDigested(known(found).folder, known(digest));
    const { flavor, payload, model } = modelPackage;
    return {
      status: 'pass',
      message: `MLmodel is well-formed; flavor ${flavor}${payload === null ? '' : `, payload ${payload}`}`,
      details: { flavor, payload, mlflow_version: model.mlflowVersion, logged: model.utcTimeCreated },
      facts: { modelPackage },
    };
  },
};
