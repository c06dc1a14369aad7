// A model that runs in the user's Python: whatever its code does, it ends with an answer or an error, and no process is left.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { MlctlError } from '../../../src/errors/error.js';
import { digestPackage } from '../../../src/model/digest-package.js';
import { pythonOf } from '../../support/python.js';
import { misbehaving, openWithPython, rowOf } from './python-models.js';

const MARK = randomBytes(8).toString('hex');
const found = pythonOf('mlflow');
const python = 'python' in found ? found.python : '';
const options = {
  skip: 'skip' in found ? found.skip : process.platform !== 'linux' && 'processes are looked up in /proc',
};
const environment = { LC_MARK: MARK };

/** Processes that were given our mark, but for those that have ended. */
function left(): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(MARK);
    } catch {
      return false;
    }
  });
}

async function assertNoneLeft(): Promise<void> {
  for (let tries = 0; left().length > 0 && tries < 40; tries++) await pause(50);
  assert.deepEqual(left(), []);
}

const scratchFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`mlctl-${process.pid}-`));

after(() => {
  if (!options.skip) assert.deepEqual(scratchFolders(), []);
});

async function failure(work: Promise<unknown>): Promise<MlctlError> {
  const error = await work.then(
    () => assert.fail('it did not fail'),
    (thrown) => thrown,
  );
  assert.ok(error instanceof MlctlError, String(error));
  assert.equal(error.exitCode, 7);
  return error;
}

test('a model that answers, prints, writes to stdout, forks, raises or returns nonsense', options, async () => {
  const folder = await misbehaving();
  const { model, said } = await openWithPython(python, folder, { environment });
  const predict = (what: string) => model.predict(rowOf(what));
  assert.equal(model.engine, 'python');
  assert.deepEqual(said.warnings.length, 1);
  assert.match(said.warnings[0] ?? '', /its own code may do there whatever you may do/);
  assert.deepEqual(await predict('é\ud83d\ude00'), {
    rows: 1,
    columns: [{ name: 'prediction', type: 'string', values: ['é\ud83d\ude00'] }],
  });

  // What it prints is shown, a little of it, without what would steer a terminal.
  await predict('print');
  await predict('write');
  const printed = said.notes.join('\n');
  assert.match(printed, /^python: \\u\{1b\}\[31mredx{50}/m);
  assert.ok(printed.length < 40_000, String(printed.length));

  const environ = String((await predict('environment')).columns[0]!.values[0]);
  const [names = '', cwd = '', stdin] = environ.split('|');
  assert.doesNotMatch(names, /TOKEN|PASSWORD|SECRET/);
  assert.match(names, /LC_MARK/);
  assert.ok(cwd.startsWith(join(tmpdir(), `mlctl-${process.pid}-`)), cwd);
  assert.equal(stdin, '');

  const failing = async (what: string) => {
    const error = await failure(predict(what));
    return `${error.code} ${error.message}`;
  };
  assert.equal(
    await failing('raise'),
    'MODEL_FAILED running the model in Python: ValueError: row 0 is \\u{1b}[31m wrong second line',
  );
  assert.match(await failing('sys.exit'), /^MODEL_FAILED .*SystemExit: 3/);
  assert.match(await failing('text'), /^MODEL_FAILED .*answered a str; expected one value for each row/);
  assert.match(await failing('object'), /^MODEL_FAILED .*a value of type object, which has no form in JSON/);
  assert.match(await failing('import'), /^RUNTIME_MISSING .* does not have the module a_module_that_is_not_there/);
  // The caller compares the number of rows.
  assert.equal((await predict('fewer')).rows, 0);
  // The child of a fork does not answer in the place of its parent.
  assert.equal((await predict('fork twice')).columns[0]!.values[0], 'fork twice');
  assert.equal((await predict('after it')).columns[0]!.values[0], 'after it');
  // A child that goes on is ended with the model.
  assert.equal((await predict('fork')).rows, 1);
  assert.ok(left().length >= 2);
  await model.close();
  await assertNoneLeft();
});

test('a model that sleeps, also with a child, is ended at the deadline', options, async () => {
  const { model } = await openWithPython(python, await misbehaving(), { environment, timeoutMs: 20_000 });
  const start = Date.now();
  const error = await failure(model.predict(rowOf('fork and sleep')));
  assert.equal(error.code, 'MODEL_TIMEOUT');
  assert.match(error.message, /^running the model in Python: no answer within 20000 ms/);
  assert.ok(Date.now() - start < 25_000);
  assert.equal((await failure(model.predict(rowOf('a')))).code, 'MODEL_TIMEOUT');
  await model.close();
  await assertNoneLeft();
});

test('a model that takes too much memory, and one that ends its process, are told', options, async () => {
  const folder = await misbehaving();
  const memoryBytes = 2 ** 30;
  const greedy = await openWithPython(python, folder, { environment, memoryBytes });
  const error = await failure(greedy.model.predict(rowOf('memory')));
  assert.equal(error.code, 'MODEL_CRASHED');
  assert.match(error.message, /^running the model in Python: it took more than the 1024 MiB allowed/);
  assert.equal((await failure(greedy.model.predict(rowOf('exit')))).code, 'MODEL_CRASHED');
  await greedy.model.close();
  await assertNoneLeft();

  // A child that left the group and holds stderr does not hold up mlctl.
  const leaving = await openWithPython(python, folder);
  const start = Date.now();
  const gone = await failure(leaving.model.predict(rowOf('daemon')));
  assert.match(gone.message, /the process that ran it died \(exit code 3\)/);
  assert.ok(Date.now() - start < 10_000);
  await leaving.model.close();
});

test('an answer of hundreds of megabytes is refused', options, async () => {
  const { model } = await openWithPython(python, await misbehaving(), { environment });
  assert.match(
    (await failure(model.predict(rowOf('huge')))).message,
    /ValueError: the answer takes \d+ bytes; at most 134217728 are read$/,
  );
  await model.close();
  await assertNoneLeft();
});

test('a model that cannot be loaded, a Python that is not there, and one without MLflow', options, async () => {
  const refused = async (how: string, command = python) =>
    failure(
      openWithPython(command, await misbehaving(how), { environment, timeoutMs: how === 'sleep' ? 15_000 : 60_000 }),
    );
  const raised = await refused('raise');
  assert.equal(raised.code, 'MODEL_UNSUPPORTED');
  assert.match(raised.message, /MLflow cannot load it: ValueError: cannot be loaded$/);
  const missing = await refused('import');
  assert.equal(missing.code, 'RUNTIME_MISSING');
  assert.match(missing.hint ?? '', /-m pip install a_module_that_is_not_there$/);
  assert.equal((await refused('sleep')).code, 'MODEL_TIMEOUT');
  const nowhere = await refused('', 'python-that-is-not-there');
  assert.equal(nowhere.code, 'RUNTIME_MISSING');
  assert.match(nowhere.message, /there is no python-that-is-not-there on the PATH/);
  assert.match((await refused('', '/nowhere/python')).message, /\/nowhere\/python cannot be started$/);
  // An interpreter with an empty folder of packages.
  const bare = '/usr/bin/python3';
  if (existsSync(bare)) {
    const error = await refused('', bare);
    assert.equal(error.code, 'RUNTIME_MISSING');
    assert.match(
      error.hint ?? '',
      /\/usr\/bin\/python3 -m pip install mlflow, or name another interpreter with --python$/,
    );
  }
  await assertNoneLeft();
});

test('a caller that stops waiting ends it', options, async () => {
  const controller = new AbortController();
  const { model } = await openWithPython(python, await misbehaving(), { environment, signal: controller.signal });
  const asked = model.predict(rowOf('sleep'));
  setTimeout(() => controller.abort(new MlctlError('INTERRUPTED', 'stopped by Ctrl-C (SIGINT)')), 200);
  await assert.rejects(asked, { code: 'INTERRUPTED' });
  await model.close();
  await assertNoneLeft();
});

test('Python gets the bytes that were verified, and not what is in the folder later', options, async () => {
  const folder = await misbehaving();
  const digest = await digestPackage(folder);
  writeFileSync(join(folder, 'code', 'misbehaving_model.py'), 'raise ValueError("swapped")');
  const { model } = await openWithPython(python, folder, { environment, digest });
  assert.equal((await model.predict(rowOf('as verified'))).columns[0]!.values[0], 'as verified');
  await model.close();
  // A file that is too large to be kept is hashed again while it is copied.
  const unkept = { ...digest, bytes: new Map() };
  const swapped = openWithPython(python, folder, { environment, digest: unkept });
  await assert.rejects(swapped, { code: 'INTEGRITY_MISMATCH' });
  await assertNoneLeft();
});
