// The payload to an opened model whose inputs and outputs are those of the signature.
import { known, type SmokeCheck } from '../smoke-check.js';

export const load: SmokeCheck = {
  name: 'load',
  needs: ['package'],
  async run({ found, modelPackage }, tools) {
    const model = await tools.open(known(found), known(modelPackage));
    const unchecked = known(modelPackage).model.signature === null;
    const shown = (values: typeof model.inputs) =>
      values.slice(0, 50).map(({ name, elementType, shape }) => ({ name, element_type: elementType, shape }));
    return {
      status: 'pass',
      message: unchecked
        ? 'the model opens; without a signature there is nothing to compare its inputs and outputs with'
        : 'the model opens and agrees with its signature',
      details: { inputs: shown(model.inputs), outputs: shown(model.outputs) },
      facts: { model },
    };
  },
};
