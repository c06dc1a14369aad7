import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { casesFolder, FIXTURES } from '../support/paths.js';
import { type Case, casesOf, compare, expectedOf, openCase, tableOf } from './recorded.js';

/** Absolute plus relative. LightGBM and CatBoost are float64 and differ by their exponential only. */
const TOLERANCE = { xgb: 1e-6, lgb: 1e-13, cat: 1e-13 };

/** What these objectives answer is the sum of the trees, or a label, so every bit is Python's. */
const WITHOUT_EXPONENTIAL =
  /^(reg:(?!logistic|gamma|tweedie)|rank:|binary:(hinge|logitraw)|multi:softmax|regression|quantile|huber|fair|mape|lambdarank|rank_|RMSE$|MAE|Quantile|Huber|MAPE|YetiRank)/;

function replay(found: Case, library: keyof typeof TOLERANCE): void {
  const expected = expectedOf(found);
  const model = openCase(found.folder, expected);
  const table = tableOf(expected);
  const { beyond, unequal } = compare(model.predict(table), expected.output, TOLERANCE[library]);
  assert.equal(beyond, null);
  const objective = String(model.details['objective'] ?? model.details['loss_function']);
  if (WITHOUT_EXPONENTIAL.test(objective) || !expected.output.dtype.startsWith('float')) assert.equal(unequal, 0);
  const probabilities = expected.raw?.['predict_proba'];
  if (probabilities && model.predictProbability)
    assert.equal(compare(model.predictProbability(table), probabilities, TOLERANCE[library]).beyond, null);
}

for (const library of ['xgb', 'lgb', 'cat'] as const) {
  describe(`${library}: the answers are Python's`, () => {
    const own = casesOf(join(FIXTURES, 'boosters', 'cases'), `${library}-`);
    assert.ok(own.length > 5, `${own.length} cases of ${library}`);
    for (const found of own) test(found.name, () => replay(found, library));

    const cases = casesFolder();
    const large = 'skip' in cases ? [] : ['models', 'models-wide'].map((part) => join(cases.folder, part));
    const skip =
      'skip' in cases
        ? cases.skip
        : large.every((root) => casesOf(root, `${library}-`).length === 0) && 'there are none';
    test('the large recorded cases', { skip }, async (t) => {
      for (const root of large)
        for (const found of casesOf(root, `${library}-`)) await t.test(found.name, () => replay(found, library));
    });
  });
}

describe('rows one by one', () => {
  for (const found of casesOf(join(FIXTURES, 'boosters', 'cases'), '')) {
    test(`${found.name}: a row alone has the answer that it has among others`, () => {
      const expected = expectedOf(found);
      const model = openCase(found.folder, expected);
      const whole = model.predict(tableOf(expected));
      const width = whole.values.length / expected.input.rows.length;
      for (const [i, row] of expected.input.rows.entries()) {
        const alone = model.predict(tableOf({ ...expected, input: { ...expected.input, rows: [row] } }));
        const own = Array.from(whole.values as ArrayLike<unknown>).slice(i * width, (i + 1) * width);
        assert.deepEqual(Array.from(alone.values as ArrayLike<unknown>), own);
      }
    });
  }
});
