// The answer to the input example against the one recorded when the model was logged.
import { compareWithGolden } from '../../model/compare-golden.js';
import { GOLDEN_FILE, parseGolden } from '../../model/golden.js';
import { GOLDEN_TOLERANCE } from '../../model/relative-difference.js';
import { printable } from '../../text/printable.js';
import { known, type SmokeCheck } from '../smoke-check.js';

export const golden: SmokeCheck = {
  name: 'golden',
  needs: ['predict'],
  async run({ modelPackage, answer }) {
    const { digest } = known(modelPackage);
    const bytes = digest.bytes.get(GOLDEN_FILE);
    if (!bytes) {
      const there = digest.files.some(({ path }) => path === GOLDEN_FILE);
      return there
        ? {
            status: 'fail',
            message: `${GOLDEN_FILE} is larger than is read`,
            hint: 'log the model again with a smaller input example',
          }
        : { status: 'skip', message: `the package holds no ${GOLDEN_FILE}: no answer was recorded when it was logged` };
    }
    if (!answer) return { status: 'skip', message: 'there is no input example whose answer could be compared' };
    const recorded = parseGolden(new TextDecoder().decode(bytes));
    // A file that allows more than the contract does not get more.
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
        message: `${answer.rows} ${answer.rows === 1 ? 'row is' : 'rows are'} as recorded (largest relative difference ${largest === 0 ? '0' : largest.toExponential(1)})`,
        details,
      };
    }
    const [first] = differences;
    const where = first?.row === null ? `output "${first.output}"` : `output "${first?.output}", row ${first?.row}`;
    return {
      status: 'fail',
      message: `${total} value${total === 1 ? ' differs' : 's differ'} from the recorded answer; ${where}: expected ${printable(JSON.stringify(first?.expected) ?? 'nothing', 80)}, found ${printable(JSON.stringify(first?.found) ?? 'nothing', 80)}`,
      hint: 'the model computes something else than when it was logged: compare mlctl and runtime versions, or log it again',
      details: { ...details, differences, total },
    };
  },
};
