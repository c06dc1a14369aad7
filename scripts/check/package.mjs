// The package as its users meet it: packed as it is published, judged by publint and attw, installed in an empty project by npm 10
// and by npm 11, run, and compiled against with and without the types of Node. What was found good once is not tried again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { npmProgram } from '../npm-versions.mjs';
import { stagePackage } from '../stage-package.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const NPMS = ['10.9.9', '11.21.2'];
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'mlctl-package-'));
const faults = [];

/** Settings of this machine, and what npm hands down to scripts, must not reach the user's project. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(MLFLOW_|MLCTL_|AWS_|ONNXRUNTIME_|npm_(?!config_)|npm_config_(.*prefix|globalconfig)$|INIT_CWD)/.test(name),
  ),
);

function run(cwd, command, args, more = {}) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...env, ...more } });
  return { status: done.status, stdout: done.stdout ?? '', stderr: done.stderr ?? String(done.error) };
}

/** Tries one thing of the user's; what goes wrong is a fault that names it. */
function expect(what, done, good = done.status === 0) {
  if (!good) faults.push(`${what}: exit ${done.status}\n${`${done.stdout}${done.stderr}`.trimEnd().slice(-3000)}`);
  return good;
}

function newest(folder) {
  const times = readdirSync(folder, { recursive: true }).map((file) => statSync(join(folder, String(file))).mtimeMs);
  return Math.max(...times);
}

function pack() {
  const stage = stagePackage(join(work, 'package'));
  const packed = run(stage, process.execPath, [
    npmProgram(NPMS[0]),
    'pack',
    '--silent',
    '--ignore-scripts',
    '--pack-destination',
    work,
  ]);
  if (!expect('npm pack', packed)) return null;
  return { stage, tarball: join(work, packed.stdout.trim().split('\n').at(-1)) };
}

async function judge({ stage, tarball }) {
  const { messages } = await publint({ pkgDir: stage, strict: true, pack: false });
  for (const message of messages) faults.push(`publint: ${formatMessage(message, manifest) ?? message.code}`);
  const { problems } = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  // The library is an ES module alone: CommonJS asks for it with import().
  for (const problem of problems.filter(({ kind }) => kind !== 'CJSResolvesToESM'))
    faults.push(`attw: ${problem.kind} ${JSON.stringify(problem)}`);
}

const NO_S3 = {
  MLFLOW_S3_ENDPOINT_URL: 'http://127.0.0.1:9',
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
};

const PROGRAM = `
import { castJsonDocument, createWorld, load, MlctlError, parseSignature, runs as listRuns, train, VERSION, type World } from 'mlctl';

const world: World = createWorld({ env: ${JSON.stringify(NO_S3)} });
const trained = await train({}, world);
const { runs } = await listRuns({}, world);
if (runs[0]?.run_id !== trained.run_id || VERSION.length === 0) throw new Error('the run is not listed');
// The bundled AWS SDK is asked, and there is no server.
const far = await train({ data: 's3://bucket/rows.csv' }, world).catch((error: unknown) => error);
if (!(far instanceof MlctlError) || far.code !== 'REMOTE_UNREACHABLE') throw far;
export const names = [castJsonDocument.name, parseSignature.name];
`;

function compile(project, what, args, file = 'user.ts') {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const common = ['--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--lib', 'es2022'];
  expect(`a program in TypeScript, ${what}`, run(project, process.execPath, [tsc, ...common, ...args, file]));
}

/** What examples/ import besides mlctl, at the versions of this checkout. */
const FRAMEWORKS = ['express', 'fastify', '@nestjs', 'reflect-metadata', 'rxjs'];

/** The programs of examples/, as they come with the package. */
function tryExamples(project, bin, types) {
  for (const name of FRAMEWORKS)
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name), 'junction');
  cpSync(join(project, 'node_modules', 'mlctl', 'examples'), join(project, 'examples'), { recursive: true });
  cpSync(join(root, 'scripts', 'check', 'drive-examples.mjs'), join(project, 'drive-examples.mjs'));
  compile(
    project,
    'of examples/',
    [
      ...types.filter((one) => one !== '--noEmit'),
      '--module',
      'nodenext',
      '--experimentalDecorators',
      '--emitDecoratorMetadata',
      // The types of the frameworks are not ours to judge.
      '--skipLibCheck',
    ],
    'examples/nest.ts',
  );
  const promote = run(project, process.execPath, [bin, 'promote', 'iris_clf/1', '--alias', 'champion']);
  if (!expect('mlctl promote', promote)) return;
  const [, readme] = /^```ts\n(.*? from 'mlctl';.*?)^```$/ms.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  writeFileSync(join(project, 'readme.ts'), readme ?? "throw new Error('README.md has no program');");
  compile(
    project,
    'of the README',
    [...types.filter((one) => one !== '--noEmit'), '--module', 'nodenext'],
    'readme.ts',
  );
  const told = run(project, process.execPath, ['readme.js']);
  expect('the program of the README', told, told.status === 0 && /label: 0/.test(told.stdout));
  // Express writes errors to stderr unless it is tested.
  const settings = { PORT: '0', MODEL_URI: 'models:/iris_clf/1', NODE_ENV: 'test' };
  const driven = run(project, process.execPath, ['drive-examples.mjs'], settings);
  expect('the programs of examples/', driven, driven.status === 0 && driven.stderr === '');
}

function tryInstalled(version, tarball) {
  const project = join(work, `npm-${version}`);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(project, 'user.ts'), PROGRAM);
  const npm = npmProgram(version);
  const installed = run(project, process.execPath, [
    npm,
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    tarball,
  ]);
  if (!expect(`npm ${version} install`, installed)) return;
  if (/Unknown project config/.test(installed.stderr)) faults.push(`npm ${version} install: ${installed.stderr}`);
  const names = readdirSync(join(project, 'node_modules'));
  for (const name of Object.keys(manifest.devDependencies))
    if (names.includes(name.split('/')[0]))
      faults.push(`npm ${version} install: ${name} came along, which is bundled or for development`);
  const bin = join(project, 'node_modules', 'mlctl', manifest.bin.mlctl);
  const said = run(project, process.execPath, [bin, '--version']);
  expect('mlctl --version', said, said.stdout === `mlctl ${manifest.version}\n`);
  expect('mlctl train', run(project, process.execPath, [bin, 'train', '--register']));
  expect('mlctl smoke', run(project, process.execPath, [bin, 'smoke', 'models:/iris_clf/1']));
  const far = run(project, process.execPath, [bin, 'train', '--data', 's3://bucket/rows.csv', '--json'], NO_S3);
  expect('mlctl train from an S3 server that is not there', far, far.status === 6);
  if (version !== NPMS.at(-1)) return;
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types'), '--noEmit'];
  compile(project, 'without the types of Node', ['--types', '', '--module', 'nodenext']);
  compile(project, 'with the types of Node', [...types, '--module', 'nodenext']);
  compile(project, 'for a bundler', [...types, '--module', 'esnext', '--moduleResolution', 'bundler']);
  const used = run(project, process.execPath, ['user.js']);
  expect('the compiled program', used, used.status === 0 && used.stderr === '');
  tryExamples(project, bin, types);
}

try {
  const program = join(root, 'dist', 'mlctl.cjs');
  if (!existsSync(program) || statSync(program).mtimeMs < newest(join(root, 'src')))
    throw new Error('dist/ is older than src/: npm run build');
  const packed = pack();
  if (packed !== null) {
    const own = [fileURLToPath(import.meta.url), join(root, 'scripts', 'check', 'drive-examples.mjs')];
    const parts = [readFileSync(packed.tarball), ...own.map((file) => readFileSync(file)), process.version];
    const key = parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
    const good = join(root, '.cache', 'package', key);
    if (!existsSync(good)) {
      await judge(packed);
      for (const version of NPMS) tryInstalled(version, packed.tarball);
      mkdirSync(dirname(good), { recursive: true });
      if (faults.length === 0) writeFileSync(good, '');
    }
  }
} catch (error) {
  faults.push(error.message);
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
