// Recipes that end in a tree: the estimator, its graph in this runtime and the package in Python's MLflow answer as scikit-learn, to
// the last bit.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import type { Table } from '../../src/data/table.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { proveGraph } from '../../src/packaging/prove-graph.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { recipeText } from '../../src/recipe/recipe-text.js';
import { type Trained, trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const DATA = `
import sys, numpy as np, pandas as pd, sklearn.datasets as ds
folder = sys.argv[1]
for name in ['iris', 'breast_cancer', 'diabetes']:
    getattr(ds, 'load_' + name)(as_frame=True).frame.to_csv(f'{folder}/{name}.csv', index=False)
rng = np.random.RandomState(5)
n = 600
frame = pd.DataFrame({'age': rng.randint(18, 90, n), 'income': np.round(rng.lognormal(10, 1, n), 2), 'colour': rng.choice(['red', 'green', 'Blue'], n), 'visits': rng.poisson(3, n).astype(float)})
score = frame.age / 30 + (frame.colour == 'red') * 1.5 + rng.normal(0, 1, n) + (frame.income > 30000)
frame['segment'] = np.where(score > 3, 'gold, plus', np.where(score > 2, 'silver', 'Bronze'))
frame['spent'] = np.round(np.maximum(score, 0) * frame.visits, 3)
frame.loc[rng.rand(n) < 0.15, 'income'] = np.nan
frame.loc[rng.rand(n) < 0.1, 'visits'] = np.nan
frame.to_csv(f'{folder}/mixed.csv', index=False)
`;

/** Each recipe in scikit-learn, and the graph that mlctl wrote of it in Python's MLflow: both answers to the test rows. */
const ANSWERS = `
import json, sys, warnings, numpy as np, pandas as pd, yaml, onnx, mlflow
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
warnings.simplefilter('ignore')
folder = sys.argv[1]
KINDS = {'standard_scaler': StandardScaler, 'simple_imputer': SimpleImputer, 'one_hot_encoder': OneHotEncoder, 'decision_tree_classifier': DecisionTreeClassifier, 'decision_tree_regressor': DecisionTreeRegressor}

def table(names, columns):
    return {name: (list(map(str, values)) if name == 'label' else np.asarray(values, dtype=float).tolist()) for name, values in zip(names, columns)}

def run(i, text):
    recipe = yaml.safe_load(text)
    frame = pd.read_csv(f"{folder}/{recipe['data']['source']}.csv")
    y = frame[recipe['data']['target']]
    X = frame.drop(columns=[recipe['data']['target'], *recipe['data'].get('drop', [])])
    s = recipe['split']
    a, rows, c, _ = train_test_split(X, y, test_size=s['test_size'], random_state=s['random_state'], stratify=y if s['stratify'] else None)
    b = rows
    for step in recipe['pipeline'][:-1]:
        (kind, params), = step.items()
        columns = params.pop('columns', None) or list(a.columns)
        if kind == 'one_hot_encoder': params['sparse_output'] = False
        made = ColumnTransformer([('x', KINDS[kind](**params), columns)], remainder='passthrough', verbose_feature_names_out=False)
        made.set_output(transform='pandas')
        a, b = made.fit_transform(a), made.transform(b)
    (kind, params), = recipe['pipeline'][-1].items()
    model = KINDS[kind](**params).fit(a.astype(float), c)
    b = b.astype(float)
    if kind.endswith('classifier'):
        wanted = table(['label', *(f'probability_{k}' for k in model.classes_)], [model.predict(b), *model.predict_proba(b).T])
    else:
        wanted = table(['prediction'], [model.predict(b)])
    mlflow.onnx.save_model(onnx.load(f'{folder}/{i}.onnx'), f'{folder}/package{i}', pip_requirements=['onnxruntime'])
    for name, dtype in rows.dtypes.items():
        if dtype.kind not in 'fi': rows[name] = rows[name].astype(object)
    found = mlflow.pyfunc.load_model(f'{folder}/package{i}').predict(rows[rows.columns[::-1]])
    return {'sklearn': wanted, 'pyfunc': table(list(found.columns), [found[name] for name in found.columns])}

json.dump([run(i, text) for i, text in enumerate(json.load(open(f'{folder}/recipes.json')))], open(f'{folder}/answers.json', 'w'))
`;

const recipe = (source: string, target: string, pipeline: string, drop = '[]') =>
  `data: { source: ${source}, target: ${target}, drop: ${drop} }\npipeline: ${pipeline}\n`;
const ENCODED = '{one_hot_encoder: {columns: [colour]}}';

const CASES: [string, string][] = [
  ['iris', recipe('iris', 'target', '[decision_tree_classifier]')],
  [
    'iris, entropy, scaled, weighted',
    recipe(
      'iris',
      'target',
      '[standard_scaler, decision_tree_classifier: {criterion: entropy, class_weight: {0: 1.0, 1: 0.3, 2: 2.5}, max_features: sqrt, random_state: 7}]',
    ),
  ],
  [
    'breast cancer, random splits, pruned',
    recipe(
      'breast_cancer',
      'target',
      '[decision_tree_classifier: {splitter: random, random_state: 3, ccp_alpha: 0.005}]',
    ),
  ],
  [
    'missing values and text labels, balanced',
    recipe(
      'mixed',
      'segment',
      `[${ENCODED}, decision_tree_classifier: {class_weight: balanced, min_samples_leaf: 0.01, max_leaf_nodes: 30}]`,
      '[spent]',
    ),
  ],
  ['diabetes', recipe('diabetes', 'target', '[decision_tree_regressor: {max_depth: 6}]')],
  [
    'diabetes, absolute error, random splits',
    recipe(
      'diabetes',
      'target',
      '[decision_tree_regressor: {criterion: absolute_error, splitter: random, random_state: 1}]',
    ),
  ],
  [
    'missing values, half Poisson deviance, pruned',
    recipe(
      'mixed',
      'spent',
      `[${ENCODED}, decision_tree_regressor: {criterion: poisson, max_features: 0.5, min_samples_split: 0.02, ccp_alpha: 0.01}]`,
      '[segment]',
    ),
  ],
];

/** A table by column, labels as text. */
function columnsOf({ columns }: Table): Record<string, unknown[]> {
  return Object.fromEntries(
    columns.map(({ name, type, values }) => [name, type === 'double' ? [...values] : Array.from(values, String)]),
  );
}

test('recipes that end in a tree answer as scikit-learn, to the last bit, everywhere', async (t) => {
  const environment = pythonOf('pandas2');
  if ('skip' in environment) return t.skip(environment.skip);
  const folder = scratch();
  mkdirSync(folder, { recursive: true });
  const python = (program: string): void => {
    const done = runPython(environment.python, program, [folder]);
    assert.equal(done.status, 0, done.stderr);
  };
  python(DATA);
  const recipes = CASES.map(([name, text]) => parseRecipe(text, { file: name }));
  const trained: Trained[] = [];
  for (const one of recipes) {
    const { source } = one.data;
    const table = await readCsvTable(readFileSync(join(folder, `${source}.csv`)), { name: source });
    trained.push(finish(trainRecipe(one, table)));
  }
  const graphs = trained.map(({ estimator, inputs }) => convertEstimator(estimator, inputs));
  for (const [i, bytes] of graphs.entries()) writeFileSync(join(folder, `${i}.onnx`), bytes);
  writeFileSync(join(folder, 'recipes.json'), JSON.stringify(recipes.map(recipeText)));
  python(ANSWERS);
  const answers: { sklearn: unknown; pyfunc: unknown }[] = JSON.parse(
    readFileSync(join(folder, 'answers.json'), 'utf8'),
  );
  for (const [i, [name]] of CASES.entries())
    await t.test(name, async () => {
      const { signature, testInputs: rows, testAnswer: expected } = trained[i]!;
      const own = columnsOf(expected);
      assert.deepEqual(own, answers[i]!.sklearn);
      assert.deepEqual(own, answers[i]!.pyfunc);
      assert.deepEqual(
        columnsOf(await proveGraph({ bytes: graphs[i]!, signature, rows, expected, example: rows })),
        own,
      );
    });
});

test('a seed of null is the seed 0, and the run says so', () => {
  const steps = parseRecipe(recipe('iris', 'target', '[decision_tree_classifier: {random_state: null}]'), {
    file: 'r',
  }).pipeline;
  assert.equal(steps[0]!.params['random_state'], 0);
});

const numbers = (name: string, ...values: number[]) =>
  ({ name, type: 'double', values: Float64Array.from(values) }) as const;
const REFUSED: [string, string, Table, RegExp][] = [
  [
    'a quantity below 0 where the criterion is poisson',
    '[decision_tree_regressor: {criterion: poisson}]',
    { rows: 4, columns: [numbers('x', 1, 2, 3, 4), numbers('y', 1, -2, 3, -5)] },
    /criterion poisson .*; its least is -/,
  ],
  [
    'a number that float32 cannot hold',
    '[decision_tree_regressor]',
    { rows: 4, columns: [numbers('x', 1, 1e39, -1e39, 1e40), numbers('y', 1, 2, 3, 4)] },
    /column "x" holds -?1e\+?\d+ in row \d/,
  ],
  [
    'weights that are all 0',
    '[decision_tree_classifier: {class_weight: {a: 0, b: 0}}]',
    {
      rows: 8,
      columns: [numbers('x', 1, 2, 3, 4, 5, 6, 7, 8), { name: 'y', type: 'string', values: [...'abababab'] }],
    },
    /gives every class of the training rows the weight 0/,
  ],
];

for (const [what, steps, table, message] of REFUSED)
  test(`${what} is refused with a clear error`, () => {
    const text = `${recipe('own', 'y', steps)}split: { test_size: 0.5, random_state: 0 }\n`;
    assert.throws(() => finish(trainRecipe(parseRecipe(text, { file: 'r' }), table)), { name: 'MlctlError', message });
  });
