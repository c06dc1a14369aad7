// The whole road against scikit-learn run for real: the same recipe, the same rows, the same figures.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { iris } from '../../src/data/iris.js';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import type { Table } from '../../src/data/table.js';
import { featureCount } from '../../src/estimators/fitted.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { recipeText } from '../../src/recipe/recipe-text.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import type { ClassEvaluation } from '../../src/training/evaluate-classes.js';
import { finish } from '../../src/work.js';
import { lastStep } from '../support/estimators.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const SKLEARN = `
import json, sys, warnings, numpy as np, pandas as pd, yaml, sklearn.datasets as ds
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import *
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import *
warnings.simplefilter('ignore')
folder = sys.argv[1]
KINDS = {'standard_scaler': StandardScaler, 'min_max_scaler': MinMaxScaler, 'simple_imputer': SimpleImputer, 'one_hot_encoder': OneHotEncoder, 'ordinal_encoder': OrdinalEncoder}

def made_of(step):
    (kind, params), = step.items()
    params = dict(params)
    columns = params.pop('columns', None)
    if kind == 'column_transformer':
        parts = [(p['name'], p['steps'] if isinstance(p['steps'], str) else steps_of(p['steps']), p['columns']) for p in params.pop('transformers')]
        return ColumnTransformer(parts, **params)
    if kind == 'one_hot_encoder': params['sparse_output'] = False
    if 'feature_range' in params: params['feature_range'] = tuple(params['feature_range'])
    made = KINDS[kind](**params)
    return made if columns is None else ColumnTransformer([('x', made, columns)], remainder='passthrough', verbose_feature_names_out=False)

def steps_of(steps):
    return Pipeline([(f's{i}', made_of(step)) for i, step in enumerate(steps)])

def mixed():
    rng = np.random.RandomState(5)
    n = 700
    colour = rng.choice(['red', 'green', 'Blue', 'ü-violet', '\\U0001F600'], n)
    size = rng.choice(['S', 'M', 'L', 'XL'], n).astype(object)
    frame = pd.DataFrame({'age': rng.randint(18, 90, n), 'income': np.round(rng.lognormal(10, 1, n), 2), 'colour': colour, 'size': size,
        'visits': rng.poisson(3, n).astype(float), 'member': rng.rand(n) < 0.4})
    score = frame.age / 30 + (colour == 'red') * 1.5 - (size == 'S') + rng.normal(0, 1, n)
    frame['segment'] = np.where(score > 2.6, 'gold, plus', np.where(score > 1.4, 'silver', 'Bronze'))
    frame.loc[rng.rand(n) < 0.15, 'income'] = np.nan
    frame.loc[rng.rand(n) < 0.1, 'visits'] = np.nan
    frame.loc[rng.rand(n) < 0.12, 'size'] = None
    return frame

for name in ['wine', 'breast_cancer', 'digits']:
    frame = getattr(ds, 'load_' + name)(as_frame=True).frame
    frame.to_csv(f'{folder}/{name}.csv', index=False)
mixed().to_csv(f'{folder}/mixed.csv', index=False)
ds.load_iris(as_frame=True).frame.rename(columns={'target': 'species'}).to_csv(f'{folder}/iris.csv', index=False)

def run(text):
    recipe = yaml.safe_load(text)
    frame = pd.read_csv(f"{folder}/{recipe['data']['source']}.csv")
    y = frame[recipe['data']['target']]
    X = frame.drop(columns=[recipe['data']['target'], *recipe['data'].get('drop', [])])
    s = recipe['split']
    a, b, c, d = train_test_split(X, y, test_size=s['test_size'], random_state=s['random_state'], stratify=y if s['stratify'] else None)
    for step in recipe['pipeline'][:-1]:
        made = made_of(step)
        made.set_output(transform='pandas')
        a, b = made.fit_transform(a), made.transform(b)
    (_, params), = recipe['pipeline'][-1].items()
    # lbfgs itself stops 1e-7 … 1e-6 before the minimum, whatever its tol: Newton's method is the reference there
    if params['tol'] < 1e-8: params.update(solver='newton-cholesky', tol=1e-13)
    model = LogisticRegression(**params).fit(a.astype(float), c)
    p, q = model.predict(b.astype(float)), model.predict_proba(b.astype(float))
    roc = [roc_auc_score(np.asarray(d) == k, q[:, i]) for i, k in enumerate(model.classes_)]
    ap = [average_precision_score(np.asarray(d) == k, q[:, i]) for i, k in enumerate(model.classes_)]
    fpr, tpr, _ = roc_curve(np.asarray(d) == model.classes_[1], q[:, 1])
    pr, re, _ = precision_recall_curve(np.asarray(d) == model.classes_[1], q[:, 1])
    macro = dict(average='macro', zero_division=0)
    return {'metrics': {'val_acc': accuracy_score(d, p), 'val_precision': precision_score(d, p, **macro), 'val_recall': recall_score(d, p, **macro),
        'val_f1': f1_score(d, p, **macro), 'val_log_loss': log_loss(d, q, labels=model.classes_),
        'val_roc_auc': roc_auc_score(d, q[:, 1]) if len(model.classes_) == 2 else roc_auc_score(d, q, multi_class='ovr', average='macro', labels=model.classes_)},
        'labels': [str(v) for v in p], 'probabilities': q.ravel().tolist(), 'iterations': int(model.n_iter_[0]), 'features': list(a.columns),
        'matrix': b.astype(float).to_numpy().ravel().tolist(), 'confusion': confusion_matrix(d, p, labels=np.unique(y)).ravel().tolist(),
        'auc': roc, 'ap': ap, 'fpr': fpr.tolist(), 'tpr': tpr.tolist(), 'pr': pr.tolist(), 're': re.tolist(), 'coef': model.coef_.ravel().tolist(), 'intercept': model.intercept_.tolist()}

json.dump([run(text) for text in json.load(open(f'{folder}/recipes.json'))], open(f'{folder}/answers.json', 'w'))
`;

interface Answer {
  metrics: Record<string, number>;
  labels: string[];
  probabilities: number[];
  iterations: number;
  features: string[];
  confusion: number[];
  auc: number[];
  ap: number[];
  fpr: number[];
  tpr: number[];
  pr: number[];
  re: number[];
  coef: number[];
}

const recipe = (
  source: string,
  target: string,
  pipeline: string,
  split = '{ test_size: 0.2, random_state: 42, stratify: true }',
) => `data: { source: ${source}, target: ${target} }\nsplit: ${split}\npipeline: ${pipeline}\n`;
const MIXED =
  '[{simple_imputer: {columns: [income, visits], strategy: median}}, {simple_imputer: {columns: [size], strategy: most_frequent}}, {one_hot_encoder: {columns: [colour, size]}}, standard_scaler, logistic_regression]';

/** Bound on the difference of probabilities: where both stop at the default tolerance, or both run to convergence. */
const DEFAULT = 1e-4;
const CONVERGED = 1e-9;
const FULL = 'tol: 1.0e-12, max_iter: 20000';

const CASES: [string, string, number][] = [
  ['iris, the default recipe', recipe('iris', 'species', '[logistic_regression: { C: 1.0, max_iter: 200 }]'), DEFAULT],
  ['iris, scaled', recipe('iris', 'species', '[standard_scaler, logistic_regression]'), DEFAULT],
  ['iris, converged', recipe('iris', 'species', `[logistic_regression: { ${FULL} }]`), CONVERGED],
  [
    'iris, min-max, clipped',
    recipe(
      'iris',
      'species',
      '[min_max_scaler: {feature_range: [-1, 2.5], clip: true}, logistic_regression]',
      '{ test_size: 0.4, random_state: 1, stratify: false }',
    ),
    DEFAULT,
  ],
  [
    'iris, two columns scaled',
    recipe(
      'iris',
      'species',
      `[standard_scaler: {columns: ["petal length (cm)", "sepal width (cm)"], with_mean: false}, logistic_regression: {C: 10, ${FULL}}]`,
    ),
    CONVERGED,
  ],
  [
    'iris, no intercept',
    recipe('iris', 'species', `[logistic_regression: {fit_intercept: false, ${FULL}}]`),
    CONVERGED,
  ],
  [
    'iris, balanced',
    recipe(
      'iris',
      'species',
      `[standard_scaler, logistic_regression: {class_weight: balanced, ${FULL}}]`,
      '{ test_size: 45, random_state: 7, stratify: false }',
    ),
    CONVERGED,
  ],
  [
    'iris, weighted classes',
    recipe('iris', 'species', `[logistic_regression: {class_weight: {0: 1.0, 1: 2.5, 2: 0.5}, ${FULL}}]`),
    CONVERGED,
  ],
  ['wine, scaled', recipe('wine', 'target', '[standard_scaler, logistic_regression]'), DEFAULT],
  ['wine, scaled, converged', recipe('wine', 'target', `[standard_scaler, logistic_regression: {${FULL}}]`), CONVERGED],
  [
    'breast_cancer, scaled',
    recipe('breast_cancer', 'target', '[standard_scaler, logistic_regression: {C: 0.5}]'),
    DEFAULT,
  ],
  [
    'breast_cancer, scaled, converged',
    recipe('breast_cancer', 'target', `[standard_scaler, logistic_regression: {C: 0.1, ${FULL}}]`),
    CONVERGED,
  ],
  [
    'breast_cancer, scale only, weighted',
    recipe(
      'breast_cancer',
      'target',
      `[standard_scaler: {with_mean: false}, logistic_regression: {class_weight: balanced, ${FULL}}]`,
    ),
    CONVERGED,
  ],
  ['digits, scaled', recipe('digits', 'target', '[standard_scaler, logistic_regression]'), DEFAULT],
  [
    'digits, min-max, converged',
    recipe('digits', 'target', `[min_max_scaler, logistic_regression: {${FULL}}]`),
    CONVERGED,
  ],
  ['mixed', recipe('mixed', 'segment', MIXED), DEFAULT],
  [
    'mixed, converged',
    recipe('mixed', 'segment', MIXED.replace('logistic_regression', `logistic_regression: {${FULL}}`)),
    CONVERGED,
  ],
  [
    'mixed, pipelines inside a column_transformer',
    recipe(
      'mixed',
      'segment',
      `[{column_transformer: {transformers: [{name: num, columns: [income, visits, age], steps: [simple_imputer: {strategy: median}, standard_scaler]}, {columns: [size], steps: [simple_imputer: {strategy: constant, fill_value: none}, ordinal_encoder: {categories: [[none, S, M, L, XL]]}]}, {columns: [colour], steps: [one_hot_encoder]}, {columns: [age], steps: [min_max_scaler: {feature_range: [0, 2]}]}], remainder: passthrough}}, {logistic_regression: {${FULL}}}]`,
    ),
    CONVERGED,
  ],
  [
    'mixed, ordinal_encoder with missing ones and unknown ones',
    recipe(
      'mixed',
      'segment',
      `[{ordinal_encoder: {columns: [size, colour], encoded_missing_value: -1, handle_unknown: use_encoded_value, unknown_value: -2}}, {simple_imputer: {strategy: mean}}, standard_scaler, {logistic_regression: {${FULL}}}]`,
    ),
    CONVERGED,
  ],
  [
    'mixed, drop first, constant',
    recipe(
      'mixed',
      'segment',
      `[{simple_imputer: {columns: [size], strategy: constant, fill_value: none at all}}, {one_hot_encoder: {columns: [size, colour, member], drop: first}}, {simple_imputer: {strategy: mean}}, {min_max_scaler: {columns: [income, age]}}, {logistic_regression: {${FULL}}}]`,
    ),
    CONVERGED,
  ],
  [
    'mixed, drop if binary, ignore',
    recipe(
      'mixed',
      'segment',
      `[{simple_imputer: {columns: [visits, income], strategy: constant, fill_value: -1}}, {simple_imputer: {columns: [size], strategy: constant}}, {one_hot_encoder: {columns: [member, size, colour, visits], drop: if_binary, handle_unknown: ignore}}, {standard_scaler: {with_std: true}}, {logistic_regression: {C: .inf, tol: 1.0e-5, max_iter: 5000}}]`,
    ),
    1e-3,
  ],
];

const LABELS = ['val_acc', 'val_precision', 'val_recall', 'val_f1'];

/** The answer's probabilities, row by row. */
function probabilities({ rows, columns }: Table): number[] {
  const chances = columns.slice(1).map(({ values }) => values as Float64Array);
  return Array.from({ length: rows }, (_, row) => chances.map((values) => values[row]!)).flat();
}

function near(mine: ArrayLike<number>, theirs: ArrayLike<number>, bound: number, what: string): number {
  assert.equal(mine.length, theirs.length, what);
  let worst = 0;
  for (let i = 0; i < mine.length; i++) worst = Math.max(worst, Math.abs(mine[i]! - theirs[i]!));
  assert.ok(worst <= bound, `${what}: off by ${worst}, at most ${bound}`);
  return worst;
}

test('pipelines give the figures of scikit-learn', async (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const folder = scratch();
  mkdirSync(folder, { recursive: true });
  const recipes = CASES.map(([name, text]) => parseRecipe(text, { file: name }));
  // Python reads the canonical text: what it does with it must be what we mean
  writeFileSync(join(folder, 'recipes.json'), JSON.stringify(recipes.map(recipeText)));
  const done = runPython(environment.python, SKLEARN, [folder]);
  assert.equal(done.status, 0, done.stderr);
  const answers: Answer[] = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
  for (const [i, [name, , bound]] of CASES.entries())
    await t.test(name, async (t) => {
      const source = recipes[i]!.data.source;
      const table = await readCsvTable(readFileSync(join(folder, `${source}.csv`)), { name: source });
      const trained = finish(trainRecipe(recipes[i]!, table));
      const answer = answers[i]!;
      const evaluation = trained.evaluation as ClassEvaluation;
      const off = near(probabilities(trained.testAnswer), answer.probabilities, bound, 'probabilities');
      t.diagnostic(
        `probabilities off by ${off.toExponential(1)}; iterations ${lastStep(trained.estimator).n_iter_}, scikit-learn ${answer.iterations}`,
      );
      assert.deepEqual(Array.from(trained.testAnswer.columns[0]!.values, String), answer.labels);
      for (const metric of LABELS) assert.equal(evaluation.metrics.get(metric), answer.metrics[metric], metric);
      assert.ok(
        Math.abs(evaluation.metrics.get('val_log_loss')! - answer.metrics['val_log_loss']!) <= bound * 10,
        'val_log_loss',
      );
      near([evaluation.metrics.get('val_roc_auc')!], [answer.metrics['val_roc_auc']!], 1e-12, 'val_roc_auc');
      assert.equal(featureCount(lastStep(trained.estimator)), answer.features.length);
      assert.deepEqual([...evaluation.confusion.counts], answer.confusion);
      near(
        evaluation.curves.map((curve) => curve.roc!.area),
        answer.auc,
        1e-12,
        'areas',
      );
      near(
        evaluation.curves.map((curve) => curve.precisionRecall!.averagePrecision),
        answer.ap,
        1e-12,
        'average precision',
      );
      checkCurves(evaluation, answer);
    });
});

function checkCurves(evaluation: ClassEvaluation, answer: Answer): void {
  const { roc, precisionRecall } = evaluation.curves[1]!;
  assert.deepEqual([...roc!.falsePositiveRate], answer.fpr);
  assert.deepEqual([...roc!.truePositiveRate], answer.tpr);
  assert.deepEqual([...precisionRecall!.precision], answer.pr);
  assert.deepEqual([...precisionRecall!.recall], answer.re);
}

test('the reference values of the lesson', () => {
  const alone = finish(trainRecipe(parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'default' }), iris()));
  assert.deepEqual(
    LABELS.map((name) => alone.evaluation.metrics.get(name)),
    [0.9666666666666667, 0.9696969696969697, 0.9666666666666667, 0.9665831244778612],
  );
  assert.ok(Math.abs(alone.evaluation.metrics.get('val_log_loss')! - 0.15891035483973315) < 1e-6);
  const scaled = finish(
    trainRecipe(
      parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'default' }, [
        'pipeline=[standard_scaler, logistic_regression: {max_iter: 200}]',
      ]),
      iris(),
    ),
  );
  assert.deepEqual(
    LABELS.map((name) => scaled.evaluation.metrics.get(name)),
    [0.9333333333333333, 0.9333333333333332, 0.9333333333333332, 0.9333333333333332],
  );
  assert.ok(Math.abs(scaled.evaluation.metrics.get('val_log_loss')! - 0.17397259306520446) < 1e-12);
});
