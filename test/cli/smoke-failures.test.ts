// `smoke` with each kind of failure, by the real process: which checks pass, fail and are skipped, the exit code, the worst that wins,
// and what people, programs, JUnit and GitHub are told of it.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { endlessLoop, packageOf } from '../inference/models.js';
import { assertChecks, type Statuses } from '../support/assert-checks.js';
import { cliEnded, runCli } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { freePort } from '../support/server.js';

const cwd = scratch('mlctl-smoke-');
const at = (...path: string[]) => join(cwd, ...path);
let run = '';
let port = 0;
let closed = 0;
const server = createServer((_request, response) => {
  response.writeHead(401);
  response.end();
});

before(async () => {
  const { stdout, code, stderr } = runCli(['train', '--out', 'good', '--json'], { cwd });
  assert.equal(code, 0, stderr);
  run = JSON.parse(stdout).run_id;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
  closed = await freePort();
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** A copy of the good package with some files changed; null removes one. */
function changed(files: Readonly<Record<string, ((text: string) => string) | null>>): string {
  const folder = scratch('mlctl-smoked-');
  cpSync(at('good'), folder, { recursive: true });
  for (const [name, change] of Object.entries(files)) {
    const file = join(folder, name);
    if (change === null) rmSync(file);
    else writeFileSync(file, change(readFileSync(file, 'latin1')), 'latin1');
  }
  return folder;
}

const unsigned = (text: string) => text.replace(/^signature:\n(?: {2}.*\n)+/m, '');
const golden = (text: string) => text.replace(/0\.98/, '0.88');
const column = (name: string) => JSON.stringify([{ type: 'double', name, required: true }]);

function endless(): string {
  const folder = changed({
    MLmodel: (text) =>
      text
        .replace(/^ {2}inputs: .*$/m, `  inputs: '${column('x')}'`)
        .replace(/^ {2}outputs: .*$/m, `  outputs: '${column('y')}'`),
    'input_example.json': () => '{"columns": ["x"], "data": [[1.0]]}',
    'serving_input_example.json': () => '{"dataframe_split": {"columns": ["x"], "data": [[1.0]]}}',
  });
  copyFileSync(join(packageOf(endlessLoop()), 'model.onnx'), join(folder, 'model.onnx'));
  return folder;
}

const CASES: readonly (readonly [
  name: string,
  args: () => readonly string[],
  statuses: Statuses,
  exit: number,
  error: string | null,
])[] = [
  ['a good package', () => [changed({})], { skip: ['rescore', 'latency'] }, 0, null],
  ['no such model', () => ['models:/nobody/1'], { fail: ['resolve'], rest: 'skip' }, 3, 'MODEL_NOT_FOUND'],
  ['no URI at all', () => ['bogus:/x'], { fail: ['resolve'], rest: 'skip' }, 2, 'URI_INVALID'],
  [
    'sign-in',
    () => ['models:/x/1', '--tracking-uri', `http://127.0.0.1:${port}`],
    { fail: ['resolve'], rest: 'skip' },
    4,
    'UNAUTHENTICATED',
  ],
  [
    'nobody listens',
    () => ['models:/x/1', '--tracking-uri', `http://127.0.0.1:${closed}`],
    { fail: ['resolve'], rest: 'skip' },
    6,
    'REMOTE_UNREACHABLE',
  ],
  [
    'a file is gone',
    () => [changed({ 'model.onnx': null })],
    { pass: ['resolve'], fail: ['package'], rest: 'skip' },
    7,
    'PACKAGE_INVALID',
  ],
  [
    'no signature',
    () => [changed({ MLmodel: unsigned })],
    { pass: ['resolve', 'package', 'load'], fail: ['signature'], rest: 'skip' },
    1,
    null,
  ],
  [
    'no ONNX',
    () => [changed({ 'model.onnx': () => 'text' })],
    { pass: ['resolve', 'package', 'signature', 'example', 'guard'], fail: ['load'], rest: 'skip' },
    7,
    'MODEL_MALFORMED',
  ],
  [
    'graph and signature disagree',
    () => [changed({ MLmodel: (text) => text.replace('"label"', '"labels"') })],
    { pass: ['resolve', 'package', 'signature', 'example', 'guard'], fail: ['load'], rest: 'skip' },
    7,
    null,
  ],
  [
    'an example with a wrong column',
    () => [changed({ 'serving_input_example.json': (text) => text.replace('petal width', 'petal widht') })],
    { pass: ['resolve', 'package', 'signature', 'load'], fail: ['example'], rest: 'skip' },
    1,
    null,
  ],
  [
    'other predictions than recorded',
    () => [changed({ 'golden_predictions.json': golden })],
    { fail: ['golden'], skip: ['integrity', 'rescore', 'latency'] },
    1,
    null,
  ],
  [
    'rows that break the signature',
    () => [changed({}), '--rows', 'bad.csv'],
    { fail: ['predict'], skip: ['output', 'golden', 'rescore', 'latency'] },
    5,
    'SCHEMA_VIOLATION',
  ],
  [
    'no rows',
    () => [changed({}), '--rows', 'nowhere.csv'],
    { fail: ['predict'], skip: ['output', 'golden', 'rescore', 'latency'] },
    3,
    'FILE_NOT_FOUND',
  ],
  ['too slow', () => [changed({}), '--max-latency', '0.000001'], { fail: ['latency'], skip: ['rescore'] }, 1, null],
  [
    'no answer',
    () => [endless(), '--timeout', '12'],
    { pass: ['resolve', 'package', 'signature', 'load', 'example'], fail: ['predict'], rest: 'skip' },
    7,
    'MODEL_TIMEOUT',
  ],
  [
    'no signature (1) and no ONNX (7)',
    () => [changed({ MLmodel: unsigned, 'model.onnx': () => 'text' })],
    { pass: ['resolve', 'package'], fail: ['signature', 'load'], rest: 'skip' },
    7,
    'MODEL_MALFORMED',
  ],
  [
    'other predictions (1) and a report that cannot be written (2)',
    () => [changed({ 'golden_predictions.json': golden }), '--junit', 'good/MLmodel/x.xml'],
    { fail: ['golden'], skip: ['integrity', 'rescore', 'latency'] },
    2,
    'FILE_WRITE_FAILED',
  ],
];

for (const [name, args, statuses, exit, error] of CASES)
  test(name, async () => {
    writeFileSync(at('bad.csv'), 'a,b\n1,2\n');
    const given = ['smoke', ...args()];
    const env = { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' };
    const { code, stdout } = await cliEnded([...given, '--json'], { cwd, env });
    const document = JSON.parse(stdout);
    assertChecks(document.checks, statuses);
    assert.deepEqual([code, document.error?.code ?? null], [exit, error]);
    assert.deepEqual([document.schema, document.ok], ['mlctl.smoke/1', exit === 0]);
    for (const { elapsed_ms: took, ...check } of document.checks) {
      assert.deepEqual(Object.keys(check), ['name', 'status', 'message', 'hint', 'details', 'exit_code']);
      assert.ok(check.status === 'skip' || took >= 0, check.name);
    }
    const plain = await cliEnded([...given, '--junit', at('smoke.xml')], {
      cwd,
      env: { ...env, GITHUB_ACTIONS: 'true' },
    });
    // The last --junit wins: here it can be written.
    assert.equal(plain.code, name.includes('(2)') ? 1 : exit);
    assert.equal(plain.stderr, '');
    const failed = document.checks.filter(({ status }: { status: string }) => status === 'fail');
    assert.equal(plain.stdout.match(/^ {2}✖ /gm)?.length ?? 0, failed.length);
    assert.equal(plain.stdout.match(/^::error title=mlctl smoke/gm)?.length ?? 0, failed.length);
    assert.match(
      plain.stdout,
      failed.length === 0
        ? /✔ smoke passed/
        : new RegExp(`✖ smoke failed: ${failed.map((check: { name: string }) => check.name).join(', ')} `),
    );
    const xml = readFileSync(at('smoke.xml'), 'utf8');
    const skipped = document.checks.filter(({ status }: { status: string }) => status === 'skip').length;
    const counts = `tests="${document.checks.length}" failures="\\d+" errors="\\d+" skipped="${skipped}"`;
    assert.match(xml, new RegExp(counts));
    assert.equal(xml.match(/<(failure|error) /g)?.length ?? 0, failed.length);
  });

test('a flipped bit and changed evaluation rows, by the URI of the run', async () => {
  const uri = `runs:/${run}/model`;
  const holds = async (statuses: Statuses, exit: number) => {
    const { stdout, code } = await cliEnded(['smoke', uri, '--json'], { cwd });
    assertChecks(JSON.parse(stdout).checks, statuses);
    assert.equal(code, exit);
  };
  await holds({ skip: ['latency'] }, 0);
  const evaluation = at('mlruns', '1', run, 'artifacts', 'evaluation', 'y_te.csv');
  const labels = readFileSync(evaluation, 'utf8');
  writeFileSync(evaluation, labels.replaceAll('\n0', '\n1'));
  await holds({ fail: ['rescore'], skip: ['latency'] }, 1);
  writeFileSync(evaluation, labels);
  const { path } = JSON.parse(runCli(['load', uri, '--json'], { cwd }).stdout);
  const bytes = readFileSync(join(path, 'model.onnx'));
  bytes[700]! ^= 1;
  writeFileSync(join(path, 'model.onnx'), bytes);
  await holds({ pass: ['resolve'], fail: ['integrity'], rest: 'skip' }, 7);
});
