// Ctrl-C, SIGTERM, a closed terminal and the deadline, for every command, against a server that takes the request and never answers.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cleanEnvironment, cliEnded, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';

/** The start of node is part of what is measured, and takes its time on a busy machine. */
const START_MS = 8000;

const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.once('data', () => server.emit('asked'));
});
server.setMaxListeners(0).listen(0, '127.0.0.1');
await once(server, 'listening');
const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
after(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the wish to stop, or from the start where there was none. */
  readonly tookMs: number;
}

const cwd = scratch();
before(() => {
  assert.equal(runCli(['train', '--no-log', '--out', join(cwd, 'package')], { cwd }).code, 0);
  writeFileSync(
    join(cwd, 'rows.csv'),
    'sepal length (cm),sepal width (cm),petal length (cm),petal width (cm)\n5,3,1,0\n',
  );
});

/** `signals` are sent one after the other once the server was asked, or, where none is, once the program runs. */
async function stopped(args: readonly string[], signals: readonly NodeJS.Signals[] = [], asks = true): Promise<Ended> {
  const asked = once(server, 'asked');
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: cleanEnvironment({ MLFLOW_TRACKING_URI: uri, MLCTL_CACHE_DIR: join(cwd, 'cache') }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  let from = performance.now();
  const closed = once(child, 'close');
  if (signals.length > 0) {
    await (asks ? Promise.race([asked, closed]) : pause(700));
    from = performance.now();
    for (const signal of signals) {
      child.kill(signal);
      await pause(60);
    }
  }
  const [exit, signal] = (await closed) as [number | null, NodeJS.Signals | null];
  // A second signal may come when node has put its handlers away: a shell sees the same code either way.
  const code = exit ?? 128 + constants.signals[signal!];
  return { code, stdout, stderr, tookMs: performance.now() - from };
}

/** Every command that asks a server, in a form that does. */
const ASKING: readonly (readonly string[])[] = [
  ['runs'],
  ['models'],
  ['load', 'models:/m/1'],
  ['smoke', 'models:/m/1'],
  ['predict', 'models:/m/1', '-i', 'rows.csv'],
  ['validate', 'models:/m/1', '-i', 'rows.csv'],
  ['register', 'models:/m/1', '--name', 'n'],
  ['promote', 'm/1', '--alias', 'a'],
  ['rollback', 'm', '--alias', 'a'],
  ['history', 'm'],
  ['doctor'],
  ['log', 'package'],
  ['train'],
];

for (const args of ASKING) {
  test(`${args[0]}: the deadline, Ctrl-C, SIGTERM, a closed terminal, and a second wish`, async () => {
    const late = await stopped([...args, '--json', '--timeout', '1']);
    assert.equal(late.code, 6, late.stdout + late.stderr);
    assert.ok(late.tookMs < 1000 + 2000 + START_MS, `--timeout 1 took ${late.tookMs} ms`);
    // One document, whatever happens.
    JSON.parse(late.stdout);
    for (const [signal, exit, word] of [
      ['SIGINT', 130, 'INTERRUPTED'],
      ['SIGTERM', 143, 'TERMINATED'],
      ['SIGHUP', 143, 'TERMINATED'],
    ] as const) {
      const { code, stdout, stderr, tookMs } = await stopped([...args, '--json'], [signal]);
      assert.equal(code, exit, stdout + stderr);
      assert.ok(tookMs < 5000 + START_MS, `${signal} took ${tookMs} ms`);
      assert.equal(JSON.parse(stdout).error.code, word);
    }
    // Two signals that arrive at the same moment are one.
    const impatient = await stopped(args, ['SIGINT', 'SIGINT', 'SIGINT']);
    assert.equal(impatient.code, 130);
    assert.ok(impatient.tookMs < 4000, `a second Ctrl-C took ${impatient.tookMs} ms`);
  });
}

test('words of the signal and the deadline', async () => {
  const plain = await stopped(['runs'], ['SIGINT']);
  assert.match(plain.stderr, /stopped by Ctrl-C[\s\S]*code: INTERRUPTED, exit 130/);
  const { error } = JSON.parse((await stopped(['runs', '--json', '--timeout', '0.5'])).stdout);
  assert.deepEqual([error.code, error.exit_code], ['DEADLINE_PASSED', 6]);
});

test('a named pipe that nobody writes to: the wait ends, and the process; one that is written to is read', {
  skip: process.platform === 'win32' && 'no named pipes',
}, async () => {
  assert.equal(spawnSync('mkfifo', [join(cwd, 'pipe')]).status, 0);
  for (const args of [
    ['predict', 'package', '-i', 'pipe', '--input-format', 'csv'],
    ['predict', 'package', '-i', 'pipe', '--input-format', 'parquet'],
    ['validate', 'package', '-i', 'pipe', '--input-format', 'csv'],
    ['train', '--data', 'pipe', '--target', 'y', '--dry-run'],
    ['train', 'pipe', '--dry-run'],
    ['validate', '-i', 'rows.csv', '--signature', 'pipe'],
    // Nobody reads what is written to it.
    ['predict', 'package', '-i', 'rows.csv', '-o', 'pipe'],
  ]) {
    const late = await stopped([...args, '--timeout', '1'], [], false);
    assert.equal(late.code, 6, late.stderr);
    assert.ok(late.tookMs < 1000 + 2000 + START_MS, `${args[0]} took ${late.tookMs} ms`);
    const { code, tookMs } = await stopped(args, ['SIGINT'], false);
    assert.equal(code, 130);
    assert.ok(tookMs < 5000 + START_MS, `${args[0]} took ${tookMs} ms`);
  }
  const reading = cliEnded(['predict', 'package', '-i', 'pipe', '--input-format', 'csv', '-o', '-'], { cwd });
  spawnSync('sh', ['-c', 'cat rows.csv > pipe'], { cwd });
  const { code, stdout } = await reading;
  assert.equal(code, 0);
  assert.match(stdout, /^label,.*\n0,/);
  const writing = cliEnded(['predict', 'package', '-i', 'rows.csv', '-o', 'pipe', '--output-format', 'csv'], { cwd });
  assert.match((await promisify(execFile)('cat', ['pipe'], { cwd })).stdout, /^label,.*\n0,/);
  assert.equal((await writing).code, 0);
  // It is still the pipe, not a file that took its place.
  assert.ok(statSync(join(cwd, 'pipe')).isFIFO());
});
