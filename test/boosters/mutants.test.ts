import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { load } from 'js-yaml';
import { openCatboost } from '../../src/boosters/catboost/open-catboost.js';
import { openLightgbm } from '../../src/boosters/lightgbm/open-lightgbm.js';
import type { FlavorFacts, OpenBooster } from '../../src/boosters/types.js';
import { openXgboost } from '../../src/boosters/xgboost/open-xgboost.js';
import type { Table } from '../../src/data/table.js';
import { MlctlError } from '../../src/errors/error.js';
import { FIXTURES } from '../support/paths.js';
import { Chance, mutant } from './mutate.js';
import { expectedOf, tableOf } from './recorded.js';

/** Of each kind of file. */
const MUTANTS = Number(process.env['MLCTL_MUTANTS'] ?? 8000);
const SEED = Number(process.env['MLCTL_SEED'] ?? 20261130);

interface Model {
  readonly bytes: Buffer;
  readonly facts: FlavorFacts;
  readonly table: Table;
}

const CASES = join(FIXTURES, 'boosters', 'cases');

function modelsOf(prefix: string, extension: string): Model[] {
  return readdirSync(CASES)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(CASES, name))
    .flatMap((folder) => {
      const file = readdirSync(join(folder, 'model')).find((name) => name.endsWith(extension));
      if (file === undefined) return [];
      const { flavors } = load(readFileSync(join(folder, 'model', 'MLmodel'), 'utf8')) as {
        flavors: Record<string, FlavorFacts>;
      };
      const facts = Object.entries(flavors).find(([name]) => name !== 'python_function')![1];
      const expected = expectedOf({ name: '', folder });
      const rows = expected.input.rows.slice(0, 5);
      return [
        {
          bytes: readFileSync(join(folder, 'model', file)),
          facts,
          table: tableOf({ ...expected, input: { ...expected.input, rows } }),
        },
      ];
    });
}

type Open = (bytes: Uint8Array, facts: FlavorFacts, file: string) => OpenBooster;

/** Opens and predicts; anything but an answer or an error of ours is a fault. */
function judge(open: Open, { facts, table }: Model, bytes: Uint8Array): 'answered' | 'refused' {
  try {
    const { values } = open(bytes, facts, 'model').predict(table);
    assert.ok(values.length > 0);
    return 'answered';
  } catch (error) {
    if (error instanceof MlctlError) {
      assert.equal(error.exitCode, 7);
      return 'refused';
    }
    throw error;
  }
}

const KINDS: readonly [string, string, string, boolean, Open][] = [
  ['XGBoost, UBJSON', 'xgb-', '.ubj', false, openXgboost],
  ['XGBoost, JSON', 'xgb-', '.json', true, openXgboost],
  ['LightGBM, text', 'lgb-', '.lgb', true, openLightgbm],
  ['CatBoost, cbm', 'cat-', '.cb', false, openCatboost],
];

describe(`${MUTANTS} damaged files of each kind end in an answer or a refusal, and soon`, () => {
  for (const [title, prefix, extension, isText, open] of KINDS) {
    test(title, () => {
      const models = modelsOf(prefix, extension);
      assert.ok(models.length > 0);
      const chance = new Chance(SEED);
      let refused = 0;
      for (let i = 0; i < MUTANTS; i++) {
        const model = models[i % models.length]!;
        const bytes = mutant(model.bytes, isText, chance);
        const start = process.hrtime.bigint();
        let verdict: string;
        try {
          verdict = judge(open, model, bytes);
        } catch (cause) {
          throw new Error(`mutant ${i} of ${title} (seed ${SEED})`, { cause });
        }
        if (verdict === 'refused') refused += 1;
        const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
        assert.ok(milliseconds < 5000, `mutant ${i} took ${milliseconds} ms`);
      }
      assert.ok(refused > MUTANTS / 10, `${refused} of ${MUTANTS} were refused`);
    });

    test(`${title}: cut off anywhere`, () => {
      const [model] = modelsOf(prefix, extension);
      const step = Math.max(1, Math.floor(model!.bytes.length / 500));
      for (let length = 0; length < model!.bytes.length - 2; length += step) {
        const verdict = judge(open, model!, model!.bytes.subarray(0, length));
        // What follows the trees of a LightGBM text (importances, parameters) is not needed.
        const isWhole = extension === '.lgb' && model!.bytes.subarray(0, length).includes('\nend of trees');
        if (!isWhole) assert.equal(verdict, 'refused', `cut at ${length} of ${model!.bytes.length}`);
      }
    });
  }
});
