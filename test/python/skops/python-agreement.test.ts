// Real Python and we read the same values from the same skops files: one of every kind that skops writes, and the recorded models.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readSkops } from '../../../src/python/skops/read-skops.js';
import { casesFolder, FIXTURES, scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';
import { savedForm } from '../../support/saved-form.js';

const FOLDER = join(FIXTURES, 'python');
type Described = Record<string, { value?: unknown; error?: string }>;

async function agree(file: string, python: unknown): Promise<void> {
  const ours = savedForm(await readSkops(readFileSync(file), () => true));
  assert.deepEqual(JSON.parse(JSON.stringify(ours)), python, file);
}

function make(python: string, args: readonly string[]): Described {
  const script = JSON.stringify(join(FOLDER, 'make-skops.py'));
  const program = `import runpy, sys; sys.dont_write_bytecode = True; sys.path.insert(0, ${JSON.stringify(FOLDER)}); runpy.run_path(${script}, run_name='__main__')`;
  const done = runPython(python, program, args);
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout) as Described;
}

describe('what Python reads of a skops file is what we read', () => {
  const environment = pythonOf('mlflow');

  for (const file of readdirSync(join(FOLDER, 'skops')).filter((name) => name.endsWith('.skops')))
    test(`as it was recorded: ${file}`, async () => {
      const path = join(FOLDER, 'skops', file);
      await agree(path, JSON.parse(readFileSync(path.replace(/skops$/, 'json'), 'utf8')));
    });

  test('from files that it makes now, stored and deflated', async (t) => {
    if ('skip' in environment) return t.skip(environment.skip);
    const described = Object.entries(make(environment.python, [scratch()]));
    assert.ok(described.length >= 32);
    for (const [file, { value, error }] of described) {
      assert.equal(error, undefined, file);
      await agree(file, value);
    }
  });

  test('from every recorded model', async (t) => {
    if ('skip' in environment) return t.skip(environment.skip);
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    const files = ['models', 'models-wide'].flatMap((group) =>
      readdirSync(join(cases.folder, group))
        .map((name) => join(cases.folder, group, name, 'model', 'model.skops'))
        .filter((file) => existsSync(file)),
    );
    const list = join(scratch(), 'files.json');
    writeFileSync(list, JSON.stringify(files));
    let compared = 0;
    for (const [file, { value, error }] of Object.entries(make(environment.python, ['--load', list]))) {
      // LightGBM is not in this environment.
      if (error !== undefined) assert.match(error, /No module named 'lightgbm'/, file);
      else {
        await agree(file, value);
        compared += 1;
      }
    }
    assert.ok(compared > files.length * 0.9, `${compared} of ${files.length}`);
  });
});
