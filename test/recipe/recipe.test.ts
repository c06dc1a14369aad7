import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { recipeParams } from '../../src/recipe/recipe-params.js';
import { recipeText } from '../../src/recipe/recipe-text.js';
import type { Recipe } from '../../src/recipe/recipe-types.js';
import { pythonOf, runPython } from '../support/python.js';

const parse = (text: string, set: string[] = []): Recipe => parseRecipe(text, { file: 'r.yaml' }, set);
const BASE = 'data: { source: x.csv, target: y }\npipeline:\n  - logistic_regression: {}\n';

function refused(text: string, message: RegExp, set: string[] = []): void {
  assert.throws(
    () => parse(text, set),
    (error: unknown) => {
      assert.ok(error instanceof MlctlError, String(error));
      assert.equal(error.code, 'RECIPE_INVALID');
      assert.match(error.message, message);
      return true;
    },
  );
}

test('the default recipe, every default filled in', () => {
  assert.deepEqual(parse(DEFAULT_RECIPE_TEXT), {
    name: 'iris_clf',
    experiment: '03-models-pyfunc',
    run_name: 'logreg_v1',
    data: { source: 'iris', target: 'species', drop: [], max_classes: null },
    split: { test_size: 0.2, random_state: 42, stratify: true },
    pipeline: [
      {
        name: 'logistic_regression',
        columns: null,
        params: {
          C: 1,
          max_iter: 200,
          tol: 1e-4,
          fit_intercept: true,
          class_weight: null,
          solver: 'lbfgs',
          random_state: null,
        },
      },
    ],
  });
});

test('a step may be a word, a key without value, or a mapping', () => {
  for (const step of ['standard_scaler', 'standard_scaler:', 'standard_scaler: {}'])
    assert.deepEqual(parse(BASE.replace('  - l', `  - ${step}\n  - l`)).pipeline.slice(0, -1), [
      { name: 'standard_scaler', params: { with_mean: true, with_std: true }, columns: null },
    ]);
});

test('--set overrides any value, the later one wins', () => {
  const recipe = parse(DEFAULT_RECIPE_TEXT, [
    'pipeline.0.logistic_regression.C=0.5',
    'data.source="a b.csv"',
    'split.test_size=30',
    'split.test_size=31',
    'pipeline.0.logistic_regression.class_weight.1=2',
    'run_name=null',
  ]);
  assert.equal(recipe.pipeline.at(-1)!.params.C, 0.5);
  assert.deepEqual(recipe.pipeline.at(-1)!.params.class_weight, [['1', 2]]);
  assert.deepEqual([recipe.data.source, recipe.split.test_size, recipe.run_name], ['a b.csv', 31, null]);
  const scaled = parse(BASE.replace('  - l', '  - standard_scaler\n  - l'), [
    'pipeline.0.standard_scaler.with_mean=false',
  ]);
  assert.deepEqual(scaled.pipeline[0]!.params, { with_mean: false, with_std: true });
});

test('--set names a step without its place, as long as there is one of that name', () => {
  const text = `data: { source: x.csv, target: y }
pipeline:
  - simple_imputer: { columns: [a] }
  - column_transformer:
      transformers:
        - { columns: [a], steps: [simple_imputer, standard_scaler: { with_std: false }] }
        - { columns: [b], steps: passthrough }
  - logistic_regression
`;
  const recipe = parse(text, [
    'logistic_regression.C=2',
    'standard_scaler.with_mean=false',
    'column_transformer.remainder=drop',
  ]);
  assert.equal(recipe.pipeline.at(-1)!.params.C, 2);
  const { transformers } = recipe.pipeline[1]!.params as { transformers: { steps: Recipe['pipeline'] }[] };
  assert.deepEqual(transformers[0]!.steps[1]!.params, { with_mean: false, with_std: false });
  assert.throws(
    () => parse(text, ['simple_imputer.strategy=median']),
    (error: unknown) => {
      assert.ok(error instanceof MlctlError);
      assert.match(error.message, /the recipe has 2 steps simple_imputer/);
      assert.equal(
        error.hint,
        'say which: pipeline.0.simple_imputer.strategy, pipeline.1.column_transformer.transformers.0.steps.0.simple_imputer.strategy',
      );
      return true;
    },
  );
  const inner = parse(text, ['pipeline.1.column_transformer.transformers.0.steps.0.simple_imputer.strategy=median']);
  assert.deepEqual(
    (inner.pipeline[1]!.params as (typeof recipe.pipeline)[1]['params'] & { transformers: typeof transformers })
      .transformers[0]!.steps[0]!.params,
    {
      strategy: 'median',
      fill_value: null,
    },
  );
  refused(text, /ridge: unknown key; expected one of name/, ['ridge.alpha=1']);
  refused(text, /no step logistic_regresion; did you mean logistic_regression\?/, ['logistic_regresion.C=1']);
  refused(text, /splt: unknown key; did you mean split\?/, ['splt.test_size=1']);
  refused(text, /pipeline\.2\.logistic_regression\.c: unknown key; did you mean C\?/, ['logistic_regression.c=1']);
  refused(text, /__proto__: unknown key/, ['__proto__.x=1']);
});

test('a fault is reported with line, path, found and expected', () => {
  refused(
    BASE.replace('{}', '{ c: 1 }'),
    /^r\.yaml:3: pipeline\.0\.logistic_regression\.c: unknown key; did you mean C\?$/,
  );
  refused(
    BASE.replace('{}', '\n      max_iter: 1.5'),
    /^r\.yaml:4: pipeline\.0\.logistic_regression\.max_iter: expected a whole number, 0 or more, found 1\.5$/,
  );
  refused(BASE.replace('{}', '{ C: 0 }'), /expected a number greater than 0, found 0/);
  refused(BASE.replace('{}', '{ C: "1" }'), /expected a number greater than 0, found "1"/);
  refused(BASE.replace('{}', '{ solver: saga }'), /expected one of lbfgs, found "saga"$/);
  refused(BASE.replace('{}', '{ class_weight: balance }'), /found "balance"; did you mean balanced\?$/);
  refused(
    BASE.replace('logistic_regression', 'logistic_regresion'),
    /unknown step; did you mean logistic_regression\?/,
  );
  refused(BASE.replace('logistic_regression', 'standard_scaler'), /the last step must be one that predicts/);
  refused(`${BASE}  - standard_scaler\n`, /pipeline\.0: logistic_regression predicts, so it can only be the last step/);
  refused(
    BASE.replace('target: y', 'tagret: y'),
    /data\.target: missing; expected the name[\s\S]*data\.tagret: unknown key; did you mean target\?/,
  );
  refused(`${BASE}split: { stratify: yes }\n`, /split\.stratify: expected true or false, found "yes"/);
  refused(`${BASE}__proto__: 1\n`, /r\.yaml:4: __proto__: unknown key/);
  refused('pipeline: [logistic_regression]', /data: missing/);
  refused('- a', /found a list of 1/);
  refused('', /found null/);
  refused(
    BASE.replace('  - l', '  - min_max_scaler: { feature_range: [1, 1] }\n  - l'),
    /two numbers, the smaller first/,
  );
});

test('a fault from an override names the override', () => {
  refused(BASE, /^override split\.test_size: split\.test_size: expected a share .* found 1\.5$/, [
    'split.test_size=1.5',
  ]);
  refused(BASE, /expected path=value/, ['split']);
  refused(BASE, /is a list of 1: expected an index from 0 to 0, found 3/, ['pipeline.3.logistic_regression.C=1']);
  refused(BASE, /override data\.sorce: data\.sorce: unknown key; did you mean source/, ['data.sorce=1']);
  refused(BASE, /an alias/, ['data.source=*x']);
});

test('hostile YAML is refused at once', () => {
  refused('a: &a [1]\nb: *a\n', /r\.yaml:1: an anchor/);
  refused('a: *b\n', /alias/);
  refused('a: !!python/object/apply:os.system [x]\n', /the tag/);
  refused('a: !x 1\n', /tag|not valid/i);
  refused(`a: ${'['.repeat(500_000)}`, /nested deeper than 32/);
  refused(`a: ${'{a: '.repeat(200_000)}`, /nested deeper than 32/);
  refused(`a:\n  ${'- '.repeat(400_000)}`, /nested deeper than 32/);
  refused(`a: ${'x'.repeat(1 << 20)}`, /1 MiB/);
  refused('a: 1\na: 2\n', /not valid YAML: Map keys must be unique/);
  refused('a: [1', /not valid YAML/);
  refused('a: 1\n---\nb: 2\n', /not valid YAML/);
});

const TEXTS = [
  DEFAULT_RECIPE_TEXT,
  'name: "yes"\nexperiment: "1e3"\nrun_name: "über: #1 \\u2028 \\x07 \\U0001F600 \'"\ndata: { source: "s3://b/k 1.csv", target: "null", drop: ["a, b", "012", "~"] }\nsplit: { test_size: 1, random_state: 4294967295, stratify: false }\n' +
    'pipeline:\n  - simple_imputer: { strategy: constant, fill_value: "-1.0", columns: ["x: y", "true"] }\n  - min_max_scaler: { feature_range: [-1, 1.0e-7], clip: true }\n' +
    '  - one_hot_encoder: { drop: if_binary, handle_unknown: ignore, columns: [c] }\n  - logistic_regression: { C: .inf, tol: 1e-7, class_weight: { 0: 1, "b c": 0.5, "01": 2 }, random_state: 7 }\n',
  'data: { source: iris, target: y }\npipeline: [simple_imputer: { fill_value: 1.0e+30 }, logistic_regression: { class_weight: {}, C: 1.0e+25 }]\n',
];

test('the canonical text reads back as the same recipe', () => {
  for (const text of TEXTS) {
    const recipe = parse(text);
    assert.deepEqual(parse(recipeText(recipe)), recipe);
    assert.equal(recipeText(parse(recipeText(recipe))), recipeText(recipe));
  }
});

test('letters of all languages stay readable in the canonical text', () => {
  assert.match(recipeText(parse(TEXTS[1]!)), /"über: #1 \\u2028 /);
});

test('PyYAML reads the canonical text as we do', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const program = `
import json, sys, yaml
def show(v):
    if isinstance(v, dict): return {str(k): show(x) for k, x in v.items()}
    if isinstance(v, list): return [show(x) for x in v]
    return f'{type(v).__name__} {v!r}' if not isinstance(v, str) else 'str ' + v
print(json.dumps([show(yaml.safe_load(text)) for text in json.loads(sys.argv[1])]))`;
  const done = runPython(environment.python, program, [JSON.stringify(TEXTS.map((text) => recipeText(parse(text))))]);
  assert.equal(done.status, 0, done.stderr);
  const [first, second, third] = JSON.parse(done.stdout);
  assert.deepEqual(first.split, { test_size: 'float 0.2', random_state: 'int 42', stratify: 'bool True' });
  assert.equal(first.pipeline[0].logistic_regression.C, 'float 1.0');
  assert.equal(second.name, 'str yes');
  assert.equal(second.experiment, 'str 1e3');
  assert.equal(second.run_name, "str über: #1 \u2028 \x07 😀 '");
  assert.deepEqual(second.data, {
    source: 'str s3://b/k 1.csv',
    target: 'str null',
    drop: ['str a, b', 'str 012', 'str ~'],
  });
  assert.deepEqual(second.pipeline[0].simple_imputer, {
    strategy: 'str constant',
    fill_value: 'str -1.0',
    columns: ['str x: y', 'str true'],
  });
  assert.deepEqual(second.pipeline[1].min_max_scaler.feature_range, ['float -1.0', 'float 1e-07']);
  const { C, tol, class_weight } = second.pipeline[3].logistic_regression;
  assert.deepEqual(
    [C, tol, class_weight],
    ['float inf', 'float 1e-07', { 0: 'float 1.0', 'b c': 'float 0.5', '01': 'float 2.0' }],
  );
  assert.deepEqual(
    [third.pipeline[0].simple_imputer.fill_value, third.pipeline[1].logistic_regression.class_weight],
    ['float 1e+30', {}],
  );
});

test('parameters of the run carry their names in scikit-learn and the spelling of Python', () => {
  const params = recipeParams(parse(TEXTS[1]!));
  assert.equal(params.get('logistic_regression__C'), 'inf');
  assert.equal(params.get('logistic_regression__tol'), '1e-07');
  assert.equal(params.get('min_max_scaler__clip'), 'True');
  assert.equal(params.get('one_hot_encoder__drop'), 'if_binary');
  assert.equal(params.get('data_drop'), '["a, b","012","~"]');
  assert.equal(params.get('random_state'), '4294967295');
  assert.equal(params.get('logistic_regression__random_state'), '7');
  assert.equal(params.get('simple_imputer__columns'), '["x: y","true"]');
  assert.equal(params.get('stratify'), 'False');
  assert.equal(params.get('test_size'), '1');
});

test('a regressor has its own parameters, and those that it cannot have are refused with the reason', () => {
  const ridge = (params: string): string => `data: { source: x.csv, target: y }\npipeline: [ridge: {${params}}]\n`;
  const recipe = parse(ridge('alpha: 10'));
  assert.deepEqual(recipe.pipeline, [
    { name: 'ridge', params: { alpha: 10, fit_intercept: true, solver: 'auto' }, columns: null },
  ]);
  assert.equal(recipe.split.stratify, false);
  assert.deepEqual(parse(recipeText(recipe)), recipe);
  assert.equal(recipeParams(recipe).get('ridge__alpha'), '10.0');
  assert.equal(recipeParams(parse(ridge(''), ['pipeline=[linear_regression]'])).get('linear_regression__tol'), '1e-06');
  refused(ridge('alpha: -1'), /r\.yaml:2: pipeline\.0\.ridge\.alpha: expected a number, 0 or more, found -1/);
  refused(ridge('solver: saga'), /ridge\.solver: expected one of auto, cholesky, svd, found "saga"/);
  refused(ridge('tol: 0.1'), /ridge\.tol: expected no value, because .* do not iterate, found 0\.1/);
  refused(ridge('random_state: 3'), /ridge\.random_state: expected no value, because .* random numbers, found 3/);
  // what it cannot have is not offered either
  refused(ridge('alpah: 3'), /ridge\.alpah: unknown key; did you mean alpha\?/);
  refused(ridge('whatever: 3'), /ridge\.whatever: unknown key; expected one of alpha, fit_intercept, solver$/);
  refused(`${ridge('')}split: { stratify: true }\n`, /stratify: expected false, because ridge predicts a number/);
});
