// A file that holds a signature means the same to `validate` and to `log`: each form, each fault, and named pipes.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { logExisting } from '../../src/operations/log.js';
import { validate } from '../../src/operations/validate.js';
import { readGivenFile } from '../../src/rows/read-given-file.js';
import { IRIS_LIKE } from '../support/packages.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const INPUTS = '[{"type": "double", "name": "a", "required": true}, {"type": "double", "name": "b", "required": true}]';
const OUTPUTS =
  '[{"type": "long", "name": "label"}, {"type": "double", "name": "probability_0"}, {"type": "double", "name": "probability_1"}]';

const GOOD: Readonly<Record<string, string>> = {
  'lists.json': `{\n\t"inputs": ${INPUTS},\n\t"outputs": ${OUTPUTS}\n}`,
  'texts.json': JSON.stringify({ signature: { inputs: INPUTS, outputs: OUTPUTS, params: null } }),
  'mark.json': `\ufeff{"inputs": ${INPUTS}, "outputs": ${OUTPUTS}}`,
  'lists.yaml':
    'inputs:\n- {type: double, name: a, required: true}\n- {type: double, name: b, required: true}\noutputs:\n- {type: long, name: label}\n- {type: double, name: probability_0}\n- {type: double, name: probability_1}\n',
  MLmodel: `flavors: {}\nsignature:\n  inputs: '${INPUTS}'\n  outputs: '${OUTPUTS}'\n  params: null\n`,
  'flow.yaml': `{inputs: ${INPUTS}, outputs: ${OUTPUTS}}`,
};

const BAD: Readonly<Record<string, readonly [text: string, code: string]>> = {
  'list.json': ['[]', 'SIGNATURE_INVALID'],
  'nothing.json': ['{}', 'SIGNATURE_INVALID'],
  'other.yaml': ['name: churn\n', 'SIGNATURE_INVALID'],
  'prose.txt': ['not a signature', 'SIGNATURE_INVALID'],
  'broken.json': ['{"inputs": [', 'SIGNATURE_INVALID'],
  'broken.yaml': ['inputs: [\n', 'SIGNATURE_INVALID'],
  'type.json': ['{"inputs": [{"name": "a", "type": "decimal"}]}', 'SIGNATURE_INVALID'],
  'large.json': [`{"inputs": ${INPUTS}, "padding": "${'x'.repeat(1024 * 1024)}"}`, 'LIMIT_EXCEEDED'],
};

const codeOf = (error: unknown): string => {
  assert.ok(error instanceof MlctlError, String(error));
  return error.code;
};

/** `ok`, or the code it is refused with. */
const VERBS: Readonly<Record<string, (world: TestWorld, signature: string) => Promise<string>>> = {
  async validate(world, signature) {
    const streams = { stdin: Readable.from(['a,b\n1,2\n']), stdout: new Writable() };
    const { valid } = await validate(world, { signature, input: '-' }, streams);
    assert.equal(valid, true);
    return 'ok';
  },
  async log(world, signature) {
    await logExisting(world, { path: 'model.onnx', signature });
    return 'ok';
  },
};

function worldWithModel(): TestWorld {
  const world = testWorld();
  copyFileSync(IRIS_LIKE, join(world.cwd, 'model.onnx'));
  return world;
}

test('validate and log read the same forms of a signature and refuse the same files by the same codes', async () => {
  const world = worldWithModel();
  mkdirSync(join(world.cwd, 'folder'));
  const cases = new Map<string, string>([
    ['none.json', 'FILE_NOT_FOUND'],
    ['folder', 'FILE_REFUSED'],
    ['/dev/zero', 'FILE_REFUSED'],
  ]);
  for (const [name, text] of Object.entries(GOOD)) {
    writeFileSync(join(world.cwd, name), text);
    cases.set(name, 'ok');
  }
  for (const [name, [text, code]] of Object.entries(BAD)) {
    writeFileSync(join(world.cwd, name), text);
    cases.set(name, code);
  }
  for (const [name, wanted] of cases)
    for (const [verb, run] of Object.entries(VERBS))
      assert.equal(await run(world, name).catch(codeOf), wanted, `${verb} --signature ${name}`);
});

test('a signature comes through a named pipe, and a wait for one ends when the command is stopped', async (t) => {
  if (process.platform === 'win32') return t.skip('Windows has no named pipes in folders');
  for (const run of Object.values(VERBS)) {
    const world = worldWithModel();
    const pipe = join(world.cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    writeFileSync(join(world.cwd, 'lists.json'), GOOD['lists.json'] as string);
    // Another process writes: it waits until somebody reads, however long the command takes to come to that.
    const writer = spawn('sh', ['-c', 'cat lists.json > pipe'], { cwd: world.cwd, stdio: 'ignore' });
    assert.equal(await run(world, 'pipe'), 'ok');
    writer.kill();

    const waiting = run(world, 'pipe').catch(codeOf);
    setTimeout(() => world.stop(new MlctlError('INTERRUPTED', 'stopped')), 100);
    assert.equal(await waiting, 'INTERRUPTED');
  }
});

test('a pipe that is opened after the command was stopped does not keep the process from ending', async (t) => {
  if (process.platform === 'win32') return t.skip('Windows has no named pipes in folders');
  const pipe = join(testWorld().cwd, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const openPipes = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
  const before = openPipes();
  await assert.rejects(readGivenFile(pipe, AbortSignal.abort(new Error('stopped')), 100), /stopped/);
  // It is closed a turn of the event loop later, or two.
  for (let turns = 0; openPipes() > before && turns < 1000; turns++) await new Promise(setImmediate);
  assert.equal(openPipes(), before);
});
