// What a run may not hold is refused before a server is asked; what mlctl itself makes too long is shortened.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { trainModel } from '../../src/operations/train.js';
import { datasetInput } from '../../src/rows/dataset-input.js';
import { checkDataset } from '../../src/tracking/limits.js';
import { cliEnded, cliJson, runCli } from '../support/cli.js';
import { httpServer } from '../support/http-server.js';
import { scratch } from '../support/paths.js';
import { testWorld } from '../support/worlds.js';

const cwd = scratch();
const server = await httpServer((_, response) => void response.writeHead(500).end());
after(() => server.close());
before(() => {
  assert.equal(runCli(['train', '--no-log', '--out', join(cwd, 'package')], { cwd }).code, 0);
});

test('names and values that MLflow would cut or refuse: exit 2, and no server was asked', async () => {
  const long = 'x'.repeat(300);
  for (const [args, env] of [
    [['train', '--run-name', long], {}],
    [['train'], { USER: long }],
    [['train', '--tag', `k=${'x'.repeat(8001)}`], {}],
    [['log', 'package', '--run-name', long], {}],
    [['log', 'package', '--param', `k=${'x'.repeat(6001)}`], {}],
    [['log', 'package', '--metric', `${long}=1`], {}],
  ] as const) {
    const all = { MLFLOW_TRACKING_URI: server.url, ...env };
    const { code, stdout } = await cliEnded([...args, '--json'], { cwd, env: all });
    const { error } = JSON.parse(stdout);
    assert.deepEqual([code, error.code], [2, 'VALUE_TOO_LONG'], `${args[0]} ${args[1]?.slice(0, 20)}: ${stdout}`);
    assert.match(error.message, /\d+ characters; MLflow keeps \d+/);
  }
  assert.equal(server.asked.length, 0);
});

test('a recipe that names 350 columns trains: their list is cut in the params', async () => {
  const names = Array.from({ length: 350 }, (_, nth) => `a_column_with_a_long_name_${nth}`);
  const rows = Array.from({ length: 40 }, (_, row) => [...names.map((_, nth) => (row * 7 + nth) % 11), row % 2]);
  const world = testWorld();
  writeFileSync(
    join(world.cwd, 'wide.csv'),
    `${[...names, 'y'].join(',')}\n${rows.map((r) => r.join(',')).join('\n')}\n`,
  );
  writeFileSync(
    join(world.cwd, 'wide.yaml'),
    `name: wide\ndata: { source: wide.csv, target: y }\npipeline:\n  - standard_scaler: { columns: [${names.join(', ')}] }\n  - logistic_regression: { max_iter: 50 }\n`,
  );
  const done = await trainModel(world, { recipe: 'wide.yaml' });
  assert.ok(done.run_id);
  const columns = Object.entries(done.params).find(([key]) => key.endsWith('columns'))?.[1] ?? '';
  assert.ok(columns.length <= 6000 && /all are in recipe\.yaml\)$/.test(columns), columns.slice(-80));
});

test('the schema of a very wide table is left out of the data set, which MLflow would refuse', () => {
  const columns = Array.from({ length: 30_000 }, (_, nth) => ({
    name: `column_${nth}`,
    type: 'double' as const,
    values: new Float64Array(1),
  }));
  const data = {
    source: 'iris',
    digest: `sha256:${'0'.repeat(64)}`,
    bytes: 1,
    name: 'wide',
    sourceType: 'code',
  } as const;
  const wide = datasetInput({ ...data, table: { rows: 1, columns } });
  assert.equal(wide.schema, null);
  checkDataset(wide);
  assert.notEqual(datasetInput({ ...data, table: { rows: 1, columns: columns.slice(0, 100) } }).schema, null);
});

const posix = { skip: process.platform === 'win32' && 'a shell script stands in for git' };

test('--artifact: pipes, devices and virtual files are refused by their kind', posix, () => {
  assert.equal(spawnSync('mkfifo', [join(cwd, 'pipe')]).status, 0);
  for (const [path, what] of [
    ['pipe', 'a named pipe'],
    ['/dev/null', 'a device'],
    ...(process.platform === 'linux' ? ([['/proc/self/environ', 'a virtual file']] as const) : []),
  ] as const) {
    const { error } = cliJson<{ error: { code: string; message: string } }>(['log', 'package', '--artifact', path], {
      cwd,
      expect: 2,
    });
    assert.equal(error.code, 'FILE_REFUSED');
    assert.ok(error.message.includes(what), error.message);
  }
});
