// Every package that real Python logged (cases/models, models-wide) answers here as it answered in Python; and the table of the
// docs says so, class by class (fixtures/python/coverage.json).
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { casesFolder, FIXTURES } from '../support/paths.js';
import { expectedOf, replay } from '../support/python-case.js';

/** Python's own last digit decides here: a calibration so steep that one rounding of a probability moves the answer by 5e-11. */
const UNSETTLED = new Set(['sk-calibrated-isotonic-gnb-skops']);
const COVERAGE = join(FIXTURES, 'python', 'coverage.json');

interface Covered {
  /** skops, pickle, cloudpickle, json, ubj, text, cbm, onnx. */
  readonly forms: string[];
  cases: number;
  values: number;
  /** Cases whose every number has the same bits. */
  same: number;
  /** The largest |found − expected| / (1 + |expected|), rounded up to a power of ten; 0 if all are the same. */
  largest: number;
}

const coverage = new Map<string, Covered>();

const roundedUp = (value: number): number => (value === 0 ? 0 : Number(`1e${Math.ceil(Math.log10(value))}`));

function formOf(folder: string): string {
  const text = readFileSync(join(folder, 'model', 'MLmodel'), 'utf8');
  const [, file = ''] = /^ {4}(?:pickled_model|data|model_path): (\S+)$/m.exec(text) ?? [];
  const ending = file.slice(file.lastIndexOf('.') + 1);
  return { pkl: 'pickle', lgb: 'text', cb: 'cbm' }[ending] ?? ending;
}

function cover(folder: string, { values, same, largest }: { values: number; same: boolean; largest: number }): void {
  const { estimator, flavor } = expectedOf(folder);
  const name = flavor === 'onnx' ? 'ONNX' : (/^\w+-(\w+)-/.exec(folder.split('/').at(-1)!)?.[1] ?? estimator);
  const known = /^[A-Z]/.test(name) ? name : estimator;
  const so = coverage.get(known) ?? { forms: [], cases: 0, values: 0, same: 0, largest: 0 };
  coverage.set(known, so);
  const form = formOf(folder);
  if (!so.forms.includes(form)) so.forms.push(form);
  so.cases++;
  so.values += values;
  if (same) so.same++;
  so.largest = Math.max(so.largest, roundedUp(largest));
}

for (const set of ['models', 'models-wide'])
  test(`every package of ${set} answers as in Python, or is refused as it should be`, async (t) => {
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    const place = join(cases.folder, set);
    const names = readdirSync(place).filter((name) => existsSync(join(place, name, 'expected.json')));
    assert.ok(names.length > 100, `${names.length} cases`);
    const faults: string[] = [];
    for (const name of names.sort()) {
      const folder = join(place, name);
      const refused = expectedOf(folder).expect === 'refuse';
      try {
        const done = await replay(folder);
        if (refused) faults.push(`${name}: ran, but it should be refused`);
        else if (!done.ok && !UNSETTLED.has(name)) faults.push(`${name}: ${done.notes.join('; ')}`);
        else if (!UNSETTLED.has(name)) cover(folder, done);
      } catch (error) {
        if (!refused || !(error instanceof MlctlError) || error.exitCode !== 7) faults.push(`${name}: ${error}`);
      }
    }
    assert.deepEqual(faults, []);
  });

test('the table of the docs says what was replayed', (t) => {
  if (coverage.size === 0) return t.skip('nothing was replayed');
  const found = Object.fromEntries([...coverage].sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const one of Object.values(found)) one.forms.sort();
  if (process.env['MLCTL_UPDATE_SNAPSHOTS'] === '1') writeFileSync(COVERAGE, `${JSON.stringify(found, null, 1)}\n`);
  const written = JSON.parse(readFileSync(COVERAGE, 'utf8')) as Record<string, Covered>;
  assert.deepEqual(Object.keys(found), Object.keys(written), 'MLCTL_UPDATE_SNAPSHOTS=1 writes it');
  for (const [name, { forms, cases, largest }] of Object.entries(found)) {
    assert.deepEqual([forms, cases], [written[name]!.forms, written[name]!.cases], name);
    // another processor rounds exp and log in another place
    assert.ok(largest <= 10 * Math.max(written[name]!.largest, 1e-16), `${name}: ${largest}`);
  }
});
