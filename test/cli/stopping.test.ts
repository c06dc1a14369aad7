// Ctrl-C, SIGTERM and the deadline, against a server that takes the request and never answers.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { cleanEnvironment } from '../support/cli.js';
import { BIN } from '../support/paths.js';

const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.once('data', () => server.emit('asked'));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
after(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

async function stopped(args: readonly string[], signal?: NodeJS.Signals) {
  const child = spawn(process.execPath, [BIN, 'runs', '--tracking-uri', uri, ...args], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  if (signal) {
    await once(server, 'asked');
    child.kill(signal);
  }
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

for (const [signal, exit, word] of [
  ['SIGINT', 130, 'INTERRUPTED'],
  ['SIGTERM', 143, 'TERMINATED'],
] as const) {
  test(`${signal} ends with ${exit}, in words and as JSON`, async () => {
    const plain = await stopped([], signal);
    assert.equal(plain.code, exit, plain.stderr);
    assert.match(plain.stderr, new RegExp(`code: ${word}, exit ${exit}`));
    const { code, stdout } = await stopped(['--json'], signal);
    assert.equal(code, exit);
    assert.equal(JSON.parse(stdout).error.code, word);
  });
}

test('--timeout ends with 6', async () => {
  const { code, stdout } = await stopped(['--json', '--timeout', '0.5']);
  assert.equal(code, 6);
  const { error } = JSON.parse(stdout);
  assert.deepEqual([error.code, error.exit_code], ['DEADLINE_PASSED', 6]);
});
