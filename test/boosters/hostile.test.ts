import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openCatboost } from '../../src/boosters/catboost/open-catboost.js';
import { openLightgbm } from '../../src/boosters/lightgbm/open-lightgbm.js';
import { openXgboost } from '../../src/boosters/xgboost/open-xgboost.js';
import { MlctlError } from '../../src/errors/error.js';
import { cpuMs } from '../support/longest-part.js';
import { casesFolder, FIXTURES } from '../support/paths.js';
import { openCase } from './recorded.js';

const CASES = join(FIXTURES, 'boosters', 'cases');
const MEBIBYTE = 2 ** 20;

const fileOf = (name: string): Buffer => {
  const folder = join(CASES, name, 'model');
  return readFileSync(join(folder, readdirSync(folder).find((file) => file !== 'MLmodel')!));
};

/** Refused with exit 7 within two seconds of processor time and 256 MiB; returns the message. */
function refusal(open: () => unknown): string {
  const start = cpuMs();
  const before = process.memoryUsage().rss;
  try {
    open();
  } catch (error) {
    assert.ok(error instanceof MlctlError, String(error));
    assert.equal(error.exitCode, 7);
    assert.ok(error.hint);
    assert.ok(cpuMs() - start < 2000);
    assert.ok(process.memoryUsage().rss - before < 256 * MEBIBYTE);
    return error.message;
  }
  throw new Error('it was not refused');
}

type Json = Record<string, unknown>;
const part = (object: Json, key: string): Json => object[key] as Json;

/** An XGBoost model of JSON, changed. */
function xgboost(change: (model: Json, tree: Json) => void): string {
  const model = JSON.parse(fileOf('xgb-vectors-of-classes-json').toString()) as { learner: Json };
  const trees = part(part(part(model.learner, 'gradient_booster'), 'model'), 'trees');
  change(model.learner, part(trees, '0'));
  return refusal(() => openXgboost(Buffer.from(JSON.stringify(model)), {}, 'model.json'));
}

const set = (object: Json, key: string, value: unknown): void => {
  object[key] = value;
};

describe('XGBoost files that lie', () => {
  const ubjson = fileOf('xgb-two-classes-by-softprob');
  const open = (bytes: Uint8Array, facts = {}) => refusal(() => openXgboost(bytes, facts, 'model.ubj'));

  test('a child that is the root', () => {
    assert.match(
      xgboost((_, tree) => {
        set(part(tree, 'left_children'), '0', 0);
        set(part(tree, 'right_children'), '0', 1);
      }),
      /tree 0: two ways lead to node 0, so it is not a tree/,
    );
  });
  test('a child that is not there', () => {
    assert.match(
      xgboost((_, tree) => {
        set(part(tree, 'left_children'), '0', 99);
        set(part(tree, 'right_children'), '0', 100);
      }),
      /node 0 of \d+ has the children 99 and 100, expected two neighbors/,
    );
  });
  test('a feature that is not there', () => {
    assert.match(
      xgboost((_, tree) => set(part(tree, 'split_indices'), '0', 77)),
      /node 0 asks for feature 77 of 4/,
    );
  });
  test('counts that are not true', () => {
    assert.match(
      xgboost((_, tree) => set(part(tree, 'tree_param'), 'num_nodes', '2000000000')),
      /but num_nodes is 2000000000/,
    );
    assert.match(
      xgboost((learner) => set(part(learner, 'learner_model_param'), 'num_class', '2000000000')),
      /more than 100000 values a row/,
    );
    assert.match(
      xgboost((_, tree) => set(tree, 'leaf_weights', [1, 2])),
      /leaf \d+ has its values at \d+ of 2/,
    );
    assert.match(
      xgboost((_, tree) => set(tree, 'default_left', [1, 0.5])),
      /default_left has 2 numbers, expected/,
    );
  });
  test('an objective, a booster and a class that mlctl does not know are named', () => {
    assert.match(
      xgboost((learner) => set(part(learner, 'objective'), 'name', 'my:own')),
      /the objective "my:own"/,
    );
    assert.match(
      xgboost((learner) => set(part(learner, 'gradient_booster'), 'name', 'other')),
      /the booster "other"/,
    );
    assert.match(
      open(ubjson, { model_class: 'xgboost.dask.DaskXGBClassifier' }),
      /the class "xgboost.dask.DaskXGBClassifier"/,
    );
    assert.match(
      open(ubjson, { model_class: 'xgboost.sklearn.XGBRegressor' }),
      /the file holds a classifier, but MLmodel names a regressor/,
    );
  });
  test('the binary format that XGBoost gave up is named', () => {
    assert.match(
      open(Buffer.concat([Buffer.from('binf'), Buffer.alloc(200)])),
      /the binary format that XGBoost 3.1 removed/,
    );
  });
  test('UBJSON that nests, and sizes that are not in the file', () => {
    assert.match(open(Buffer.from(`{L\0\0\0\0\0\0\0\x01x${'['.repeat(100_000)}`)), /nests deeper than 64 levels/);
    const size = Buffer.alloc(8);
    size.writeBigInt64BE(2n ** 40n);
    const claims = Buffer.concat([Buffer.from('{L\0\0\0\0\0\0\0\x01x[$D#L', 'latin1'), size]);
    assert.match(open(claims), /the size of an array is 1099511627776, but only 0 bytes are left/);
    assert.match(open(ubjson.subarray(0, ubjson.length >> 1)), /at byte \d+/);
  });
  test('JSON that nests, and keys that stand twice', () => {
    const json = (text: string): string => refusal(() => openXgboost(Buffer.from(text), {}, 'model.json'));
    assert.match(json(`{"x":${'['.repeat(100_000)}`), /nests deeper than 64 levels/);
    assert.match(json('{"learner":{},"learner":{}}'), /the key "learner" stands twice/);
    assert.match(json(`{"__proto__":{"learner":{}}}`), /learner is missing, expected an object/);
    assert.match(json(''), /the file is empty/);
  });
  test('categories that would fill the memory', () => {
    const categories = (_: Json, tree: Json): void => {
      const nodes = (tree['left_children'] as unknown as number[]).length;
      set(tree, 'split_type', Array(nodes).fill(1));
      set(
        tree,
        'categories_nodes',
        Array.from({ length: nodes }, (_ignored, i) => i),
      );
      set(tree, 'categories_segments', Array(nodes).fill(0));
      set(tree, 'categories_sizes', Array(nodes).fill(1));
      set(tree, 'categories', [2 ** 31 - 1]);
    };
    assert.match(xgboost(categories), /a category that is not between 0 and 16777215/);
  });
});

describe('LightGBM texts that lie', () => {
  const text = fileOf('lgb-whole-number-categories').toString('latin1');
  /** The sizes of the trees go, because each change would be seen there first. */
  const changed = (from: RegExp, to: string): string => {
    const plain = text.replace(/tree_sizes=.*\n/, '');
    assert.match(plain, from);
    return refusal(() => openLightgbm(Buffer.from(plain.replace(from, to), 'latin1'), {}, 'model.lgb'));
  };

  test('a child that is the root', () => {
    assert.match(changed(/left_child=\S+/, 'left_child=0'), /tree 0: two ways lead to node 0/);
  });
  test('leaves, children and features that are not there', () => {
    assert.match(changed(/left_child=\S+/, 'left_child=-99'), /node 0 leads to leaf 98 of/);
    assert.match(changed(/left_child=\S+/, 'left_child=99'), /node 0 has the child 99 of/);
    assert.match(changed(/split_feature=\S+/, 'split_feature=4'), /node 0 asks for feature 4 of 4/);
  });
  test('counts that are not true', () => {
    assert.match(
      changed(/num_leaves=\S+/, 'num_leaves=2000000000'),
      /leaf_value has \d+ characters for 2000000000 numbers/,
    );
    assert.match(changed(/num_cat=\S+/, 'num_cat=2000000000'), /2000000000 sets of categories/);
    assert.match(changed(/cat_boundaries=0 \S+/, 'cat_boundaries=0 2000000000'), /cat_threshold|cat_boundaries/);
    assert.match(
      changed(/num_tree_per_iteration=1/, 'num_tree_per_iteration=900000000'),
      /not iterations of 900000000/,
    );
    assert.match(
      refusal(() => openLightgbm(Buffer.from(text.replace(/tree_sizes=\d+/, 'tree_sizes=1'), 'latin1'), {}, 'm')),
      /but tree_sizes says 1/,
    );
  });
  test('words that are not numbers, lines that stand twice', () => {
    assert.match(changed(/threshold=\S+/, 'threshold=0x1__'), /threshold has "0x1__", expected a number/);
    assert.match(changed(/threshold=\S+/, 'threshold=nan'), /the threshold of node 0 is not a number|set/);
    assert.match(changed(/num_cat=/, 'num_leaves='), /"num_leaves" stands twice/);
  });
  test('a text that is cut in half, an unknown version, objective and class', () => {
    const half = Buffer.from(text.slice(0, text.length >> 1), 'latin1');
    assert.match(
      refusal(() => openLightgbm(half, {}, 'model.lgb')),
      /ends before "end of trees"/,
    );
    assert.match(changed(/version=v4/, 'version=v9'), /its version is "v9"/);
    assert.match(changed(/objective=\S+/, 'objective=mine'), /the objective "mine"/);
    const facts = { model_class: 'lightgbm.sklearn.LGBMClassifier' };
    assert.match(
      refusal(() => openLightgbm(Buffer.from(text), facts, 'model.skops')),
      /LGBMClassifier/,
    );
  });
});

describe('CatBoost files that lie', () => {
  const bytes = fileOf('cat-statistics-borders');
  const facts = { model_type: 'CatBoostRegressor' };
  const open = (file: Uint8Array, more = {}): string =>
    refusal(() => openCatboost(file, { ...facts, ...more }, 'model.cb'));

  test('another kind of file, another class and another format are named', () => {
    assert.match(open(Buffer.from('CBM2'.padEnd(40))), /does not begin with CBM1/);
    assert.match(open(bytes, { model_type: 'CatBoostOther' }), /the class "CatBoostOther" of CatBoost/);
    assert.match(open(bytes, { save_format: 'json' }), /saved as "json", and mlctl reads cbm/);
  });
  test('sizes that are not in the file', () => {
    const large = Buffer.from(bytes);
    large.writeUInt32LE(2 ** 31, 4);
    assert.match(open(large), /the core takes 2147483648 bytes, but only \d+ are left/);
    assert.match(open(bytes.subarray(0, bytes.length - 9)), /bytes, but only|the file ends/);
    assert.match(open(Buffer.concat([bytes, Buffer.alloc(3)])), /3 bytes follow the model/);
  });
  test('offsets that lead outside', () => {
    for (const offset of [-1, 2 ** 31 - 1, 2 ** 30]) {
      const away = Buffer.from(bytes);
      away.writeInt32LE(offset, 8);
      assert.match(open(away), /the core leads to byte \d+ of \d+/);
    }
  });
});

describe('the hostile corpus', () => {
  const cases = casesFolder();
  const root = 'skip' in cases ? '' : join(cases.folder, 'hostile-models');
  const skip = 'skip' in cases ? cases.skip : !existsSync(root) && 'there is none';
  test('files of boosters are refused', { skip }, async (t) => {
    const folders = readdirSync(root).filter((name) => /^f\d\d-(xgb|ubj|lgb|cat|cbm)/.test(name));
    assert.ok(folders.length > 0);
    for (const name of folders) {
      await t.test(name, () => {
        const { expect } = JSON.parse(readFileSync(join(root, name, 'case.json'), 'utf8')) as { expect: string };
        assert.equal(expect, 'refuse');
        refusal(() => openCase(join(root, name)));
      });
    }
  });
});
