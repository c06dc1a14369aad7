// Turns a model URI into the folder of its files.
import { printable } from '../../text/printable.js';
import type { SmokeCheck } from '../smoke-check.js';

export const resolve: SmokeCheck = {
  name: 'resolve',
  needs: [],
  async run(_, tools) {
    const found = await tools.resolve();
    const { kind, name, version, run_id, location } = found.resolved;
    const what =
      name !== null && version !== null
        ? `${printable(name, 120)} version ${version}`
        : run_id !== null && kind === 'run'
          ? `run ${printable(run_id, 64)}`
          : printable(location, 200);
    const { doubts } = found;
    const details = { location, kind, ...(doubts.length > 0 ? { doubts } : {}) };
    if (doubts.length === 0) return { status: 'pass', message: `found ${what}`, details, facts: { found } };
    return {
      status: 'warn',
      message: `found ${what}, but ${doubts.join(', and ')}`,
      hint: 'look at the run and the version before you use this model: mlctl load shows where it comes from',
      details,
      facts: { found },
    };
  },
};
