// The reference of recipes: its examples train, and its JSON Schema accepts and refuses what the parser does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { iris } from '../../src/data/iris.js';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { recipeText } from '../../src/recipe/recipe-text.js';
import { readYaml } from '../../src/recipe/recipe-yaml.js';
import { describeRecipe } from '../../src/recipe/reference/describe-recipe.js';
import { recipeJsonSchema } from '../../src/recipe/reference/recipe-json-schema.js';
import { STEP_NAMES } from '../../src/recipe/steps/table.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import { finish } from '../../src/work.js';
import { ROOT } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const page = readFileSync(join(ROOT, 'docs', 'recipe.md'), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml!);

test('every example of docs/recipe.md trains, one for each step', async () => {
  const customers = await readCsvTable(readFileSync(join(ROOT, 'docs', 'customers.csv')), { name: 'customers.csv' });
  const used = new Set<string>();
  assert.equal(examples.length, STEP_NAMES.length + 1);
  for (const [i, yaml] of examples.entries()) {
    const recipe = parseRecipe(yaml, { file: `example ${i}` });
    const { warnings } = finish(trainRecipe(recipe, recipe.data.source === 'iris' ? iris() : customers));
    assert.deepEqual(warnings, [], yaml);
    if (i > 0)
      used.add(
        STEP_NAMES.find((name) => page.indexOf(`### ${name}`) === page.lastIndexOf('### ', page.indexOf(yaml)))!,
      );
    if (i > 0) assert.match(yaml, new RegExp(`- ${[...used].at(-1)}\\b`));
  }
  assert.deepEqual([...used], [...STEP_NAMES]);
});

test('every key has words, and every default is what the parser fills in', () => {
  const { keys, steps } = describeRecipe();
  for (const { path, meaning, expected } of [...keys, ...steps.flatMap((step) => step.keys)]) {
    assert.match(meaning, /^.+\.$/, path);
    assert.notEqual(expected, '', path);
  }
  for (const { name, keys: own } of steps) {
    if (own.some((key) => key.default === null)) continue;
    const from = (body: string) => {
      const last = name.match(/regress|ridge|classifier/) ? '' : ', logistic_regression';
      return recipeText(
        parseRecipe(`data: { source: x, target: y }\npipeline: [${name}: { ${body} }${last}]`, { file: name }),
      );
    };
    // YAML 1.2 flow mappings have no place for `columns: null` as a list, but null is the default
    assert.equal(from(own.map((key) => `${key.path}: ${key.default}`).join(', ')), from(''), name);
  }
});

test('the classes of scikit-learn are where the reference says', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const classes = describeRecipe().steps.map((step) => step.class);
  const done = runPython(
    environment.python,
    'import importlib, sys\nfor name in sys.argv[1:]:\n  module, cls = name.rsplit(".", 1)\n  print(getattr(importlib.import_module(module), cls).__name__)',
    classes,
  );
  assert.deepEqual(
    done.stdout.trim().split('\n'),
    classes.map((name) => name.split('.').at(-1)),
    done.stderr,
  );
});

const BASE = 'data: { source: x.csv, target: y }\npipeline: [logistic_regression]\n';
const step = (text: string) => BASE.replace('[', `[${text}, `);
const ACCEPTED = [
  DEFAULT_RECIPE_TEXT,
  ...examples,
  BASE,
  step('standard_scaler: null'),
  step('simple_imputer: { fill_value: x, columns: [a] }'),
  step('ordinal_encoder: { categories: [[1, 2], [a]], unknown_value: -1 }'),
  BASE.replace('logistic_regression', 'logistic_regression: { class_weight: { 0: 1, b: 2.5 }, C: 2 }'),
  BASE.replace('logistic_regression', 'decision_tree_regressor: { max_features: sqrt, min_samples_leaf: 0.1 }'),
  'data: { source: s3://b/k, target: y, drop: [a, b], max_classes: 500 }\nsplit: { test_size: 30 }\npipeline: [ridge]\n',
];
const REFUSED = [
  '{}',
  'pipeline: [logistic_regression]',
  `${BASE}nmae: x\n`,
  `${BASE}split: { test_size: 1.5 }\n`,
  `${BASE}split: { stratify: yes }\n`,
  `${BASE}split: { random_state: -1 }\n`,
  BASE.replace('[logistic_regression]', '[]'),
  BASE.replace('target: y', 'target: ""'),
  BASE.replace('target: y', 'target: y, drop: [a, a]'),
  BASE.replace('target: y', 'target: y, max_classes: 1'),
  step('standard_scalar'),
  step('standard_scaler: { mean: true }'),
  step('standard_scaler: { with_mean: 1 }'),
  step('standard_scaler: { columns: [] }'),
  step('{ standard_scaler: {}, min_max_scaler: {} }'),
  step('column_transformer'),
  step('column_transformer: { transformers: [{ columns: [a], steps: [logistic_regression] }] }'),
  step('column_transformer: { transformers: [{ columns: [a], steps: [standard_scaler: { x: 1 }] }] }'),
  step('one_hot_encoder: { drop: last }'),
  BASE.replace('logistic_regression', 'logistic_regression: { C: 0 }'),
  BASE.replace('logistic_regression', 'logistic_regression: { class_weight: { a: -1 } }'),
  BASE.replace('logistic_regression', 'ridge: { positive: true }'),
  BASE.replace('logistic_regression', 'decision_tree_classifier: { max_features: 1.5 }'),
];

test('the JSON Schema accepts what the parser accepts, and refuses what a schema can see', () => {
  const schema = z.fromJSONSchema(recipeJsonSchema() as never);
  // Objects without a prototype become ordinary ones.
  const plain = (text: string) => JSON.parse(JSON.stringify(readYaml(text, 'recipe').value)) as unknown;
  for (const text of ACCEPTED) {
    parseRecipe(text, { file: 'accepted' });
    const found = schema.safeParse(plain(text));
    assert.ok(found.success, `${text}${found.error?.message}`);
  }
  for (const text of REFUSED) {
    assert.throws(() => parseRecipe(text, { file: 'refused' }), text);
    assert.ok(!schema.safeParse(plain(text)).success, text);
  }
});
