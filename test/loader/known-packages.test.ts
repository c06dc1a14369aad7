// Only a record that mlctl itself made, for this user, in a folder that nobody else can write to, lets a model run in the process.
import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isKnownPackage, rememberPackage } from '../../src/loader/known-packages.js';
import { testWorld } from '../support/worlds.js';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const [A, B] = [digest('a'), digest('b')];

function remembered() {
  const world = testWorld();
  rememberPackage(world, A);
  const folder = join(world.env.MLCTL_CACHE_DIR!, 'known');
  return { world, folder, record: join(folder, 'a'.repeat(64)), key: join(folder, 'key') };
}

test('only a remembered package is known', () => {
  const { world, folder } = remembered();
  assert.ok(isKnownPackage(world, A));
  assert.ok(!isKnownPackage(world, B));
  for (const odd of ['', 'sha256:', `${A}0`, '../../etc/passwd']) assert.ok(!isKnownPackage(world, odd));
  assert.ok(!isKnownPackage(testWorld(), A));
  rememberPackage(world, B);
  assert.ok(isKnownPackage(world, A) && isKnownPackage(world, B));
  if (process.platform !== 'win32') {
    assert.equal(lstatSync(folder).mode & 0o777, 0o700);
    assert.equal(lstatSync(join(folder, 'key')).mode & 0o777, 0o600);
  }
});

test('a record that somebody else made, renamed, copied, linked or cut does not count', () => {
  const forgeries: [string, (of: ReturnType<typeof remembered>, forged: string) => void][] = [
    ['an empty file', (_, forged) => writeFileSync(forged, '', { mode: 0o600 })],
    ['any bytes', (_, forged) => writeFileSync(forged, Buffer.alloc(32, 7), { mode: 0o600 })],
    ['a record renamed', ({ record }, forged) => renameSync(record, forged)],
    ['a record copied', ({ record }, forged) => copyFileSync(record, forged)],
    ['a record of the secret itself', ({ key }, forged) => copyFileSync(key, forged)],
  ];
  for (const [what, forge] of forgeries) {
    const of = remembered();
    forge(of, join(of.folder, 'b'.repeat(64)));
    assert.ok(!isKnownPackage(of.world, B), what);
  }
});

test('a true record does not count behind a link, with a second name, without the secret or with open modes', (t) => {
  if (process.platform === 'win32') return t.skip('Windows has no such modes and links');
  const spoilt: [string, (of: ReturnType<typeof remembered>) => void][] = [
    [
      'a link',
      ({ record }) => {
        renameSync(record, `${record}.aside`);
        symlinkSync(`${record}.aside`, record);
      },
    ],
    ['a second name', ({ record }) => linkSync(record, `${record}.again`)],
    ['a record that others may write', ({ record }) => chmodSync(record, 0o620)],
    ['a secret that others may write', ({ key }) => chmodSync(key, 0o602)],
    ['another secret', ({ key }) => writeFileSync(key, Buffer.alloc(32, 1))],
    ['a short secret', ({ key }) => writeFileSync(key, 'short')],
    ['no secret', ({ key }) => rmSync(key)],
    ['a folder that others may write to', ({ folder }) => chmodSync(folder, 0o777)],
    [
      'a folder behind a link',
      ({ folder }) => {
        renameSync(folder, `${folder}-aside`);
        symlinkSync(`${folder}-aside`, folder);
      },
    ],
    [
      'a folder of that name',
      ({ record }) => {
        rmSync(record);
        mkdirSync(record);
      },
    ],
  ];
  for (const [what, spoil] of spoilt) {
    const of = remembered();
    spoil(of);
    assert.ok(!isKnownPackage(of.world, A), what);
  }
});

test('a record, a secret and a folder of another user do not count', (t) => {
  if (process.getuid === undefined) return t.skip('Windows has no such owners');
  const { world } = remembered();
  assert.ok(isKnownPackage(world, A));
  const own = process.getuid();
  t.mock.method(process as { getuid(): number }, 'getuid', () => own + 1);
  assert.ok(!isKnownPackage(world, A));
  t.mock.restoreAll();
  if (own !== 0) return;
  for (const part of ['record', 'key', 'folder'] as const) {
    const of = remembered();
    chownSync(of[part], 12345, 12345);
    assert.ok(!isKnownPackage(of.world, A), part);
  }
});

test('nothing is written into a folder that others may write to; a lost secret is replaced', (t) => {
  const { world, folder, key } = remembered();
  writeFileSync(key, 'short');
  rememberPackage(world, B);
  assert.ok(isKnownPackage(world, B));
  assert.ok(!isKnownPackage(world, A));
  assert.equal(readFileSync(key).length, 32);
  if (process.platform === 'win32') return t.skip('Windows has no such modes');
  chmodSync(folder, 0o777);
  rmSync(join(folder, 'b'.repeat(64)));
  rememberPackage(world, B);
  chmodSync(folder, 0o700);
  assert.ok(!isKnownPackage(world, B));
});
