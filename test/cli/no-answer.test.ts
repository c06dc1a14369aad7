// No command ends with 0 that has not answered: whatever runs dry, breaks or is never fulfilled ends with 70.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT, scratch } from '../support/paths.js';

/** bin/mlctl.js before a program of ours. */
function ended(main: string): { status: number | null; stderr: string } {
  const folder = scratch();
  for (const name of ['bin', 'dist']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'package.json'), '{"version":"0"}');
  copyFileSync(join(ROOT, 'bin', 'mlctl.js'), join(folder, 'bin', 'mlctl.js'));
  writeFileSync(join(folder, 'dist', 'launch.cjs'), `exports.main = ${main}; exports.finish = () => {};`);
  return spawnSync(process.execPath, [join(folder, 'bin', 'mlctl.js'), 'smoke'], { encoding: 'utf8' });
}

test('the program as a whole', () => {
  for (const main of [
    '() => new Promise(() => {})',
    'async () => { throw new Error("secret") }',
    '() => new Promise(() => setTimeout(() => {}, 50))',
    '() => { process.exit(); }',
  ]) {
    const { status, stderr } = ended(main);
    assert.equal(status, 70, main);
    assert.match(stderr, /ended before it had an answer/);
    assert.doesNotMatch(stderr, /secret/);
  }
  assert.deepEqual(
    ['async () => 0', 'async () => 7', '() => process.exit(130)'].map((main) => ended(main).status),
    [0, 7, 130],
  );
  assert.equal(ended('async () => 7').stderr, '');
});

test('a command: what cannot settle any more, and an error that nobody catches, are told as bugs', () => {
  const stopping = pathToFileURL(join(ROOT, 'build', 'src', 'cli', 'stopping.js')).href;
  for (const [work, told] of [
    ['new Promise(() => {})', 'BUG without an answer'],
    ['new Promise(() => setTimeout(() => { throw new Error("x") }, 10))', 'undefined x'],
    ['new Promise(() => void Promise.reject(new Error("y")))', 'undefined y'],
    ['new Promise((done) => setTimeout(done, 10))', 'done'],
  ] as const) {
    const program = `import { openStopping } from ${JSON.stringify(stopping)};
      const { within, release } = openStopping();
      console.log(await within(${work}).then(() => 'done', (error) => error.code + ' ' + error.message));
      release();`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    assert.match(stdout, new RegExp(told.replace(' ', '.*')), stderr);
  }
});
