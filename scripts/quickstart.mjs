// `npm run quickstart`: runs every main step on this machine with only Node: train the iris pipeline, log and register it in
// a fresh work folder, load it back by each kind of local URI, smoke it, and say what to open next.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'bin', 'mlctl.js');

/** The first of quickstart, quickstart-2, quickstart-3 … that does not exist yet. */
function freshFolder() {
  for (let n = 1; ; n += 1) {
    const folder = join(root, n === 1 ? 'quickstart' : `quickstart-${n}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

const work = freshFolder();
// The settings of this machine must not send the quickstart to somebody's server.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(MLFLOW_|MODEL_URI$|REGISTER_MODEL$)/.test(name)),
);

function mlctl(...args) {
  console.log(`\n$ mlctl ${args.join(' ')}`);
  const done = spawnSync(process.execPath, [bin, ...args], { cwd: work, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) {
    console.error(
      `\nthe quickstart stopped: mlctl ${args[0]} ended with exit code ${done.status ?? done.signal}; the work folder is ${work}`,
    );
    process.exit(done.status ?? 1);
  }
}

function newestRun() {
  const done = spawnSync(process.execPath, [bin, 'runs', '--json', '--max', '1'], { cwd: work, env, encoding: 'utf8' });
  return JSON.parse(done.stdout).runs[0].run_id;
}

console.log(`work folder: ${relative(process.cwd(), work) || '.'}`);
mlctl('train', '--register', '--stage', 'Production', '--alias', 'champion');
const run = newestRun();
mlctl('smoke', 'models:/iris_clf@champion');
for (const uri of ['models:/iris_clf/1', 'models:/iris_clf/Production', `runs:/${run}/model`])
  mlctl('smoke', uri, '--quiet');
mlctl('load', `runs:/${run}/model`, '--quiet');
console.log(`
Next:
  npm link             # once: \`mlctl\` is on the PATH from then on
  cd ${relative(process.cwd(), work) || '.'}
  mlctl predict models:/iris_clf@champion -i my-rows.csv -o predictions.csv
  mlctl train --set logistic_regression.C=0.5 --register
  uvx mlflow ui        # Python's own UI opens this folder as its own, at http://127.0.0.1:5000
Read tutorial/03_models_pyfunc/README.md for the lesson behind it.`);
