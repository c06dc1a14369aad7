// The contract of estimators over every folder of fixtures/estimators/, which find themselves: a kind without one fails, and one without a kind.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Kind } from '../../src/estimators/types.js';
import { CONVERTERS } from '../../src/onnx/convert/table.js';
import { estimatorContract } from '../contracts/estimator.js';
import { casesOf, FOLDER, folders, recorded } from '../contracts/estimator-case.js';
import { sameValue } from '../contracts/same-value.js';
import { pythonOf, runPython } from '../support/python.js';

test('every kind of estimator has its folder of recorded cases, and every folder its kind', () => {
  assert.deepEqual(folders(), Object.keys(CONVERTERS).sort());
});

for (const kind of folders()) if (kind in CONVERTERS) describe(kind, () => estimatorContract(kind as Kind));

test('what was recorded is what scikit-learn learns and answers here', (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const program = `import runpy, sys; sys.path.insert(0, ${JSON.stringify(FOLDER)}); sys.argv = ['record.py', '--print']; runpy.run_path(${JSON.stringify(join(FOLDER, 'record.py'))}, run_name='__main__')`;
  const done = runPython(environment.python, program);
  assert.equal(done.status, 0, done.stderr);
  const now = JSON.parse(done.stdout) as Record<string, Record<string, object>>;
  assert.deepEqual(Object.keys(now).sort(), folders());
  for (const [kind, cases] of Object.entries(now)) {
    assert.deepEqual(Object.keys(cases).sort(), casesOf(kind));
    // another release of numpy sums in another order
    for (const [name, made] of Object.entries(cases))
      sameValue(made, recorded(kind, name), 1e-9, ['scikit-learn', 'refused'], `${kind}/${name}`);
  }
});
