// Makes bad inputs from the good one; strict mode must refuse each before the model runs.
import type { ModelPackage } from '../../model/read-package.js';
import { castJsonDocument } from '../../schema/cast.js';
import { type BadInput, badInputs } from '../bad-inputs.js';
import { known, type SmokeCheck } from '../smoke-check.js';

type Outcome = { readonly case: string; readonly outcome: 'refused' | 'accepted' | 'skip'; readonly reason: string };

function tryInput(input: BadInput, signature: NonNullable<ModelPackage['model']['signature']>): Outcome {
  if (input.body === null) return { case: input.name, outcome: 'skip', reason: input.what };
  const cast = castJsonDocument(input.body, signature);
  return cast.ok
    ? { case: input.name, outcome: 'accepted', reason: input.what }
    : { case: input.name, outcome: 'refused', reason: cast.findings[0]?.message ?? 'refused' };
}

export const guard: SmokeCheck = {
  name: 'guard',
  needs: ['example'],
  async run({ modelPackage, example }) {
    const { signature } = known(modelPackage).model;
    if (!example || signature === null)
      return { status: 'skip', message: 'there is no input example to make bad input from' };
    const inputs = badInputs(example.table, signature);
    if (typeof inputs === 'string') return { status: 'skip', message: inputs };
    const good = castJsonDocument(inputs.good, signature);
    if (!good.ok) {
      return {
        status: 'warn',
        message: `strict mode also refuses the good example, so refusing the bad ones proves nothing: ${good.findings[0]?.message ?? 'refused'}`,
        hint: 'log the model again with an example that strict mode accepts; only --schema mlflow accepts this one',
        details: { findings: good.findings },
      };
    }
    const cases = inputs.bad.map((input) => tryInput(input, signature));
    const of = (outcome: Outcome['outcome']) => cases.filter((one) => one.outcome === outcome).map((one) => one.case);
    const [refused, accepted, skipped] = [of('refused'), of('accepted'), of('skip')];
    const left = skipped.length === 0 ? '' : `; not applicable: ${skipped.join(', ')}`;
    if (accepted.length > 0) {
      return {
        status: 'fail',
        message: `bad input would reach the model: strict mode accepted ${accepted.join(', ')}`,
        hint: 'in the signature, make columns required and types definite; then log the model again',
        details: { cases },
      };
    }
    if (refused.length === 0)
      return { status: 'skip', message: 'no bad input can be made for this signature', details: { cases } };
    return {
      status: 'pass',
      message: `refused before the model runs: ${refused.join(', ')}${left}`,
      details: { cases },
    };
  },
};
