// Makes the code caches of the freshly built bundles for this Node: runs the common commands once, so that their code is in them.
'use strict';
const { mkdtempSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { execFileSync } = require('node:child_process');
const { main, open, finish } = require('../dist/launch.cjs');
const dist = join(__dirname, '..', 'dist');
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
  // In a process of its own, whose cache of the program is written over: a small cache is read faster.
  open('mlctl');
  const train = ['train', '--register', '--stage', 'Production', '-q'];
  execFileSync(process.execPath, [join(__dirname, '..', 'bin', 'mlctl.js'), ...train], { stdio: 'ignore' });
  for (const command of [
    ['serve', 'models:/iris_clf/1', '--check'],
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
  // What none of them asked for is compiled, at least.
  const files = readdirSync(dist, { recursive: true }).map((file) => String(file).replaceAll('\\', '/'));
  for (const name of files.filter((file) => file.endsWith('.cjs')).map((file) => file.slice(0, -'.cjs'.length)))
    if (name !== 'launch' && !files.some((file) => file.startsWith(`${name}-v`))) open(name);
  finish();
})().finally(() => {
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true, force: true });
});
