// Real Python and we read the same values from the same pickles: one value of every kind in every protocol, and recorded models.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readJoblib } from '../../../src/python/pickle/read-joblib.js';
import { readPickle } from '../../../src/python/pickle/read-pickle.js';
import { casesFolder, FIXTURES, scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';
import { savedForm } from '../../support/saved-form.js';

const FOLDER = join(FIXTURES, 'python');
type Described = Record<string, { value?: unknown; error?: string }>;

/** Sources of random numbers have a form of their own in each kind of file, and nothing reads them. */
const RANDOM = /^numpy\.random\._(?:generator\.Generator|mt19937\.MT19937|pcg64\.PCG64)$/;

function withoutRandom(form: unknown): unknown {
  if (Array.isArray(form)) return form.map(withoutRandom);
  if (typeof form !== 'object' || form === null) return form;
  if ('object' in form && RANDOM.test(String(form.object))) return form.object;
  // describe() leaves out what these hold, by the name that most versions have.
  if ('object' in form && /^_loss\./.test(String(form.object))) return { object: form.object };
  if ('dict' in form) return { dict: (form.dict as unknown[]).filter((entry) => !isVersion(entry)).map(withoutRandom) };
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, withoutRandom(value)]));
}

/** An estimator writes the version that writes it, so Python shows its own for an old file. */
function isVersion(entry: unknown): boolean {
  return JSON.stringify(entry).startsWith('[{"str":"_sklearn_version"}');
}

function agree(file: string, python: unknown): void {
  const read = file.endsWith('.joblib') ? readJoblib : readPickle;
  const ours = JSON.parse(JSON.stringify(savedForm(read(readFileSync(file), () => true))));
  assert.deepEqual(withoutRandom(ours), withoutRandom(python), file);
}

function make(python: string, args: readonly string[]): Described {
  const script = JSON.stringify(join(FOLDER, 'make-pickles.py'));
  const program = `import runpy, sys; sys.dont_write_bytecode = True; sys.path.insert(0, ${JSON.stringify(FOLDER)}); runpy.run_path(${script}, run_name='__main__')`;
  const done = runPython(python, program, args);
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout) as Described;
}

/** The models that Python logged as pickles, in the folder of recorded cases. */
function recordedModels(folder: string): string[] {
  return ['models', 'models-wide'].flatMap((group) =>
    readdirSync(join(folder, group), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.pkl'))
      .map((name) => join(folder, group, name)),
  );
}

describe('what Python reads of a pickle is what we read', () => {
  const environment = pythonOf('mlflow');

  for (const file of readdirSync(join(FOLDER, 'pickle')).filter((name) => !name.endsWith('.json')))
    test(`as it was recorded: ${file}`, () => {
      const path = join(FOLDER, 'pickle', file);
      // The files of one value are one value to Python.
      const form = file.replace(/^(rich|small).*|\.pkl$/, '$1.json');
      agree(path, JSON.parse(readFileSync(join(FOLDER, 'pickle', form), 'utf8')));
    });

  test('from files that it makes now, of pickle and of joblib', (t) => {
    if ('skip' in environment) return t.skip(environment.skip);
    const folder = scratch();
    const described = Object.entries(make(environment.python, [folder]));
    assert.equal(described.length, 14);
    for (const [file, { value, error }] of described) {
      assert.equal(error, undefined, file);
      agree(join(folder, file), value);
    }
  });

  test('from every recorded model', (t) => {
    if ('skip' in environment) return t.skip(environment.skip);
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    const files = recordedModels(cases.folder);
    const list = join(scratch(), 'files.json');
    writeFileSync(list, JSON.stringify(files));
    let compared = 0;
    for (const [file, { value, error }] of Object.entries(make(environment.python, ['--load', list]))) {
      if (file.includes('lambda') || file.includes('python-model')) continue;
      readPickle(readFileSync(file), () => true);
      // Python itself turns old models into new ones, or cannot load them; LightGBM is not in this environment.
      if (error === undefined && !file.includes('old-sk')) {
        agree(file, value);
        compared += 1;
      } else assert.match(`${file} ${error}`, /old-sk|No module named 'lightgbm'|RecursionError/);
    }
    assert.ok(compared > files.length * 0.9, `${compared} of ${files.length}`);
  });
});
