// Training data of any shape is read, from a file and from a pipe, in a time that grows with it, and refused beyond its limits.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { scoreAgain } from '../../src/checks/score-again.js';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import { readTrainingData } from '../../src/rows/training-data.js';
import { cliEnded } from '../support/cli.js';
import { assertGrowsWithInput } from '../support/growth.js';
import { type TestWorld, testWorld } from '../support/worlds.js';

const many = (count: number, cell: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => cell(i)).join(',');

const TEXTS: readonly [what: string, (n: number) => string][] = [
  ['rows', (n) => `a,b\n${'1,x\n'.repeat(n)}`],
  ['a cell', (n) => `a,b\n1,${'x'.repeat(n)}\n`],
  ['a quoted cell', (n) => `a,b\n1,"${'x""\n'.repeat(n)}"\n`],
  ['a quote that is never closed', (n) => `a,b\n1,"${'x\n'.repeat(n)}`],
  ['text behind a quote', (n) => `a,b\n1,"x"${'y'.repeat(n)}\n`],
  ['a header', (n) => `${'x'.repeat(n)},b\n1,2\n`],
  ['columns', (n) => `${many(n, (i) => `c${i}`)}\n${many(n, String)}\n`],
  ['columns of one name', (n) => `${many(n, () => 'c')}\n${many(n, String)}\n`],
  ['cells in one row', (n) => `a,b\n${','.repeat(n)}\n`],
  ['blank lines', (n) => `a,b\n${'\n'.repeat(n)}1,2\n`],
  ['lines that end in \\r', (n) => `a,b\r${'1,2\r'.repeat(n)}`],
  ['numbers that go on', (n) => `a,b\n${'1'.repeat(n)},1.${'1'.repeat(n)}e${'1'.repeat(n)}\n`],
  ['blanks before a word', (n) => `a,b\n${' '.repeat(n)}x,${' '.repeat(n)}1x\n`],
  ['texts that all differ', (n) => `a\n${Array.from({ length: n }, (_, i) => `t${i}`).join('\n')}\n`],
  ['numbers, then a text', (n) => `a\n${'1\n'.repeat(n)}x\n`],
];

for (const [what, make] of TEXTS)
  test(`CSV to train on: ${what}`, async () => {
    await assertGrowsWithInput(what, 2000, (n) => {
      const bytes = Buffer.from(make(n));
      return () =>
        readCsvTable(bytes, { name: 'x.csv' }).then(
          () => {},
          () => {},
        );
    });
  });

/** A pipe that another process fills from a file. */
function pipeOf(t: TestContext, world: TestWorld, file: string, name: string): string {
  execFileSync('mkfifo', [join(world.cwd, name)]);
  const writer = spawn('sh', ['-c', 'cat "$1" > "$2"', 'sh', file, name], { cwd: world.cwd, stdio: 'ignore' });
  t.after(() => writer.kill());
  return name;
}

/** More than the limit for one record, in quotes: no cell of a table is as long. */
function writeLongCell(file: string): void {
  const open = openSync(file, 'w');
  writeSync(open, 'a,b\n1,2\n3,"');
  const piece = Buffer.alloc(1 << 20, 'x');
  for (let i = 0; i < 80; i++) writeSync(open, piece);
  writeSync(open, '"\n');
  closeSync(open);
}

test('a cell of more than 64 MiB is refused where it stands, from a file and from a pipe', async (t) => {
  const world = testWorld();
  writeLongCell(join(world.cwd, 'long.csv'));
  const names = process.platform === 'win32' ? ['long.csv'] : ['long.csv', pipeOf(t, world, 'long.csv', 'pipe')];
  for (const name of names)
    await t.test(name, async () => {
      const args = ['train', '--data', name, '--target', 'a', '--json'];
      const { code, stdout } = await cliEnded(args, {
        cwd: world.cwd,
        env: { NODE_OPTIONS: '--max-old-space-size=256' },
      });
      const { error } = JSON.parse(stdout);
      assert.equal(code, 5, stdout);
      assert.equal(error.code, 'DATA_INVALID');
      assert.match(
        error.message,
        /row 1 \(line 3\): found a CSV record of at least \d+ bytes, expected at most 67108864/,
      );
      assert.match(error.hint, /quote/);
      assert.deepEqual([error.details.line, error.details.row, error.details.expected], [3, 1, 67108864]);
    });
});

test('one cell, one name or delimiters without end are refused at the limit, also beyond the longest string of V8', async () => {
  const answer = { rows: 1, columns: [] };
  for (const [size, start, byte, message] of [
    [6e8, 'a,b\n1,"', 'x', /line 2\): found a CSV record of at least 671\d+ bytes/],
    [8e7, 'a,b\n1,', 'x', /line 2\): found a CSV record of at least 671\d+ bytes/],
    [8e7, '', 'x', /the header \(line 1\): found a CSV record of at least 671\d+ bytes/],
    [8e7, '', ',', /the header \(line 1\): found a CSV record of more than 1000000 cells/],
    [8e7, 'a,b\n', ',', /row 0 \(line 2\): found a CSV record of more than 1000000 cells/],
  ] as const) {
    const bytes = Buffer.alloc(size, byte);
    bytes.write(start);
    const began = process.memoryUsage().rss;
    await assert.rejects(readCsvTable(bytes, { name: 'x.csv' }), { code: 'DATA_INVALID', message });
    assert.ok(process.memoryUsage().rss - began < 1.5e9);
    // True labels are read by the same reader.
    const labels = { ...answer, columns: [{ name: 'label', type: 'string' as const, values: ['x'] }] };
    await assert.rejects(scoreAgain(labels, bytes), { code: 'DATA_INVALID', message });
  }
});

test('data and recipes that have no end are refused', async (t) => {
  if (process.platform === 'win32') return t.skip('Windows has no /dev/zero');
  const world = testWorld();
  writeFileSync(join(world.cwd, 'short.csv'), 'a,b\n1,2\n');
  const { table } = await readTrainingData(world, { source: pipeOf(t, world, 'short.csv', 'pipe') }, world.cwd);
  assert.equal(table.rows, 1);
  const { code, stdout } = await cliEnded(['train', '/dev/zero', '--json'], { cwd: world.cwd });
  assert.equal(code, 7, stdout);
  assert.match(JSON.parse(stdout).error.message, /"\/dev\/zero" has \d+ bytes or more; at most 1048576 are read/);
});
