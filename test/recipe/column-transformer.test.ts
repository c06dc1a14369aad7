// The step column_transformer and what stands inside it: read, refused by place, written, logged, shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import { MlctlError } from '../../src/errors/error.js';
import { finalStep } from '../../src/estimators/trained/role.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { recipeParams } from '../../src/recipe/recipe-params.js';
import { recipeText } from '../../src/recipe/recipe-text.js';
import type { Recipe } from '../../src/recipe/recipe-types.js';
import { stepLines } from '../../src/recipe/step-lines.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';
import { pythonOf, runPython } from '../support/python.js';

const parse = (text: string, set: string[] = []): Recipe => parseRecipe(text, { file: 'r.yaml' }, set);

function refused(work: () => unknown, message: RegExp): void {
  assert.throws(work, (error: unknown) => {
    assert.ok(error instanceof MlctlError, String(error));
    assert.equal(error.code, 'RECIPE_INVALID');
    assert.match(error.message, message);
    return true;
  });
}

const TEXT = `data: { source: x.csv, target: y }
pipeline:
  - column_transformer:
      transformers:
        - name: num
          columns: [age, income]
          steps: [simple_imputer: { strategy: median }, standard_scaler]
        - columns: [city]
          steps:
            - one_hot_encoder: { handle_unknown: ignore }
        - { columns: [id], steps: drop }
      remainder: passthrough
  - logistic_regression
`;

test('parts over columns, each a list of steps; a part without a name is named by its step', () => {
  const [step] = parse(TEXT).pipeline;
  assert.deepEqual(step, {
    name: 'column_transformer',
    columns: null,
    params: {
      transformers: [
        {
          name: 'num',
          columns: ['age', 'income'],
          steps: [
            { name: 'simple_imputer', params: { strategy: 'median', fill_value: null }, columns: null },
            { name: 'standard_scaler', params: { with_mean: true, with_std: true }, columns: null },
          ],
        },
        {
          name: 'one_hot_encoder',
          columns: ['city'],
          steps: [{ name: 'one_hot_encoder', params: { handle_unknown: 'ignore', drop: null }, columns: null }],
        },
        { name: 'drop', columns: ['id'], steps: 'drop' },
      ],
      remainder: 'passthrough',
      verbose_feature_names_out: true,
    },
  });
});

test('the canonical text reads back as the same recipe, and the names of run parameters contain their path', () => {
  const recipe = parse(TEXT);
  assert.deepEqual(parse(recipeText(recipe)), recipe);
  assert.equal(recipeText(parse(recipeText(recipe))), recipeText(recipe));
  const params = Object.fromEntries(recipeParams(recipe));
  assert.equal(
    params.pipeline,
    'column_transformer(num: simple_imputer > standard_scaler, one_hot_encoder: one_hot_encoder, drop: drop) > logistic_regression',
  );
  assert.deepEqual(
    Object.entries(params).filter(([key]) => /columns$|strategy|remainder|__drop$/.test(key)),
    [
      ['column_transformer__num__columns', '["age","income"]'],
      ['column_transformer__num__simple_imputer__strategy', 'median'],
      ['column_transformer__one_hot_encoder__columns', '["city"]'],
      ['column_transformer__one_hot_encoder__drop', 'None'],
      ['column_transformer__drop__columns', '["id"]'],
      ['column_transformer__drop', 'drop'],
      ['column_transformer__remainder', 'passthrough'],
    ],
  );
  assert.match(
    stepLines(recipe.pipeline)[0]!,
    /^column_transformer\(transformers=\[num: simple_imputer\(.*\) > standard_scaler\(.*\) on age, income; one_hot_encoder: .* on city; drop: drop on id\], remainder="passthrough"/,
  );
});

test('parameters of the run have the names of get_params in scikit-learn', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const done = runPython(
    environment.python,
    `import json
from sklearn.pipeline import Pipeline
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import StandardScaler, OneHotEncoder
from sklearn.linear_model import LogisticRegression
parts = [('num', Pipeline([('simple_imputer', SimpleImputer()), ('standard_scaler', StandardScaler())]), ['a']),
    ('one_hot_encoder', OneHotEncoder(), ['b']), ('drop', 'drop', ['c'])]
made = Pipeline([('column_transformer', ColumnTransformer(parts)), ('logistic_regression', LogisticRegression())])
print(json.dumps(list(made.get_params())))`,
  );
  assert.equal(done.status, 0, done.stderr);
  const theirs = new Set(JSON.parse(done.stdout) as string[]);
  const ours = [...recipeParams(parse(TEXT)).keys()].filter((key) => key.includes('__') && !key.endsWith('__columns'));
  assert.ok(ours.length > 15);
  for (const key of ours) assert.ok(theirs.has(key), key);
});

test('--set changes values inside a part', () => {
  const recipe = parse(TEXT, ['pipeline.0.column_transformer.transformers.0.steps.0.simple_imputer.strategy=mean']);
  assert.match(recipeText(recipe), /strategy: mean/);
});

test('a fault inside a part is reported with its path', () => {
  const at = 'pipeline\\.0\\.column_transformer\\.transformers';
  refused(
    () => parse(TEXT.replace('strategy: median', 'stratgy: median')),
    new RegExp(`r\\.yaml:7: ${at}\\.0\\.steps\\.0\\.simple_imputer\\.stratgy: unknown key; did you mean strategy\\?`),
  );
  refused(
    () => parse(TEXT.replace('- one_hot_encoder', '- one_hot_encodr')),
    new RegExp(`r\\.yaml:10: ${at}\\.1\\.steps\\.0\\.one_hot_encodr: unknown step; did you mean one_hot_encoder\\?`),
  );
  refused(
    () => parse(TEXT.replace('- one_hot_encoder: { handle_unknown: ignore }', '- logistic_regression')),
    new RegExp(
      `${at}\\.1\\.steps: logistic_regression predicts, so it can only be the last step of the whole pipeline`,
    ),
  );
  refused(
    () => parse(TEXT.replace('columns: [city]', 'colums: [city]')),
    new RegExp(
      `${at}\\.1\\.columns: missing; expected a list of different column names[\\s\\S]*${at}\\.1\\.colums: unknown key; did you mean columns\\?`,
    ),
  );
  refused(
    () => parse(TEXT.replace('name: num', 'name: a__b')),
    new RegExp(`r\\.yaml:5: ${at}\\.0\\.name: expected a name of up to 100 letters, .*without "__", found "a__b"`),
  );
  refused(
    () => parse(TEXT.replace('name: num', 'name: drop')),
    new RegExp(`${at}: expected different names, found a list of 3`),
  );
  refused(
    () => parse(TEXT.replace('steps: drop', 'steps: keep')),
    new RegExp(`${at}\\.2\\.steps: expected a list of steps, passthrough or drop, found "keep"`),
  );
  refused(
    () => parse(TEXT.replace('steps: drop', 'steps: []')),
    /expected a list of steps, passthrough or drop, found a list of 0/,
  );
  refused(
    () => parse(TEXT.replace('remainder: passthrough', 'remainder: keep')),
    /remainder: expected one of drop, passthrough, found "keep"/,
  );
  refused(
    () => parse('data: { source: x, target: y }\npipeline: [column_transformer, logistic_regression]'),
    /transformers: missing; expected a list of mappings/,
  );
});

const ROWS = Array.from({ length: 24 }, (_, i) => `${i},${i % 4},${'abc'[i % 3]},${i % 2 ? 'yes' : 'no'}`);
const TABLE = await readCsvTable(Buffer.from(`age,income,city,y\n${ROWS.join('\n')}\n`), { name: 'x.csv' });

test('missing columns are reported with their path, and names made twice are refused', () => {
  const train = (transformers: string, more = '') =>
    finish(
      trainRecipe(
        parse(
          `data: { source: x.csv, target: y }\npipeline:\n  - column_transformer: { transformers: ${transformers}${more} }\n  - logistic_regression\n`,
        ),
        TABLE,
      ),
    );
  refused(
    () => train('[{columns: [age, incme], steps: [standard_scaler]}]'),
    /^pipeline\.0\.column_transformer\.transformers\.0\.columns names "incme", which is not a column at this step; did you mean "income"\?$/,
  );
  refused(
    () => train('[{columns: [age], steps: [standard_scaler: {columns: [income]}]}]'),
    /^pipeline\.0\.column_transformer\.transformers\.0\.steps\.0\.standard_scaler\.columns names "income"/,
  );
  const twice = '[{columns: [age], steps: [standard_scaler]}, {columns: [age], steps: [min_max_scaler]}]';
  assert.throws(() => train(twice, ', verbose_feature_names_out: false'), /two columns would be named "age" after it/);
  const { estimator } = train(twice);
  assert.deepEqual(finalStep(estimator).featuresIn, { names: ['standard_scaler__age', 'min_max_scaler__age'] });
});
