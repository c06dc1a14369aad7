// Gives every hostile model of a folder to the real program, and watches it: npm run cases:hostile -- DIR [WORD …]
// A package is smoked; a lone pickle is put into a package. It has to be refused with exit 7 and a reason (or, where case.json says
// `no-harm`, answered), within 5 seconds and 512 MiB, without a file, a child process or a crash.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SECONDS = 5;
const MEBIBYTES = 512;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder, ...words] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('which folder? npm run cases:hostile -- DIR [WORD …]\n');
  process.exit(2);
}

/** Writes down what the program took and which processes it started. */
const WATCH = `
import { ChildProcess } from 'node:child_process';
import { writeSync } from 'node:fs';
const started = [];
const spawn = ChildProcess.prototype.spawn;
ChildProcess.prototype.spawn = function (options) {
  started.push(String(options.args ?? options.file));
  return spawn.call(this, options);
};
process.on('exit', () => writeSync(3, JSON.stringify({ started, maxRss: process.resourceUsage().maxRSS, ms: process.uptime() * 1000 })));
`;

const PACKAGE = `flavors:
  python_function:
    loader_module: mlflow.sklearn
    model_path: model.pkl
    predict_fn: predict
  sklearn:
    pickled_model: model.pkl
    serialization_format: cloudpickle
    sklearn_version: 1.9.1
mlflow_version: 3.18.0
signature:
  inputs: '[{"type": "double", "name": "a", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}]'
  params: null
`;

function casesOf(place) {
  return readdirSync(place)
    .sort()
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .flatMap((name) => {
      const at = join(place, name);
      if (existsSync(join(at, 'case.json')))
        return [
          { name, expect: JSON.parse(readFileSync(join(at, 'case.json'), 'utf8')).expect, model: join(at, 'model') },
        ];
      return name.endsWith('.pkl') ? [{ name, expect: 'refuse', pickle: at }] : [];
    });
}

function run(model, cwd) {
  return new Promise((resolve) => {
    const args = ['--import', `data:text/javascript,${encodeURIComponent(WATCH)}`, join(root, 'bin', 'mlctl.js')];
    const env = { PATH: process.env.PATH, HOME: join(cwd, 'home'), XDG_CACHE_HOME: join(cwd, 'home', 'cache') };
    const child = spawn(process.execPath, [...args, 'smoke', model, '--json'], {
      cwd: join(cwd, 'empty'),
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [out, err, watched] = ['', '', ''];
    const said = { out, err, watched };
    child.stdout.on('data', (chunk) => (said.out += chunk));
    child.stderr.on('data', (chunk) => (said.err += chunk));
    child.stdio[3].on('data', (chunk) => (said.watched += chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), 6 * SECONDS * 1000);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...said });
    });
  });
}

/** What went wrong, in words; null if nothing did. */
function faultOf({ expect }, { code, signal, out, watched, err }, left) {
  if (signal !== null) return `ended by ${signal}`;
  const facts = watched === '' ? null : JSON.parse(watched);
  if (facts === null) return `it said nothing about itself: ${err.slice(0, 300)}`;
  if (left.length > 0) return `it wrote ${left.join(', ')}`;
  if (facts.started.length > 0) return `it started ${facts.started.join('; ').slice(0, 200)}`;
  if (facts.ms > SECONDS * 1000) return `it took ${Math.round(facts.ms)} ms`;
  if (facts.maxRss > MEBIBYTES * 1024) return `it took ${Math.round(facts.maxRss / 1024)} MiB`;
  if (code === 70) return `a bug: ${err.slice(0, 300)}`;
  if (expect === 'no-harm') return null;
  if (code !== 7) return `exit ${code}, expected 7`;
  const failed = JSON.parse(out).checks?.find(({ status }) => status === 'fail');
  return failed?.message || JSON.parse(out).error?.message ? null : 'it gave no reason';
}

const work = mkdtempSync(join(tmpdir(), 'mlctl-hostile-'));
let [good, bad] = [0, 0];
for (const one of casesOf(folder)) {
  const cwd = join(work, one.name);
  mkdirSync(join(cwd, 'empty'), { recursive: true });
  mkdirSync(join(cwd, 'home'));
  let model = one.model;
  if (one.pickle) {
    model = join(cwd, 'model');
    mkdirSync(model);
    writeFileSync(join(model, 'MLmodel'), PACKAGE);
    cpSync(one.pickle, join(model, 'model.pkl'));
  }
  const done = await run(model, cwd);
  const fault = faultOf(one, done, readdirSync(join(cwd, 'empty')));
  if (fault === null) good++;
  else {
    bad++;
    console.log(`✖ ${one.name}: ${fault}`);
  }
  rmSync(cwd, { recursive: true, force: true });
}
rmSync(work, { recursive: true, force: true });
console.log(`${good} did no harm, ${bad} did`);
process.exit(bad === 0 && good > 0 ? 0 : 1);
