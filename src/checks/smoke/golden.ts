// The answer to the input example against the one recorded when the model was logged.
import type { Table } from '../../data/table.js';
import { goldenOf, parseGolden } from '../../model/golden.js';
import type { GoldenPredictions } from '../../model/types.js';
import { printable } from '../../text/printable.js';
import { relativeDifference, SMOKE_TOLERANCE } from '../relative-difference.js';
import { known, type SmokeCheck } from '../smoke-check.js';

const FILE = 'golden_predictions.json';
const MOST_SHOWN = 20;
const WORDS = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

interface Difference {
  readonly output: string;
  readonly row: number | null;
  readonly expected: unknown;
  readonly found: unknown;
}

interface Comparison {
  readonly differences: readonly Difference[];
  readonly total: number;
  /** The largest relative difference of two numbers, within or beyond the tolerance. */
  readonly largest: number;
}

/** Numbers of double and float outputs to `tolerance` relative; everything else exactly. */
function compareWithGolden(answer: Table, golden: GoldenPredictions, tolerance: number): Comparison {
  const found = goldenOf(answer);
  const differences: Difference[] = [];
  let [total, largest] = [0, 0];
  const differ = (difference: Difference) => {
    total++;
    if (differences.length < MOST_SHOWN) differences.push(difference);
  };
  const answered = new Set(answer.columns.map(({ name }) => name));
  for (const [name, values] of Object.entries(golden.predictions)) {
    if (!answered.has(name))
      differ({ output: printable(name, 120), row: null, expected: `${values.length} values`, found: 'no such output' });
  }
  for (const { name, type } of answer.columns) {
    const output = printable(name, 120);
    const expected = golden.predictions[name];
    if (expected === undefined || expected.length !== answer.rows) {
      differ({
        output,
        row: null,
        expected: expected === undefined ? 'no such output' : `${expected.length} rows`,
        found: `${answer.rows} rows`,
      });
      continue;
    }
    expected.forEach((want, row) => {
      const got = found.predictions[name]?.[row];
      if (type === 'double' || type === 'float') {
        const [a, b] = [WORDS.get(want) ?? want, WORDS.get(got) ?? got];
        const apart =
          typeof a === 'number' && typeof b === 'number'
            ? relativeDifference(a, b)
            : a === b
              ? 0
              : Number.POSITIVE_INFINITY;
        if (Number.isFinite(apart)) largest = Math.max(largest, apart);
        if (!(apart <= tolerance)) differ({ output, row, expected: want, found: got });
      } else if (JSON.stringify(want) !== JSON.stringify(got)) differ({ output, row, expected: want, found: got });
    });
  }
  return { differences, total, largest };
}

export const golden: SmokeCheck = {
  name: 'golden',
  needs: ['predict'],
  async run({ modelPackage, answer }) {
    const { digest } = known(modelPackage);
    const bytes = digest.bytes.get(FILE);
    if (!bytes) {
      const there = digest.files.some(({ path }) => path === FILE);
      return there
        ? {
            status: 'fail',
            message: `${FILE} is larger than is read`,
            hint: 'log the model again with a smaller input example',
          }
        : { status: 'skip', message: `the package holds no ${FILE}: no answer was recorded when it was logged` };
    }
    if (!answer) return { status: 'skip', message: 'there is no input example whose answer could be compared' };
    const recorded = parseGolden(new TextDecoder().decode(bytes));
    // A file that allows more than the contract does not get more.
    const tolerance = Math.min(recorded.tolerance, SMOKE_TOLERANCE);
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
