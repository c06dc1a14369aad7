import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iris } from '../../src/data/iris.js';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import type { Table } from '../../src/data/table.js';
import { takeRows } from '../../src/data/take-rows.js';
import type { ErrorCode } from '../../src/errors/codes.js';
import { MlctlError } from '../../src/errors/error.js';
import type { Pipeline } from '../../src/estimators/pipeline/pipeline.js';
import { predict } from '../../src/estimators/trained/predict.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { type Trained, trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';
import { lastStep } from '../support/estimators.js';

const table = (text: string): Promise<Table> => readCsvTable(Buffer.from(text), { name: 'x.csv' });
const train = async (
  data: Table | Promise<Table>,
  pipeline = '[logistic_regression]',
  split = '{ test_size: 0.25, random_state: 0 }',
  more = '',
): Promise<Trained> =>
  finish(
    trainRecipe(
      parseRecipe(`data: { source: x.csv, target: y${more} }\nsplit: ${split}\npipeline: ${pipeline}\n`, {
        file: 'r.yaml',
      }),
      await data,
    ),
  );

/** The columns that reach the last step. */
const featuresOf = (estimator: Pipeline) => (lastStep(estimator).featuresIn as { names: string[] }).names;

async function refused(work: () => unknown, message: RegExp, code: ErrorCode = 'DATA_INVALID'): Promise<void> {
  await assert.rejects(
    async () => work(),
    (error: unknown) => {
      assert.ok(error instanceof MlctlError, String(error));
      assert.match(error.message, message);
      assert.equal(error.code, code);
      return true;
    },
  );
}

/** 24 rows: numbers, a whole number, text with gaps, flags; three classes as text. */
const ROWS = Array.from(
  { length: 24 },
  (_, i) =>
    `${i / 4},${i % 5},${i % 6 === 0 ? '' : 'ab'[i % 2]},${i % 4 === 0},${i % 7 === 3 ? '' : i},${['no', 'yes', 'Maybe'][i % 3]}`,
);
const MIXED = `a,b,c,d,e,y\n${ROWS.join('\n')}\n`;
const STEPS =
  '[{simple_imputer: {columns: [c], strategy: most_frequent}}, {simple_imputer: {columns: [e]}}, {one_hot_encoder: {columns: [c, d]}}, logistic_regression]';

test('the signature is that of MLflow: types, gaps, label and probabilities', async () => {
  const { signature, estimator } = await train(table(MIXED), STEPS);
  const spec = (name: string, scalar: string, required = true) => ({
    name,
    type: { kind: 'scalar', scalar },
    required,
  });
  assert.deepEqual(signature, {
    inputs: {
      kind: 'columns',
      columns: [
        spec('a', 'double'),
        spec('b', 'long'),
        spec('c', 'string', false),
        spec('d', 'boolean'),
        spec('e', 'double', false),
      ],
    },
    outputs: {
      kind: 'columns',
      columns: [
        spec('label', 'string'),
        spec('probability_Maybe', 'double'),
        spec('probability_no', 'double'),
        spec('probability_yes', 'double'),
      ],
    },
    params: null,
  });
  assert.deepEqual(featuresOf(estimator), ['c_a', 'c_b', 'd_0', 'd_1', 'e', 'a', 'b']);
});

test('the test rows are the rows of the split, with their answers', async () => {
  const data = iris();
  const trained = finish(trainRecipe(parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'default' }), data));
  assert.deepEqual([trained.split.train.length, trained.split.test.length, trained.testInputs.rows], [120, 30, 30]);
  assert.deepEqual(
    trained.testInputs.columns.map((column) => column.name),
    data.columns.slice(0, 4).map((column) => column.name),
  );
  const expected = takeRows(data, trained.split.test).columns[4]!;
  assert.deepEqual(trained.testTarget, expected);
  assert.deepEqual(predict(trained.estimator, trained.testInputs), trained.testAnswer);
  assert.deepEqual(trained.warnings, []);
});

test('if it does not converge, a warning names max_iter', async () => {
  assert.match(
    finish(
      trainRecipe(
        parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'default' }, ['pipeline.0.logistic_regression.max_iter=3']),
        iris(),
      ),
    ).warnings.join(),
    /did not converge.*max_iter = 3/,
  );
});

test('data that cannot be trained on is refused with a clear error', async () => {
  await refused(() => train(table(MIXED.replace('a,b', 'label,b')), STEPS), /"label" is named like an output/);
  await refused(
    () => train(table(MIXED.replace('a,b', 'probability_no,b')), STEPS),
    /"probability_no" is named like an output/,
  );
  await refused(() => train(table(MIXED)), /column "c" is text/);
  await refused(
    () =>
      train(table(MIXED), '[{simple_imputer: {columns: [e]}}, {one_hot_encoder: {columns: [c]}}, logistic_regression]'),
    /column "c" has missing values, [^\n]*\n {2}"c": \d+ of \d+ values, first in row \d+ \(line \d+\)/,
  );
  await refused(
    () =>
      train(
        table(MIXED),
        '[{simple_imputer: {columns: [c], strategy: constant}}, {one_hot_encoder: {columns: [c]}}, logistic_regression]',
      ),
    /column "e" has missing values/,
  );
  await refused(
    () => train(table(MIXED), '[simple_imputer, logistic_regression]'),
    /strategy mean needs numbers, but column "c" is text/,
  );
  await refused(
    () =>
      train(
        table(MIXED),
        '[{simple_imputer: {columns: [e], strategy: constant, fill_value: none}}, logistic_regression]',
      ),
    /"none" is text, but column "e" holds numbers/,
  );
  await refused(
    () => train(table(MIXED), '[{standard_scaler: {columns: [aa]}}, logistic_regression]'),
    /names "aa", which is not a column at this step; did you mean "a"/,
    'RECIPE_INVALID',
  );
  await refused(
    () => train(table(MIXED), STEPS, undefined, ', drop: [z]'),
    /data\.drop names "z", which is not a column of the data$/,
  );
  await refused(() => train(table('a,y\n1,p\n2,p\n3,p\n4,p\n')), /at least 2 classes|one row of each/);
  await refused(() => train(table('a,y\n1,p\n2,p\n3,p\n4,q\n')), /only one row: "q"/);
  await refused(() => train(table('a,y\n1,p\n2,\n3,p\n4,q\n')), /target "y" is missing in row 1/);
  await refused(() => train(table('a,y\n1,1.5\n2,2\n3,1.5\n4,2\n')), /holds double values/);
  await refused(() => train(table('a,z\n1,1\n2,2\n')), /no target column "y"/);
  await refused(() => train(table('y\n1\n2\n1\n2\n1\n2\n1\n2\n')), /at least one feature/);
  await refused(() => train(table('a,y\n1,1\ninf,2\n3,1\n4,2\n5,1\n6,2\n7,1\n8,2\n')), /holds infinity/);
  await refused(() => train(table('a,y\ntrue,1\n,2\nfalse,1\ntrue,2\n')), /true and false with missing values/);
});

test('an empty text is refused only if the column also has missing values', async () => {
  const rows = (nulls?: Uint8Array): Table => ({
    rows: 8,
    columns: [
      { name: 'c', type: 'string', values: ['', 'x', '', 'x', 'x', '', 'x', ''], ...(nulls ? { nulls } : {}) },
      { name: 'y', type: 'long', values: BigInt64Array.of(0n, 1n, 0n, 1n, 0n, 1n, 0n, 1n) },
    ],
  });
  const pipeline = '[{simple_imputer: {strategy: constant}}, one_hot_encoder, logistic_regression]';
  await refused(
    () => train(rows(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0)), pipeline),
    /empty text in row 2 and also missing values/,
  );
  assert.deepEqual(featuresOf((await train(rows(), pipeline)).estimator), ['c_', 'c_x']);
  assert.equal((await train(rows(Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 1)), pipeline)).inputs[0]!.required, false);
});

test('a category unknown at prediction: refused by name, or all zeros', async () => {
  const unknown = await table(`a,b,c,d,e\n1,2,z,true,3\n`);
  const strict = await train(table(MIXED), STEPS);
  await refused(
    () => predict(strict.estimator, unknown),
    /column "c", row 0: found "z", which was not among the 2 categories/,
  );
  const lenient = await train(
    table(MIXED),
    STEPS.replace('{columns: [c, d]}', '{columns: [c, d], handle_unknown: ignore}'),
  );
  assert.equal(predict(lenient.estimator, unknown).rows, 1);
});

test('classes of 64 bits stay exact, and true and false become text', async () => {
  const big = await train(
    table(
      `a,y\n${Array.from({ length: 16 }, (_, i) => `${i},${i % 2 ? '9007199254740993' : '9007199254740992'}`).join('\n')}\n`,
    ),
  );
  assert.deepEqual(lastStep(big.estimator).classes_, { type: 'long', values: [9007199254740992n, 9007199254740993n] });
  const flags = await train(table(`a,y\n${Array.from({ length: 16 }, (_, i) => `${i},${i % 2 === 0}`).join('\n')}\n`));
  assert.deepEqual(lastStep(flags.estimator).classes_, { type: 'string', values: ['False', 'True'] });
  assert.match(flags.warnings.join(), /"True" and "False"/);
});

test('a class only among the test rows: no log loss, and a warning', async () => {
  const data = await table(
    `a,y\n${Array.from({ length: 20 }, (_, i) => `${i},${i === 7 ? 'rare' : i % 2 ? 'p' : 'q'}`).join('\n')}\n`,
  );
  let trained: Trained;
  let seed = 0;
  do trained = await train(data, undefined, `{ test_size: 5, stratify: false, random_state: ${seed++} }`);
  while (!trained.split.test.includes(7));
  assert.deepEqual(lastStep(trained.estimator).classes_.values, ['p', 'q']);
  assert.equal(trained.evaluation.metrics.has('val_log_loss'), false);
  assert.equal(trained.evaluation.metrics.has('val_roc_auc'), false);
  assert.match(trained.warnings.join(), /"rare" is in the test rows/);
});

test('a class without test rows: no area under the curve, and a word about it', async () => {
  const data = await table(
    `a,y\n${Array.from({ length: 20 }, (_, i) => `${i},${i === 7 ? 'rare' : i % 2 ? 'p' : 'q'}`).join('\n')}\n`,
  );
  let trained: Trained;
  let seed = 0;
  do trained = await train(data, undefined, `{ test_size: 5, stratify: false, random_state: ${seed++} }`);
  while (trained.split.test.includes(7));
  assert.equal(trained.evaluation.metrics.has('val_log_loss'), true);
  assert.equal(trained.evaluation.metrics.has('val_roc_auc'), false);
  assert.match(trained.warnings.join(), /all or none of the class "rare", so val_roc_auc is left out/);
});

test('a target of more classes than are plausible is asked about before the fit', async () => {
  const of = (label: (i: number) => unknown, rows: number) =>
    table(`a,y\n${Array.from({ length: rows }, (_, i) => `${i},${label(i)}`).join('\n')}\n`);
  const split = '{ test_size: 0.2, stratify: false }';
  const asks = (data: Promise<Table>, message: RegExp, hint: RegExp) =>
    assert.rejects(
      async () => train(await data, undefined, split),
      (error: unknown) =>
        error instanceof MlctlError &&
        error.code === 'DATA_INVALID' &&
        message.test(error.message) &&
        hint.test(error.hint ?? ''),
    );
  await asks(
    of((i) => 100_000 + i * 7, 640),
    /the target "y" has 640 classes in 640 rows: is this a quantity\?/,
    /a regressor such as ridge.*--set data\.max_classes=640/,
  );
  await asks(
    of((i) => `n${i % 101}`, 2000),
    /101 classes in 2000 rows: is this a name for each row\?/,
    /max_classes=101/,
  );
  await asks(
    of((i) => i % 30, 40),
    /30 classes in 40 rows/,
    /max_classes=30/,
  );
  // Up to 20 are never asked about, and the answer of the recipe holds
  await train(await of((i) => i % 20, 40), undefined, split);
  await train(await of((i) => i % 100, 400), undefined, split);
  await train(await of((i) => i % 101, 404), undefined, split, ', max_classes: 101');
  await refused(
    async () => train(await of((i) => i % 15, 45), undefined, split, ', max_classes: 12'),
    /15 classes in 45 rows, more than data\.max_classes 12/,
  );
});
