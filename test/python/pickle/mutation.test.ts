// Thousands of damaged pickles, the same ones at each run: each is read or refused, quickly, and nothing else happens.
// MLCTL_MUTANTS says how many there are of each file, and MLCTL_SEED which.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../../src/errors/error.js';
import { isSupportName } from '../../../src/python/is-support-name.js';
import { readJoblib } from '../../../src/python/pickle/read-joblib.js';
import { readPickle } from '../../../src/python/pickle/read-pickle.js';
import { FIXTURES } from '../../support/paths.js';
import { Mutator, tokensOf } from '../../support/pickle-mutants.js';

const MUTANTS = Number(process.env['MLCTL_MUTANTS'] ?? 6000);
const SEED = Number(process.env['MLCTL_SEED'] ?? 7);
const fixture = (name: string) => readFileSync(join(FIXTURES, 'python', 'pickle', name));
const SMALL = ['small-0.pkl', 'small-2.pkl', 'small-3.pkl', 'small-4.pkl', 'small-5.pkl'];
const isKnown = (module: string, name: string) =>
  isSupportName(module, name) || name === 'DecisionTreeClassifier' || name === 'StandardScaler';

/** What becomes of the file; anything but a value or an MlctlError fails the test, with the file to keep. */
function outcome(bytes: Buffer, read: typeof readPickle): string {
  // The time of the processor, because the machine may be busy.
  const start = process.cpuUsage();
  let said = 'read';
  try {
    read(bytes, isKnown);
  } catch (error) {
    if (!(error instanceof MlctlError)) throw new Error(`mutant ${bytes.toString('base64')}`, { cause: error });
    assert.equal(error.exitCode, 7, error.message);
    said = error.code;
  }
  assert.ok(process.cpuUsage(start).user < 1_000_000, `slow: ${bytes.toString('base64')}`);
  return said;
}

function run(mutator: Mutator, mutants: number, read: typeof readPickle): Record<string, number> {
  const tally: Record<string, number> = {};
  const before = process.memoryUsage();
  for (let count = 0; count < mutants; count += 1) {
    const said = outcome(mutator.mutant(), read);
    tally[said] = (tally[said] ?? 0) + 1;
  }
  const grown = process.memoryUsage().rss - before.rss;
  assert.ok(grown < 300 << 20, `${grown} bytes more in use`);
  return tally;
}

describe('a damaged file', () => {
  test('of pickle is read or refused', () => {
    const files = SMALL.map(fixture);
    const tally = run(new Mutator(SEED, files, files.map(tokensOf)), MUTANTS * SMALL.length, readPickle);
    for (const code of ['read', 'MODEL_MALFORMED', 'MODEL_HOSTILE', 'MODEL_UNSUPPORTED'])
      assert.ok((tally[code] ?? 0) > 0, `some mutants: ${code} of ${JSON.stringify(tally)}`);
  });

  test('of joblib is read or refused', () => {
    const files = ['small.joblib', ...SMALL].map(fixture);
    run(new Mutator(SEED, files, []), MUTANTS, readJoblib);
  });

  test('is refused at whatever byte it is cut off', () => {
    for (const name of ['small-0.pkl', 'small-5.pkl']) {
      const whole = fixture(name);
      outcome(whole, readPickle);
      for (let end = 0; end < whole.length; end += 1)
        assert.notEqual(outcome(whole.subarray(0, end), readPickle), 'read', `${name} up to ${end}`);
    }
  });
});
