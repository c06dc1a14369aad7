// Opens the payload and compares its inputs and outputs with the signature.
import { printable } from '../../text/printable.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const load: SmokeCheck = {
  name: 'load',
  needs: ['package'],
  async run({ modelPackage, trusted }, tools) {
    const model = await tools.open(known(modelPackage), trusted === true);
    const { signature } = known(modelPackage).model;
    const compared = signature === null ? null : model.compare(signature);
    const differences = compared ?? [];
    const details = { engine: model.engine, ...model.details };
    const facts = { model };
    if (differences.length > 0) {
      const more = differences.length > 1 ? ` (and ${differences.length - 1} more)` : '';
      return {
        status: 'fail',
        message: `the model does not match its signature: ${printable(differences[0] ?? '', 300)}${more}`,
        hint: 'log the model again with the signature of this model',
        details: { ...details, differences: differences.slice(0, 20).map((text) => printable(text, 300)) },
        facts,
      };
    }
    const message =
      signature === null
        ? 'the model opens; it has no signature to compare its inputs and outputs with'
        : compared === null
          ? 'the model opens; whether it matches its signature shows when it predicts'
          : 'the model opens and matches its signature';
    return { status: 'pass', message, details, facts };
  },
};
