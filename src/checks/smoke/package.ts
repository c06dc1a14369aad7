// Turns the files of the package into a parsed MLmodel that names files that are there, and the run and model that the stores name.
import { type ModelPackage, readDigested } from '../../model/read-package.js';
import { printable } from '../../text/printable.js';
import { type FoundModel, known, type SmokeCheck, type SmokeTools } from '../smoke-check.js';

/** Where MLmodel and the stores name different origins. */
function contradictions({ resolved }: FoundModel, { model }: ModelPackage): string[] {
  const pairs = [
    ['run', resolved.run_id, model.runId],
    ['logged model', resolved.model_id, model.modelId],
  ] as const;
  return pairs.flatMap(([what, named, inside]) =>
    named === null || inside === null || named === inside
      ? []
      : [`the store names the ${what} ${printable(named, 80)}, but MLmodel names ${printable(inside, 80)}`],
  );
}

/**
 * A package that was copied from another server keeps the ids it had there; one that names a run of this very store, while the
 * store names another, has been given a false origin.
 */
async function isFalseOrigin(found: FoundModel, { model }: ModelPackage, tools: SmokeTools): Promise<boolean> {
  if (found.verified === 'none') return false;
  if (model.runId === null || model.runId === found.resolved.run_id) return true;
  return tools.hasRun(model.runId);
}

export const packageCheck: SmokeCheck = {
  name: 'package',
  needs: ['integrity'],
  async run(facts, tools) {
    const found = known(facts.found);
    const modelPackage = await readDigested(found.folder, known(facts.digest), found.uri);
    const { flavor, payload, model } = modelPackage;
    const details = { flavor, payload, mlflow_version: model.mlflowVersion, logged: model.utcTimeCreated };
    const wrong = contradictions(found, modelPackage);
    if (wrong.length > 0) {
      const isFalse = await isFalseOrigin(found, modelPackage, tools);
      return {
        status: isFalse ? 'fail' : 'warn',
        message: `the store and MLmodel do not agree where the model comes from: ${wrong.join('; ')}`,
        hint: 'register the model again from the run that made it: mlctl register runs:/<run>/model --name NAME',
        details: { ...details, contradictions: wrong },
        facts: { modelPackage },
      };
    }
    if (tools.strictPackage) {
      const { packageDisagreements } = await import('../package-disagreements.js');
      const differences = await packageDisagreements(modelPackage);
      const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : '';
      if (differences.length > 0)
        return {
          status: 'fail',
          message: `two files of the package do not agree: ${differences[0]}${more}`,
          hint: 'log the model again from the code that made it, or leave out --strict-package',
          details: { ...details, differences: differences.slice(0, 20) },
          facts: { modelPackage },
        };
    }
    return {
      status: 'pass',
      message: `MLmodel is well-formed; flavor ${flavor}${payload === null ? '' : `, payload ${payload}`}`,
      details,
      facts: { modelPackage },
    };
  },
};
