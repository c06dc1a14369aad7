// The recorded cases: every skops model is read with the names of the recorded models, and every hostile file is refused with them.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../../src/errors/error.js';
import { readSkops } from '../../../src/python/skops/read-skops.js';
import { casesFolder } from '../../support/paths.js';

interface HostileCase {
  readonly case: string;
  readonly kind: string;
  readonly file: string;
  readonly expect: 'refuse' | 'no-harm';
}

const MOST_MS = 5000;
const MOST_MEMORY = 512 * 2 ** 20;

describe('recorded skops files', () => {
  const cases = casesFolder();
  const skip = 'skip' in cases ? cases.skip : false;
  const folder = 'folder' in cases ? cases.folder : '';
  const known = new Set<string>();

  test('of models are all read', { skip }, async () => {
    let read = 0;
    for (const group of ['models', 'models-wide'])
      for (const name of readdirSync(join(folder, group))) {
        const file = join(folder, group, name, 'model', 'model.skops');
        if (!existsSync(file)) continue;
        await readSkops(readFileSync(file), (module, name) => {
          known.add(`${module} ${name}`);
          return true;
        });
        read += 1;
      }
    assert.ok(read > 150, `${read} files`);
  });

  test('that are hostile are refused, or do no harm, within the limits', { skip }, async () => {
    let refused = 0;
    for (const name of readdirSync(join(folder, 'hostile-models'))) {
      const home = join(folder, 'hostile-models', name);
      const about = JSON.parse(readFileSync(join(home, 'case.json'), 'utf8')) as HostileCase;
      if (about.file !== 'model.skops') continue;
      const bytes = readFileSync(join(home, 'model', about.file));
      const started = performance.now();
      const before = process.memoryUsage().rss;
      let error: unknown;
      try {
        await readSkops(bytes, (module, name) => known.has(`${module} ${name}`));
      } catch (thrown) {
        error = thrown;
        assert.ok(thrown instanceof MlctlError && thrown.exitCode === 7, `${name}: ${thrown}`);
        refused += 1;
      }
      if (about.expect === 'refuse') assert.ok(error !== undefined, `${name} was read`);
      assert.ok(performance.now() - started < MOST_MS, name);
      assert.ok(process.memoryUsage().rss - before < MOST_MEMORY, name);
    }
    assert.ok(refused > 20, `${refused} refused`);
  });
});
