// Compares the predictions for the input example with those recorded when the model was logged.
import { compareWithGolden } from '../../model/compare-with-golden.js';
import { GOLDEN_FILE, parseGolden } from '../../model/golden.js';
import { GOLDEN_TOLERANCE } from '../../model/golden-tolerance.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const golden: SmokeCheck = {
  name: 'golden',
  needs: ['predict'],
  async run({ modelPackage, answer, found }) {
    const { digest } = known(modelPackage);
    const bytes = digest.bytes.get(GOLDEN_FILE);
    if (!bytes && digest.files.some(({ path }) => path === GOLDEN_FILE))
      return {
        status: 'fail',
        message: `${GOLDEN_FILE} is larger than mlctl reads`,
        hint: 'log the model again with a smaller input example',
      };
    const text = bytes ? new TextDecoder().decode(bytes) : (found?.golden ?? null);
    if (text === null)
      return { status: 'skip', message: `the package has no ${GOLDEN_FILE}, so there are no recorded predictions` };
    if (!answer) return { status: 'skip', message: 'there is no input example to compare predictions for' };
    const recorded = parseGolden(text);
    // The file cannot raise the tolerance above the one in the contract.
    const tolerance = Math.min(recorded.tolerance, GOLDEN_TOLERANCE);
    const { differences, total, largest } = compareWithGolden(answer, recorded, tolerance);
    const details = {
      rows: answer.rows,
      outputs: answer.columns.length,
      tolerance,
      largest_relative_difference: largest,
    };
    if (total === 0) {
      return {
        status: 'pass',
        message: `${plural(answer.rows, 'row matches', 'rows match')} the recorded predictions (largest relative difference ${largest === 0 ? '0' : largest.toExponential(1)})`,
        details,
      };
    }
    const [first] = differences;
    const where = first?.row === null ? `output "${first.output}"` : `output "${first?.output}", row ${first?.row}`;
    return {
      status: 'fail',
      message: `${plural(total, 'value differs', 'values differ')} from the recorded predictions; ${where}: expected ${printable(JSON.stringify(first?.expected) ?? 'nothing', 80)}, found ${printable(JSON.stringify(first?.found) ?? 'nothing', 80)}`,
      hint: 'the model gives other predictions than when it was logged: compare the versions of mlctl and the runtime, or log it again',
      details: { ...details, differences, total },
    };
  },
};
