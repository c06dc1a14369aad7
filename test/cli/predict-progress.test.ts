// How far predict is: a share wherever the size of the input is known, rows and rows a second where it is not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { predict } from '../../src/operations/predict.js';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';
import { systemTool } from '../support/system-tool.js';
import { testWorld } from '../support/worlds.js';

const NAMES = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];
const ROWS = 150_000;
const cwd = scratch();
const row = (i: number): number[] => NAMES.map((_, place) => ((i * 37 + place * 11) % 79) / 10);
const csv = (rows: number): string =>
  `${NAMES.join(',')}\n${Array.from({ length: rows }, (_, i) => row(i).join(',')).join('\n')}\n`;

before(() => {
  assert.equal(runCli(['train', '--no-log', '--out', 'package'], { cwd }).code, 0);
  const text = csv(ROWS);
  writeFileSync(join(cwd, 'rows.csv'), text);
  writeFileSync(join(cwd, 'rows.csv.gz'), gzipSync(text));
  const object = (i: number) => JSON.stringify(Object.fromEntries(NAMES.map((name, place) => [name, row(i)[place]])));
  writeFileSync(join(cwd, 'rows.ndjson'), Array.from({ length: ROWS }, (_, i) => `${object(i)}\n`).join(''));
  const columnData = NAMES.map((name, place) => ({
    name,
    data: Array.from({ length: ROWS }, (_, i) => row(i)[place]!),
    type: 'DOUBLE' as const,
  }));
  writeFileSync(join(cwd, 'rows.parquet'), Buffer.from(parquetWriteBuffer({ columnData })));
});

for (const input of ['rows.csv', 'rows.csv.gz', 'rows.ndjson', 'rows.parquet'])
  test(`${input}: the share grows to 1`, async () => {
    const shares: number[] = [];
    const request = { uri: 'package', input, output: 'out.csv', onProgress: shareInto(shares) };
    const done = await predict(testWorld({ cwd }), request, streams());
    assert.equal(done.rows, ROWS);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.equal(shares.at(-1), 1);
    // The packed file is read at once, but it is not unpacked at once.
    assert.ok(shares[0]! > 0 && shares[0]! < 0.9, String(shares));
  });

test('stdin has no size', async () => {
  const shares: (number | undefined)[] = [];
  const request = { uri: 'package', input: '-', output: 'out.csv', onProgress: shareInto(shares) };
  await predict(testWorld({ cwd }), request, { ...streams(), stdin: Readable.from([Buffer.from(csv(10))]) });
  assert.deepEqual(shares, [undefined]);
});

test('a terminal of 80 columns shows the bar on one line', (t) => {
  const script = systemTool('script');
  if ('skip' in script) return t.skip(script.skip);
  const line = `stty cols 80 rows 30; exec "${process.execPath}" "${BIN}" predict package -i rows.csv -o out.csv`;
  const ran = spawnSync(script.tool, ['-qefc', line, '/dev/null'], {
    cwd,
    env: cleanEnvironment({ TERM: 'xterm' }),
    encoding: 'utf8',
  });
  assert.equal(ran.status, 0, ran.stdout);
  const shown = [...ran.stdout.matchAll(/Predicting: [\d,]+ rows [█░]{20} (\d+) %(?:, [\d a-z]+ left)?/g)];
  assert.ok(
    shown.some(([, percent]) => Number(percent) > 0 && Number(percent) < 100),
    ran.stdout,
  );
  for (const [text] of shown) assert.ok(text.length + 2 < 80, text);
});

const shareInto = (shares: unknown[]) => (progress: { readonly share?: number }) => shares.push(progress.share);

const streams = () => ({ stdin: Readable.from([]), stdout: new Writable({ write: (_, __, done) => done() }) });
