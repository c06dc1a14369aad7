// Makes the code cache of the freshly built program for this Node: runs the common commands once, so that their code is in it.
'use strict';
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// In a process of its own: training has its own large budget, and a small cache is read faster.
const { execFileSync } = require('node:child_process');
const { main, keep } = require('../dist/launch.cjs').load();
const folder = mkdtempSync(join(tmpdir(), 'mlctl-build-'));
process.chdir(folder);
for (const name of Object.keys(process.env))
  if (/^(MLFLOW_|MODEL_URI$|REGISTER_MODEL$|GITHUB_)/.test(name)) delete process.env[name];
process.env.MLCTL_CACHE_DIR = join(folder, 'cache');
for (const stream of [process.stdout, process.stderr])
  stream.write = (_, encoding, done) => {
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
writeFileSync(
  'rows.csv',
  'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5.1,3.5,1.4,0.2\n6.2,2.8,4.8,1.8\n',
);
(async () => {
  execFileSync(
    process.execPath,
    [join(__dirname, '..', 'bin', 'mlctl.js'), 'train', '--register', '--stage', 'Production', '-q'],
    { stdio: 'ignore' },
  );
  for (const command of [
    ['smoke', 'models:/iris_clf/Production', '--json'],
    ['smoke'],
    ['load', 'models:/iris_clf/1'],
    ['predict', 'models:/iris_clf/1', '-i', 'rows.csv', '-o', 'out.csv'],
    ['validate', 'models:/iris_clf/1', '-i', 'rows.csv'],
    ['runs'],
    ['models', '--json'],
  ]) {
    const code = await main(command);
    if (code !== 0) throw new Error(`mlctl ${command.join(' ')} ended with ${code}`);
  }
  keep();
})().finally(() => {
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true, force: true });
});
