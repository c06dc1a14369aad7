import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FIXTURES, scratch } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import { casesOf, compare, expectedOf, openCase, tableOf } from './recorded.js';

/** Other models than the recorded ones: MLCTL_SEED chooses which. */
const SEED = process.env['MLCTL_SEED'] ?? '20261130';

describe('models that real Python trains now', () => {
  const environment = pythonOf('models');
  test(
    `are answered as Python answers (seed ${SEED})`,
    'skip' in environment ? { skip: environment.skip } : {},
    async (t) => {
      if ('skip' in environment) return;
      const folder = scratch('mlctl-boosters-');
      const made = spawnSync(environment.python, [join(FIXTURES, 'boosters', 'make-cases.py'), folder, SEED], {
        encoding: 'utf8',
        timeout: 600_000,
        env: { ...process.env, HOME: folder },
      });
      assert.equal(made.status, 0, made.stderr);
      const cases = casesOf(folder, '');
      assert.ok(cases.length > 40, `${cases.length} cases: ${made.stderr}`);
      for (const found of cases) {
        await t.test(found.name, () => {
          const expected = expectedOf(found);
          const tolerance = found.name.startsWith('xgb') ? 1e-6 : 1e-13;
          assert.equal(
            compare(openCase(found.folder, expected).predict(tableOf(expected)), expected.output, tolerance).beyond,
            null,
          );
        });
      }
    },
  );
});
