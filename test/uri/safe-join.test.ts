import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { MlctlError } from '../../src/errors/error.js';
import { refuseClashes } from '../../src/files/refuse-clashes.js';
import { faultOfPath, safeJoin } from '../../src/uri/safe-join.js';
import { scratch } from '../support/paths.js';

/** Spellings that must never be joined. */
const REFUSED = [
  '../x',
  'a/../../x',
  'a/../x',
  '..',
  '../',
  './x',
  '.',
  '',
  '/',
  '/abs',
  '/etc/passwd',
  '//unc/x',
  '..\\x',
  'a\\..\\..\\x',
  '\\x',
  '\\\\unc\\x',
  '\\\\?\\C:\\x',
  'C:\\x',
  'C:/x',
  'c:x',
  'Z:',
  'file:///etc/passwd',
  'http://evil/x',
  's3://b/k',
  '~/.ssh/x',
  '~root/x',
  '%2e%2e/x',
  '%2E%2E/x',
  '%2e%2e%2fx',
  '%252e%252e%252fx',
  '%25252e%25252e/x',
  '%2525252e%2525252e/x',
  '..%2fx',
  '..%5cx',
  '%2e./x',
  '.%2e/x',
  'a/%2e%2e/x',
  'a%2fb',
  'a%5cb',
  'a%00b',
  'a%252fb',
  '....//x',
  'a//b',
  'a/',
  'a/.',
  'a/./b',
  'a/..',
  'x\0',
  'x\0.json',
  'x\r\ny',
  'x\ny',
  '\tx',
  'x\u001b[2J',
  'x\u007f',
  'x\u0085y',
  '\u2024\u2024/x',
  '\uff0e\uff0e/x',
  '\uff0e./x',
  'a\uff0fb',
  'a\uff3cb',
  '\u2025/x',
  '\ufe52\ufe52/x',
  'a\u2215b',
  'a\u2044b',
  'trailing.',
  'trailing ',
  'a /b',
  'a./b',
  ' lead',
  '. ./x',
  '...',
  '.. /x',
  '..\u200b/x',
  'a\u202egnp.exe',
  'a\ufeff',
  '\ud800',
  'n'.repeat(300),
  `${'a/'.repeat(2500)}x`,
  `${'d/'.repeat(64)}x`,
];
/** Odd names that are only names. */
const INSIDE = [
  'model.onnx',
  'a/b/c',
  'a b',
  'name;x',
  'name#x',
  'name?x',
  '100%',
  'a%zz',
  '%',
  '.hidden',
  '..a',
  'a..b',
  'con',
  'übung',
  '日本/語',
  'e\u0301',
  "it's",
  '__proto__',
  'ab:c',
  `${'d/'.repeat(63)}x`,
  '👩\u200d🔬.txt',
];

test('P1 P2 every hostile spelling is refused and every odd name stays inside', () => {
  const top = mkdtempSync(join(scratch(), 'p1-'));
  const root = join(top, 'a', 'b', 'root');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(top, 'canary'), 'untouched');
  for (const name of REFUSED) {
    assert.throws(
      () => safeJoin(root, name),
      (error) => error instanceof MlctlError && error.code === 'PATH_REFUSED' && !/[\u0000-\u001f]/.test(error.message),
      JSON.stringify(name.slice(0, 40)),
    );
  }
  for (const name of INSIDE) {
    const target = safeJoin(root, name);
    assert.ok(target.startsWith(root + sep), name);
    if (name.length < 100) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, 'x');
    }
  }
  assert.equal(readFileSync(join(top, 'canary'), 'utf8'), 'untouched');
  assert.deepEqual(readdirSync(top).sort(), ['a', 'canary']);
  assert.deepEqual(readdirSync(join(top, 'a', 'b')), ['root']);
  assert.ok(REFUSED.length >= 60);
});

test('P2 any joined text is inside, and nested percent escapes cannot lead upwards', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2f',
    '%5c',
    '%25',
    '2e',
    '2f',
    'a',
    ' ',
    ':',
    '\0',
    '~',
    '\uff0e',
    '\u2024',
    'C:',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const path = pieces.join('');
      if (faultOfPath(path) !== null) return;
      let seen = path;
      for (let round = 0; round < 6; round++) {
        assert.ok(!seen.split(/[/\\]/).some((part) => part.normalize('NFKC') === '..'), path);
        try {
          seen = decodeURIComponent(seen);
        } catch {
          break;
        }
      }
      assert.ok(safeJoin('/root/x', path).startsWith(`${join('/root/x')}${sep}`));
    }),
    { numRuns: 3000 },
  );
});

test('every rule gives its own reason, and refuses nothing up to its limit', () => {
  const reasons: [string, string][] = [
    ['', 'is empty'],
    [`${'n'.repeat(200)}/`.repeat(20).slice(0, 4001), 'is longer than 4000 bytes'],
    [`${'é'.repeat(100)}/`.repeat(20), 'is longer than 4000 bytes'],
    ['/x', 'is absolute'],
    ['a\\b', 'holds a backslash'],
    ['C:x', 'starts with a drive letter'],
    ['file:/x', 'starts with a scheme'],
    ['~x', 'starts with a home folder sign'],
    [`${'d/'.repeat(64)}x`, 'is deeper than 64 levels'],
    ['a//b', 'has an empty part'],
    ['a/./b', 'has the part "."'],
    ['a/..', 'has the part ".."'],
    ['n'.repeat(256), 'has a name of more than 255 bytes'],
    ['é'.repeat(128), 'has a name of more than 255 bytes'],
    ['a\tb', 'holds control or invisible characters'],
    ['a.', 'has a part ending in a dot or a space'],
    ['a/ b', 'has a part starting with a space'],
    ['a%2fb', 'hides a separator'],
    ['a%25252fb', 'hides a separator'],
    ['%2e%2e/x', 'hides a step upwards'],
    ['a%00b', 'hides a control character'],
  ];
  for (const [path, reason] of reasons) assert.equal(faultOfPath(path, 'linux'), reason, path.slice(0, 40));
  for (const path of [
    `${'n'.repeat(200)}/`.repeat(20).slice(0, 4000).replace(/\/$/, 'n'),
    `${'d/'.repeat(63)}x`,
    'n'.repeat(255),
    '1:x',
    'ab:x',
    'a~',
  ])
    assert.equal(faultOfPath(path, 'linux'), null, path.slice(0, 40));
  const refused = (error: unknown) =>
    error instanceof MlctlError && error.details['fault'] === 'is absolute' && error.details['path'] === '/x';
  assert.throws(() => safeJoin('/root', '/x'), refused);
});

test('names that only Windows refuses are refused there', () => {
  for (const name of ['con', 'NUL.txt', 'aux.csv', 'ab:c', 'a<b', 'lpt1', 'a|b']) {
    assert.equal(faultOfPath(name, 'linux'), null);
    assert.match(faultOfPath(name, 'win32') ?? '', /Windows/);
  }
});

test('P5 P6 names that overwrite one another are refused', () => {
  for (const pair of [
    ['MLmodel', 'mlmodel'],
    ['caf\u00e9', 'cafe\u0301'],
    ['a', 'a/b'],
    ['a/b', 'a'],
    ['A/x', 'a/y'],
    ['a', 'a'],
    ['d/a', 'D/a'],
  ]) {
    assert.throws(() => refuseClashes(pair), /same place/, pair.join(' '));
  }
  refuseClashes(['a/b', 'a/c', 'b', 'a-b', 'aa/b']);
});
