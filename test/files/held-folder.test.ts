// A folder that is held open: what takes its place, or the place of a folder in it, while it is in use, is noticed.
import assert from 'node:assert/strict';
import fs, { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HeldFolder } from '../../src/files/held-folder.js';
import { scratch } from '../support/paths.js';

const { openSync, existsSync } = fs;

function replaced(t: TestContext, name: 'openSync' | 'existsSync', by: (...args: never[]) => unknown): void {
  t.mock.method(fs, name, by as never);
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
}
/** As on systems where open folders have no names. */
const withoutNames = (t: TestContext) =>
  replaced(t, 'existsSync', ((path: string) => !path.startsWith('/proc/') && existsSync(path)) as never);

function top(): string {
  const folder = scratch();
  for (const name of ['own', 'other']) {
    mkdirSync(join(folder, name, 'in'), { recursive: true });
    writeFileSync(join(folder, name, name), '');
  }
  return folder;
}
const namesOf = (held: HeldFolder | null) => held?.names().map(String).sort();

test('another folder that takes the place of one between looking and entering is not entered', (t) => {
  const folder = top();
  const held = HeldFolder.open(folder);
  t.after(() => held.close());
  let swap = () => {};
  replaced(t, 'openSync', ((...args: Parameters<typeof openSync>) => {
    swap();
    return openSync(...args);
  }) as never);
  const fine = held.enter('own');
  assert.deepEqual(namesOf(fine), ['in', 'own']);
  fine?.close();
  swap = () => {
    swap = () => {};
    renameSync(join(folder, 'own'), join(folder, 'moved'));
    renameSync(join(folder, 'other'), join(folder, 'own'));
  };
  assert.equal(held.enter('own'), null);
  swap = () => {
    swap = () => {};
    rmSync(join(folder, 'own'), { recursive: true });
    symlinkSync('moved', join(folder, 'own'));
  };
  assert.throws(() => held.enter('own'), { code: /^E(?:LOOP|NOTDIR)$/ });
});

test('work goes on in a folder that was moved away, and not in what is there now', {
  skip: !existsSync('/proc/self/fd'),
}, (t) => {
  const folder = top();
  const held = HeldFolder.open(join(folder, 'own'));
  t.after(() => held.close());
  renameSync(join(folder, 'own'), join(folder, 'moved'));
  renameSync(join(folder, 'other'), join(folder, 'own'));
  assert.deepEqual(namesOf(held), ['in', 'own']);
  assert.equal(held.look('other'), null);
});

test('where open folders have no names, a folder that was replaced is refused', (t) => {
  const folder = top();
  withoutNames(t);
  const held = HeldFolder.open(join(folder, 'own'));
  t.after(() => held.close());
  assert.deepEqual(namesOf(held), ['in', 'own']);
  const inner = held.enter(Buffer.from('in'));
  assert.deepEqual(namesOf(inner), []);
  inner?.close();
  renameSync(join(folder, 'own'), join(folder, 'moved'));
  renameSync(join(folder, 'other'), join(folder, 'own'));
  for (const work of [() => held.names(), () => held.look('own'), () => held.enter('in')])
    assert.throws(work, { code: 'PATH_REFUSED', message: /was replaced while it was in use/ });
});
