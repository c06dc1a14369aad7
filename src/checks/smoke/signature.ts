// Checks that MLmodel has a readable signature that names inputs and outputs.
import type { Schema } from '../../schema/types.js';
import { plural } from '../../text/numbers.js';
import { known, type SmokeCheck } from '../smoke-check.js';

const HINT = 'log the model again with a signature: mlctl log <path> --signature <file>';

const counted = (schema: Schema | null): number =>
  schema === null ? 0 : schema.kind === 'columns' ? schema.columns.length : schema.tensors.length;

export const signature: SmokeCheck = {
  name: 'signature',
  needs: ['package'],
  async run({ modelPackage }) {
    const found = known(modelPackage).model.signature;
    const [inputs, outputs] = [counted(found?.inputs ?? null), counted(found?.outputs ?? null)];
    const details = { inputs, outputs, params: found?.params?.length ?? 0 };
    if (!found) return { status: 'fail', message: 'MLmodel has no signature', hint: HINT, details };
    if (inputs === 0) return { status: 'fail', message: 'the signature does not name any inputs', hint: HINT, details };
    if (outputs === 0)
      return {
        status: 'warn',
        message: `${plural(inputs, 'input')}, but the signature does not name any outputs, so predictions cannot be checked`,
        hint: HINT,
        details,
      };
    return {
      status: 'pass',
      message: `${plural(inputs, 'input')}, ${plural(outputs, 'output')}${details.params === 0 ? '' : `, ${plural(details.params, 'param')}`}`,
      details,
    };
  },
};
