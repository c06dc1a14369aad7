// Every exit code and every error code a command line can bring about, by the real process: stdout, stderr and exit code as recorded
// in fixtures/cli/exit-codes.txt (ids, times and places normalised), and the same failure as one JSON document with --json.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSilent } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ERROR_CODES, type ErrorCode } from '../../src/errors/codes.js';
import { DOUBLE, endlessLoop, identity, packageOf, value } from '../inference/models.js';
import { type CliOptions, cliEnded, runCli, snapshot, type Transcript } from '../support/cli.js';
import { FIXTURES, scratch } from '../support/paths.js';
import { freePort } from '../support/server.js';

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  readonly exit: number;
  /** None where the answer is yes, or a no without an error. */
  readonly code?: ErrorCode;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

/** Codes that no command line alone brings about, and the test that does. */
const ELSEWHERE: Readonly<Partial<Record<ErrorCode, string>>> = {
  ARTIFACTS_UNSUPPORTED: 'runs/log-to-server.test.ts: a place that only a server can name',
  ARTIFACT_NOT_FOUND: 'artifacts/transfer.test.ts: a file that is gone below a folder that is there',
  RUN_AMBIGUOUS: 'cli/artifacts.test.ts: ids are random',
  BUG: 'cli/output.test.ts: no known bug to show',
  COLUMN_NAME_UNUSABLE: 'onnx/convert-pipeline.test.ts: train refuses such columns as DATA_INVALID before',
  EXPERIMENT_DELETED: 'tracking/sqlite-store.test.ts: only Python deletes experiments',
  INTERRUPTED: 'cli/stopping.test.ts',
  MODEL_CRASHED: 'inference/open-onnx.test.ts: needs a model that brings the runtime down',
  MODEL_FAILED: 'inference/open-onnx.test.ts',
  REMOTE_LIMIT: 'tracking/rest-store.test.ts',
  CONVERSION_DIFFERS: 'operations/convert.test.ts: needs a model of scikit-learn',
  RUNTIME_MISSING: 'inference/open-onnx.test.ts: needs a platform without a runtime',
  MODEL_BUSY: 'library/pool.test.ts',
  STORE_BUSY: 'tracking/sqlite-store.test.ts',
  STORE_HALF_MIGRATED: 'tracking/sqlite-store.test.ts',
  STORE_REVISION_UNKNOWN: 'tracking/sqlite-store.test.ts',
  TERMINATED: 'cli/stopping.test.ts',
  VERSION_BEFORE_UNKNOWN: 'the tests of rollback',
  VERSION_REFUSED: 'test/library/watch.test.ts, because only the library watches',
  VALUE_UNSTORABLE: 'tracking/sqlite-store.test.ts: no argument of a process can hold such a text',
};

/** The public key of somebody who signed nothing here. */
const SIGNER = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9kSx0AOiYX9APRocPnlsIMuINXj2
Z+vF9yG7JcylKGya+LEDhqjgkvHJUjYZaZoZvWBLtF42X63chnSZuCJ8nw==
-----END PUBLIC KEY-----
`;

const cwd = scratch('mlctl-exit-');
const at = (...path: string[]) => join(cwd, ...path);
const write = (path: string, text: string | Uint8Array) => writeFileSync(at(path), text);
const HEADER = 'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)';

const ports = { silent: 0, unauthorized: 0, forbidden: 0, page: 0, closed: 0, host: 0 };
const closers: (() => void)[] = [];

function answering(status: number, body: string, type = 'application/json'): Promise<number> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      closers.push(() => {
        server.closeAllConnections();
        server.close();
      });
      resolve((server.address() as { port: number }).port);
    }),
  );
}

const server = (port: keyof typeof ports) => `http://127.0.0.1:${ports[port]}`;

before(async () => {
  ports.unauthorized = await answering(401, '{}');
  ports.forbidden = await answering(403, '{"error_code":"PERMISSION_DENIED","message":"not yours"}');
  ports.page = await answering(200, '<html>welcome</html>', 'text/html');
  ports.host = await answering(403, 'Invalid Host header - possible DNS rebinding attack detected', 'text/plain');
  ports.closed = await freePort();
  const silent = createSilent((socket) => {
    socket.on('error', () => {});
    closers.push(() => socket.destroy());
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  ports.silent = (silent.address() as { port: number }).port;
  closers.push(() => silent.close());
  const trained = runCli(['train', '--register', '--out', 'package', '--quiet'], { cwd });
  assert.equal(trained.code, 0, trained.stderr);
  makeFiles();
});
after(() => {
  for (const close of closers) close();
});

function copied(name: string, change: (mlmodel: string) => string): void {
  cpSync(at('package'), at(name), { recursive: true });
  const file = at(name, 'MLmodel');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function makeFiles(): void {
  write('rows.csv', `${HEADER}\n5.1,3.5,1.4,0.2\n`);
  write('bad.csv', `${HEADER.replace('sepal width', 'sepal widht')}\n5.1,3.5,x,0.2\n`);
  write('one-class.csv', 'x,y\n1,a\n2,a\n3,a\n');
  write(
    'recipe.yaml',
    'data: { source: iris, targt: species }\npipeline:\n  - one_hot_encoder: {}\n    columns: [a]\n',
  );
  write('signer.pub', SIGNER);
  mkdirSync(at('bundle'));
  write(join('bundle', 'audit.json'), '{}');
  write('text.onnx', 'no model at all');
  write('cut.onnx', readFileSync(at('package', 'model.onnx')).subarray(0, 500));
  write('damaged.db', 'this is no database at all, but a text that is long enough to have a header of its own');
  mkdirSync(at('file-store', 'mlruns', '0'), { recursive: true });
  writeFileSync(at('file-store', 'mlruns', '0', 'meta.yaml'), 'experiment_id: 0\n');
  mkdirSync(at('empty'));
  copied('unsigned', (text) => text.replace(/^signature:\n(?: {2}.*\n)+/m, ''));
  copied('torch', (text) =>
    text.replace(/^flavors:\n(?: .*\n)+/m, 'flavors:\n  pytorch:\n    model_data: data\n    data: model.pth\n'),
  );
  writeFileSync(at('torch', 'model.pth'), 'x');
  copied('leaving', (text) => text.replaceAll('data: model.onnx', 'data: ../model.onnx'));
  copied('huge', (text) => `${text}# ${'x'.repeat(1 << 20)}\n`);
  write('odd.json', '{"inputs": "[{\\"type\\": \\"dubble\\"}]"}');
  const loop = packageOf(endlessLoop());
  copyFileSync(join(loop, 'model.onnx'), at('endless.onnx'));
  const signature = (name: string) => JSON.stringify([{ type: 'double', name, required: true }]);
  write('endless.json', JSON.stringify({ inputs: signature('x'), outputs: signature('y'), params: null }));
  write('endless.csv', 'x\n1\n');
  write('outside.onnx', outsideModel());
}

/** Weights that lie in another folder. */
function outsideModel(): Uint8Array {
  const folder = packageOf({
    ...identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['N'])]),
    initializer: [
      {
        name: 'w',
        dataType: DOUBLE,
        dims: [1n],
        dataLocation: 1,
        externalData: [{ key: 'location', value: '../secret.bin' }],
      },
    ],
  });
  return readFileSync(join(folder, 'model.onnx'));
}

const NOBODY = '0'.repeat(32);
const QUICK = { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };

const CASES: readonly (Case | (() => Case))[] = [
  { name: 'version', args: ['version', '--quiet'], exit: 0 },
  { name: 'unknown command', args: ['smok'], exit: 2, code: 'USAGE' },
  { name: 'unknown flag', args: ['train', '--regster'], exit: 2, code: 'USAGE' },
  { name: 'impossible value', args: ['train', '--timeout', '0'], exit: 2, code: 'USAGE' },
  { name: 'nothing kept', args: ['train', '--no-log'], exit: 2, code: 'USAGE' },
  { name: 'impossible setting', args: ['runs'], env: { MLCTL_TIMEOUT: 'soon' }, exit: 2, code: 'CONFIG_INVALID' },
  { name: 'recipe with faults', args: ['train', 'recipe.yaml', '--set', 'frob.x=1'], exit: 2, code: 'RECIPE_INVALID' },
  { name: 'no URI', args: ['load', 'bogus:/x'], exit: 2, code: 'URI_INVALID' },
  { name: 'log without signature', args: ['log', 'package/model.onnx'], exit: 2, code: 'SIGNATURE_MISSING' },
  { name: 'log of a package without signature', args: ['log', 'unsigned'], exit: 2, code: 'SIGNATURE_MISSING' },
  { name: 'key that is none', args: ['sign', 'package', '--key', 'recipe.yaml'], exit: 2, code: 'KEY_REFUSED' },
  {
    name: 'model that nobody signed',
    args: ['load', 'package', '--public-key', 'signer.pub'],
    exit: 7,
    code: 'SIGNATURE_REFUSED',
  },
  { name: 'bundle that is none', args: ['audit', '--offline', 'bundle'], exit: 7, code: 'BUNDLE_INVALID' },
  { name: 'place taken', args: ['train', '--no-log', '--out', 'package'], exit: 2, code: 'FILE_EXISTS' },
  {
    name: 'place that cannot be',
    args: ['load', './package', '--to', 'rows.csv/x'],
    exit: 2,
    code: 'FILE_WRITE_FAILED',
  },
  { name: 'folder as data', args: ['train', '--data', 'empty', '--target', 'y'], exit: 2, code: 'FILE_UNREADABLE' },
  {
    name: 'folder as rows',
    args: ['predict', './package', '-i', 'empty', '--input-format', 'csv'],
    exit: 2,
    code: 'FILE_REFUSED',
  },
  { name: 'unknown store', args: ['runs', '--tracking-uri', 'ftp://host/x'], exit: 2, code: 'STORE_UNSUPPORTED' },
  {
    name: 'store in an encoded folder',
    args: ['runs', '--tracking-uri', 'sqlite:///a%41b/x.db'],
    exit: 2,
    code: 'STORE_PATH_UNSUPPORTED',
  },
  {
    name: 'store in no folder',
    args: ['train', '--tracking-uri', 'sqlite:///nowhere/x.db'],
    exit: 2,
    code: 'STORE_FILE_FAILED',
  },
  { name: 'no store', args: ['runs'], cwd: 'empty', exit: 3, code: 'STORE_NOT_FOUND' },
  { name: 'damaged store', args: ['runs', '--tracking-uri', 'sqlite:///damaged.db'], exit: 2, code: 'STORE_DAMAGED' },
  { name: 'file store', args: ['runs'], cwd: 'file-store', exit: 2, code: 'FILE_STORE_FOUND' },
  { name: 'filter', args: ['runs', '--filter', 'metrics.val_acc >'], exit: 2, code: 'SEARCH_INVALID' },
  { name: 'hostile name', args: ['register', './package', '--name', '../x'], exit: 2, code: 'NAME_INVALID' },
  { name: 'long name', args: ['train', '--tag', `${'k'.repeat(300)}=v`], exit: 2, code: 'VALUE_TOO_LONG' },
  () => ({
    name: 'param again',
    args: ['log', 'package', '--run-id', runId(), '--param', 'logistic_regression__C=2'],
    exit: 2,
    code: 'PARAM_CONFLICT',
  }),
  {
    name: 'data elsewhere',
    args: ['train', '--set', 'data.source=ftp://host/key.csv'],
    exit: 2,
    code: 'DATA_UNSUPPORTED',
  },

  { name: 'no recipe', args: ['train', 'nowhere.yaml'], exit: 3, code: 'FILE_NOT_FOUND' },
  { name: 'no data', args: ['train', '--data', 'nowhere.csv'], exit: 3, code: 'FILE_NOT_FOUND' },
  { name: 'no rows', args: ['predict', './package', '-i', 'nowhere.csv'], exit: 3, code: 'FILE_NOT_FOUND' },
  { name: 'no version', args: ['load', 'models:/iris_clf/9'], exit: 3, code: 'MODEL_NOT_FOUND' },
  {
    name: 'no stage',
    args: ['predict', 'models:/iris_clf/production', '-i', 'rows.csv'],
    exit: 3,
    code: 'MODEL_NOT_FOUND',
  },
  { name: 'no alias', args: ['promote', 'iris_clf/7', '--alias', 'a'], exit: 3, code: 'MODEL_NOT_FOUND' },
  { name: 'no run', args: ['load', `runs:/${NOBODY}/model`], exit: 3, code: 'RUN_NOT_FOUND' },
  { name: 'no experiment', args: ['load', '--experiment', 'nobody'], exit: 3, code: 'EXPERIMENT_NOT_FOUND' },
  { name: 'no model at all', args: ['load', '--experiment', 'Default'], exit: 3, code: 'MODEL_NOT_FOUND' },

  () => ({
    name: 'sign-in refused',
    args: ['train', '--tracking-uri', server('unauthorized')],
    exit: 4,
    code: 'UNAUTHENTICATED',
  }),
  () => ({
    name: 'not allowed',
    args: ['load', 'models:/x/1', '--tracking-uri', server('forbidden')],
    exit: 4,
    code: 'PERMISSION_DENIED',
  }),

  { name: 'one class', args: ['train', '--data', 'one-class.csv', '--target', 'y'], exit: 5, code: 'DATA_INVALID' },
  {
    name: 'rows that break the signature',
    args: ['predict', './package', '-i', 'bad.csv'],
    exit: 5,
    code: 'SCHEMA_VIOLATION',
  },

  () => ({
    name: 'nobody listens',
    args: ['runs', '--tracking-uri', server('closed')],
    env: QUICK,
    exit: 6,
    code: 'REMOTE_UNREACHABLE',
  }),
  () => ({
    name: 'a page, no server',
    args: ['runs', '--tracking-uri', server('page')],
    env: QUICK,
    exit: 6,
    code: 'REMOTE_REFUSED',
  }),
  () => ({
    name: 'unwelcome host name',
    args: ['runs', '--tracking-uri', server('host')],
    env: QUICK,
    exit: 6,
    code: 'HOST_HEADER_REFUSED',
  }),
  () => ({
    name: 'offline',
    args: ['runs', '--offline', '--tracking-uri', server('closed')],
    exit: 6,
    code: 'OFFLINE',
  }),
  () => ({
    name: 'no answer in time',
    args: ['runs', '--timeout', '0.5', '--tracking-uri', server('silent')],
    exit: 6,
    code: 'DEADLINE_PASSED',
  }),

  { name: 'no ONNX', args: ['log', 'text.onnx', '--input-example', 'rows.csv'], exit: 7, code: 'MODEL_MALFORMED' },
  { name: 'ONNX cut off', args: ['log', 'cut.onnx', '--input-example', 'rows.csv'], exit: 7, code: 'MODEL_MALFORMED' },
  {
    name: 'hostile ONNX',
    args: ['log', 'outside.onnx', '--input-example', 'endless.csv'],
    exit: 7,
    code: 'MODEL_HOSTILE',
  },
  {
    name: 'endless ONNX',
    args: ['log', 'endless.onnx', '--signature', 'endless.json', '--input-example', 'endless.csv', '--timeout', '8'],
    exit: 7,
    code: 'MODEL_TIMEOUT',
  },
  { name: 'no package', args: ['log', 'empty'], exit: 7, code: 'PACKAGE_INVALID' },
  { name: 'another flavor', args: ['predict', './torch', '-i', 'rows.csv'], exit: 7, code: 'MODEL_UNSUPPORTED' },
  { name: 'payload outside', args: ['load', './leaving'], exit: 7, code: 'PATH_REFUSED' },
  { name: 'MLmodel too large', args: ['load', './huge'], exit: 7, code: 'LIMIT_EXCEEDED' },
  {
    name: 'malformed signature',
    args: ['log', 'package', '--signature', 'odd.json'],
    exit: 7,
    code: 'SIGNATURE_INVALID',
  },
];

const runId = () => {
  const { runs } = JSON.parse(runCli(['runs', '--json', '--max', '1'], { cwd }).stdout);
  return String(runs[0].run_id);
};

/** Ids, digests, times, ports and this machine's folders become words. */
function normal(text: string): string {
  return text
    .replaceAll(cwd, '<cwd>')
    .replace(/\bm-[0-9a-f]{32}\b/g, 'm-<id>')
    .replace(/\b(?!0{32})[0-9a-f]{32}\b/g, '<run>')
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:<digest>')
    .replace(/MLmodel has \d+ bytes/, 'MLmodel has <many> bytes')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replace(/\.\d+-[0-9a-f]{8,12}\.(mlctl-)?tmp/g, '.<temporary>')
    .replace(/\b\d+ ms\b|\b\d+\.\d+ s\b/g, '<time>')
    .replace(/node {6}\S+|platform {2}.*|mlctl {5}\S+/g, (line) => `${line.split(' ')[0]} <here>`);
}

const page = (args: readonly string[], { code, stdout, stderr }: Transcript) =>
  `$ mlctl ${normal(args.join(' '))}\n[exit ${code}]\n${[
    ['stdout', stdout],
    ['stderr', stderr],
  ]
    .filter(([, text]) => text !== '')
    .map(([stream, text]) => `--- ${stream}\n${normal(text!)}`)
    .join('')}\n`;

// The servers live in this process, so it must not wait for its children.
const mlctl = (args: readonly string[], one: Case) => {
  const options: CliOptions = {
    cwd: one.cwd === undefined ? cwd : at(one.cwd),
    ...(one.env ? { env: one.env } : {}),
    ...(one.input === undefined ? {} : { input: one.input }),
  };
  return cliEnded(args, options);
};

const recorded = join(FIXTURES, 'cli', 'exit-codes');
const nameOf = (name: string) => join(recorded, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.txt`);

test('each failure, in words and as JSON', async (t) => {
  for (const entry of CASES) {
    const one = typeof entry === 'function' ? entry() : entry;
    await t.test(one.name, async () => {
      const plain = await mlctl(one.args, one);
      assert.equal(plain.code, one.exit, plain.stderr);
      const text = page(one.args, plain);
      assert.equal(text, snapshot(nameOf(one.name), text));
      if (one.code === undefined) return;
      assert.match(plain.stderr, new RegExp(`code: ${one.code}, exit ${one.exit} \\(mlctl explain`));
      assert.doesNotMatch(plain.stderr, /\n\s+at /, 'a stack trace');
      // A message or a hint may start with a name, which no other word of ours looks like.
      assert.doesNotMatch(plain.stderr, /^(?:✖ error| {2}hint): (?:(?!Production |Python )[A-Z][a-z]+ |.*[a-z]\.$)/m);
      const machine = await mlctl([...one.args, '--json'], one);
      assert.equal(machine.code, one.exit);
      const { schema, ok, error } = JSON.parse(machine.stdout);
      assert.deepEqual([schema, ok], [one.args[0] === 'smok' ? 'mlctl.smok/1' : `mlctl.${one.args[0]}/1`, false]);
      assert.deepEqual(Object.keys(error), ['code', 'message', 'hint', 'details', 'exit_code']);
      assert.deepEqual([error.code, error.exit_code], [one.code, one.exit]);
    });
  }
});

test('no error code is left out without a reason', () => {
  const here = new Set(CASES.map((entry) => (typeof entry === 'function' ? entry() : entry).code));
  for (const code of ['INTEGRITY_MISMATCH'] as const) here.add(code); // below
  const missing = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => !here.has(code) && !(code in ELSEWHERE));
  assert.deepEqual(missing, []);
});

test('nothing was logged by what was refused, and no run is left running', async () => {
  const { runs } = JSON.parse((await cliEnded(['runs', '--json', '--max', '100'], { cwd })).stdout);
  assert.deepEqual(
    runs.filter((run: { status: string }) => run.status === 'RUNNING'),
    [],
  );
  assert.deepEqual(
    runs.map((run: { status: string }) => run.status).filter((status: string) => status === 'FINISHED').length,
    1,
  );
});

test('a flipped bit in the store is caught before the runtime opens the model', async () => {
  const { path } = JSON.parse((await cliEnded(['load', 'models:/iris_clf/1', '--json'], { cwd })).stdout);
  const payload = join(path, 'model.onnx');
  const bytes = readFileSync(payload);
  bytes[700]! ^= 1;
  writeFileSync(payload, bytes);
  for (const args of [
    ['load', 'models:/iris_clf/1'],
    ['predict', 'models:/iris_clf/1', '-i', 'rows.csv'],
    ['smoke', 'models:/iris_clf/1'],
  ]) {
    const { stdout, code } = await cliEnded([...args, '--json'], { cwd });
    assert.deepEqual([code, JSON.parse(stdout).error.code], [7, 'INTEGRITY_MISMATCH'], args[0]);
  }
});
