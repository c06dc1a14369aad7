// Threads that take groups of a round: who takes them, what happens when one fails or is lost, and that none keeps the process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { createContext, Script } from 'node:vm';
import { openHelpers } from '../../src/threads/open-helpers.js';
import { type SlowTask, slowGroup } from './slow-helper.js';

const skip = availableParallelism() < 2 ? 'there is one processor' : false;
const sharedWords = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));
const open = () => openHelpers<SlowTask>('slow-helper.js', import.meta.url);
/** The first thread gets on once a helper has taken a group, however long a helper needs to start. */
const UNTIL_MET_MS = 30_000;
const task = (groups: number, first: number, helper: number): SlowTask => ({
  milliseconds: { first, helper },
  met: sharedWords(1),
  takenBy: sharedWords(groups),
});

test('each group is taken once, by whoever is free', { skip }, () => {
  const helpers = open();
  assert.equal(helpers.start(), Math.min(availableParallelism(), 8));
  const slow = task(20, UNTIL_MET_MS, 1);
  assert.equal(helpers.share(slow, 20, slowGroup), true);
  assert.ok(slow.takenBy.includes(2), `${slow.takenBy}`);
  assert.ok(!slow.takenBy.includes(0), `${slow.takenBy}`);
  assert.equal(helpers.rest(), true);
  const fast = task(3, 0, 0);
  assert.equal(helpers.share(fast, 3, slowGroup), true);
});

test('without the program of a helper there is one thread', () => {
  const helpers = openHelpers<SlowTask>('nothing.js', import.meta.url);
  assert.equal(helpers.start(), 1);
  const alone = task(2, 0, 0);
  assert.equal(helpers.share(alone, 2, slowGroup), true);
  assert.deepEqual([...alone.takenBy], [1, 1]);
});

test('a helper that fails ends the round at once, and no other one starts', { skip }, async () => {
  const helpers = open();
  helpers.start();
  helpers.share(task(20, UNTIL_MET_MS, 1), 20, slowGroup);
  const failing = { ...task(8, UNTIL_MET_MS, 0), fails: 1 };
  const start = process.hrtime.bigint();
  // One thread takes group 0 and waits for the other, which takes group 1.
  assert.equal(helpers.share(failing, 8, slowGroup), false);
  assert.ok(Number(process.hrtime.bigint() - start) / 1e6 < 4_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(helpers.start(), 1);
});

test('a helper that does not come back is given up', { skip }, () => {
  const helpers = open();
  helpers.start();
  assert.equal(helpers.share(task(4, UNTIL_MET_MS, 60_000), 4, slowGroup), false);
  assert.equal(helpers.start(), 1);
  assert.equal(helpers.rest(), false);
});

test('a deadline ends the wait for a helper, and its memory is not used again until it is done', { skip }, async () => {
  const helpers = open();
  helpers.start();
  helpers.share(task(20, UNTIL_MET_MS, 1), 20, slowGroup);
  // A helper takes the last group, and needs longer for it than the deadline allows, but not so long that it is given up.
  const context = createContext({ work: () => helpers.share(task(2, UNTIL_MET_MS, 4_500), 2, slowGroup) });
  const script = new Script('work()');
  assert.throws(() => script.runInContext(context, { timeout: 2_000 }), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
  assert.equal(helpers.rest(), false);
  for (let tries = 0; !helpers.rest(); tries++) {
    assert.ok(tries < 600, 'the helper did not finish what it took');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('a process ends while helpers are idle, and while one is at work', { skip }, () => {
  const program = `
    import { runInNewContext } from 'node:vm';
    import { openHelpers } from '${new URL('../../src/threads/open-helpers.js', import.meta.url)}';
    import { slowGroup } from '${new URL('./slow-helper.js', import.meta.url)}';
    const helpers = openHelpers('slow-helper.js', '${import.meta.url}');
    helpers.start();
    const words = (length) => new Int32Array(new SharedArrayBuffer(4 * length));
    const task = (helper) => ({ milliseconds: { first: ${UNTIL_MET_MS}, helper }, met: words(1), takenBy: words(20) });
    helpers.share(task(1), 20, slowGroup);
    const work = () => helpers.share(task(60000), 2, slowGroup);
    if (process.argv[1] === 'busy') try { runInNewContext('work()', { work }, { timeout: 2_000 }); } catch {}
    console.log(helpers.rest());`;
  for (const [how, rest] of [
    ['idle', 'true'],
    ['busy', 'false'],
  ] as const) {
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', program, how], {
      encoding: 'utf8',
      timeout: 50_000,
    });
    assert.equal(done.signal, null, `${how}: it does not end`);
    assert.equal(done.stdout.trim(), rest, done.stderr);
  }
});
