// What every kind of estimator has to keep, held against what scikit-learn learned and answered: its value evaluates to the same, its
// graph answers as it does, and where a recipe can train it, training learns the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column, Table } from '../../src/data/table.js';
import { MlctlError } from '../../src/errors/error.js';
import type { FeatureColumn } from '../../src/estimators/feature-column.js';
import { featureCount } from '../../src/estimators/fitted.js';
import { type Frame, type FrameColumn, frameOf } from '../../src/estimators/frame.js';
import { PARTS } from '../../src/estimators/parts.js';
import { predict, transformFrame } from '../../src/estimators/trained/predict.js';
import type { Estimator, Kind } from '../../src/estimators/types.js';
import { CONVERTERS } from '../../src/onnx/convert/table.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { fitSteps } from '../../src/recipe/fit-steps.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { recipeText } from '../../src/recipe/recipe-text.js';
import { STEPS } from '../../src/recipe/steps/table.js';
import { readTarget, takeTarget } from '../../src/training/target.js';
import { finish } from '../../src/work.js';
import { on, over, pipeline } from '../support/estimators.js';
import { agree, sameAnswer } from './agree.js';
import { casesOf, type EstimatorCase, readCase } from './estimator-case.js';
import { sameValue } from './same-value.js';

const TARGET = 'target of the case';

export function estimatorContract(kind: Kind): void {
  const names = casesOf(kind);
  const cases = new Map(names.map((name) => [name, readCase(kind, name)]));

  test('there is a case, and one that trains where a recipe can', () => {
    assert.ok(names.length > 0, `fixtures/estimators/${kind} has no recorded case`);
    assert.equal(
      [...cases.values()].some(({ training }) => training !== null),
      STEPS[kind] !== 'unsupported',
      'recipes and cases that train it',
    );
  });

  for (const [name, recorded] of cases) {
    test(`${name}: the value answers as scikit-learn does`, () => answers(recorded));
    test(`${name}: the graph answers as the value does`, () => graphAgrees(recorded));
    if (recorded.training !== null) test(`${name}: training learns what scikit-learn learns`, () => trains(recorded));
  }
}

function answers({ estimator, rows, answer, bound, names }: EstimatorCase): void {
  if ('refused' in answer) {
    assert.throws(() => answerOf(estimator, rows), isRefusal, answer.refused);
    return;
  }
  const found = answerOf(estimator, rows);
  if (names || PARTS.roleOf(estimator) !== 'transformer') sameAnswer(found, answer, bound);
  else
    sameAnswer(
      found,
      { ...answer, columns: answer.columns.map((one, k) => ({ ...one, name: found.columns[k]!.name })) },
      bound,
    );
}

const isRefusal = (error: unknown): boolean => error instanceof MlctlError && error.code === 'DATA_INVALID';

/** A predictor's own answer; of a transformer, the columns it makes. */
function answerOf(estimator: Estimator, rows: Table): Table {
  if (PARTS.roleOf(estimator) !== 'transformer') return predict(estimator, rows);
  const made = transformFrame(estimator, frameOf(rows, estimator));
  return { rows: made.rows, columns: made.columns.map(columnOf) };
}

function columnOf(column: FrameColumn): Column {
  const { name } = column;
  if (column.kind === 'number')
    return column.values instanceof Float32Array
      ? { name, type: 'float', values: column.values }
      : { name, type: 'double', values: column.values };
  return { name, type: 'string', values: column.values, ...(column.nulls ? { nulls: column.nulls } : {}) };
}

async function graphAgrees({ estimator, rows, answer }: EstimatorCase): Promise<void> {
  const inputs = rows.columns.map(
    ({ name, type }): FeatureColumn => ({
      name,
      type: type === 'string' || type === 'long' || type === 'boolean' ? type : 'double',
      required: false,
    }),
  );
  const table = asGiven(rows);
  if (CONVERTERS[estimator.kind] === ('unsupported' as unknown) || estimator.dtype !== 'float64') {
    const whole = 'refused' in answer ? estimator : withProbe(estimator, rows);
    assert.throws(() => convertEstimator(whole, inputs), { code: 'MODEL_UNSUPPORTED' });
    return;
  }
  if (!('refused' in answer)) return agree({ estimator: withProbe(estimator, rows), inputs, table });
  // the example makes the probe, so it needs rows that pass: those of the training data
  const whole = PARTS.roleOf(estimator) === 'transformer' ? probeOfWidth(estimator) : estimator;
  await assert.rejects(
    agree({ estimator: whole, inputs, table }),
    (error) => !(error instanceof assert.AssertionError),
  );
}

/** float32 columns as the doubles that a graph takes. */
function asGiven({ rows, columns }: Table): Table {
  return {
    rows,
    columns: columns.map((one) =>
      one.type === 'float' ? { name: one.name, type: 'double', values: Float64Array.from(one.values) } : one,
    ),
  };
}

/** A graph ends in a prediction: behind a transformer stands a sum of all that it makes, each column with a weight of its own. */
function withProbe(estimator: Estimator, rows: Table): Estimator {
  if (PARTS.roleOf(estimator) !== 'transformer') return estimator;
  return probe(estimator, transformFrame(estimator, frameOf(rows, estimator)));
}

function probe(estimator: Estimator, { columns }: Pick<Frame, 'columns'>): Estimator {
  const names = columns.map(({ name }) => name);
  const filled: Estimator = {
    kind: 'SimpleImputer',
    ...on(names),
    strategy: 'constant',
    // a graph cannot tell an empty text from a missing one, so a column has only one of them
    statistics_: columns.map((one) => (one.kind === 'number' ? -7.25 : one.nulls ? 'nothing' : '')),
  };
  const texts = columns.flatMap(({ kind }, place) => (kind === 'text' ? [place] : []));
  const categories = texts.map((place) =>
    [...new Set(['nothing', ...(columns[place]!.values as readonly string[])])].sort(),
  );
  const encoded: Estimator = over(names, texts, {
    kind: 'OneHotEncoder',
    ...on(texts.map((place) => names[place]!)),
    categories_: categories,
    handle_unknown: 'error',
    drop_idx_: null,
  });
  const width = names.length - texts.length + categories.reduce((sum, { length }) => sum + length, 0);
  const sum: Estimator = {
    kind: 'LinearRegression',
    ...on(Array.from({ length: width }, (_, i) => `c${i}`)),
    coef_: Float64Array.from({ length: width }, (_, i) => Math.sqrt(2 * i + 3)),
    intercept_: 0.5,
  };
  const before = featureCount(estimator);
  return pipeline(
    'names' in estimator.featuresIn ? estimator.featuresIn.names : Array.from({ length: before }, String),
    estimator,
    filled,
    ...(texts.length > 0 ? [encoded] : []),
    sum,
  );
}

/** The probe of an encoder whose rows are all refused: what it makes is as wide as its categories. */
function probeOfWidth(estimator: Estimator): Estimator {
  const widths = estimator.kind === 'OneHotEncoder' ? estimator.categories_.map(({ length }) => length) : [];
  const width = estimator.kind === 'OneHotEncoder' ? widths.reduce((a, b) => a + b, 0) : featureCount(estimator);
  const columns = Array.from({ length: width }, (_, i) => ({
    kind: 'number' as const,
    name: `c${i}`,
    values: new Float64Array(),
  }));
  return probe(estimator, { columns });
}

function trains({ estimator, training }: EstimatorCase): void {
  const { recipe, data, bound, loose } = training!;
  const role = PARTS.roleOf(estimator);
  assert.ok(role !== 'clusterer' && role !== 'outlier detector', 'a recipe trains none yet');
  const fit = fitted(recipe, data, role);
  sameValue(fit, estimator, bound, loose);
}

/** The first step of the recipe as it is fitted on all of the data. A recipe has to end in a step that predicts. */
function fitted(steps: string, data: Table, role: 'transformer' | 'classifier' | 'regressor'): Estimator {
  const list = role === 'transformer' ? `${steps.trimEnd().slice(0, -1)}, logistic_regression]` : steps;
  const text = `data: { source: x, target: ${JSON.stringify(TARGET)} }\npipeline: ${list}\n`;
  const parsed = parseRecipe(text, { file: 'the case' });
  // what is logged as recipe.yaml means the same
  assert.deepEqual(parseRecipe(recipeText(parsed), { file: 'its text' }), parsed);
  const inputs = data.columns.filter(({ name }) => name !== TARGET);
  const frame = frameOf(data, {
    kind: 'Pipeline',
    featuresIn: { names: inputs.map(({ name }) => name) },
    dtype: 'float64',
  });
  const all = Int32Array.from({ length: data.rows }, (_, row) => row);
  const target =
    role === 'transformer'
      ? ({ role: 'regressor', values: new Float64Array(data.rows) } as const)
      : takeTarget(
          readTarget(data, { target: TARGET, max_classes: null }, role, () => {}),
          all,
        );
  const own = role === 'transformer' ? parsed.pipeline.slice(0, -1) : parsed.pipeline;
  return finish(fitSteps(own, frame, { target, warn: () => {} }, 'pipeline')).steps[0]!.estimator as Estimator;
}
