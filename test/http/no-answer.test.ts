// Whatever a server or a proxy does in place of an answer: the request ends in an error, and with it the command.
import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { cliEnded } from '../support/cli.js';
import { scratch } from '../support/paths.js';
import { client } from './client.js';

const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n';
const REPLIES: readonly string[] = [
  SWITCH,
  'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  `${SWITCH}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}`,
  'HTTP/1.1 200 OK\r\nupgrade: x\r\nconnection: upgrade\r\ncontent-length: 99\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n',
  'HTTP/1.1 ',
  '',
];

async function answering(reply: string): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => socket.write(reply, () => setTimeout(() => socket.destroy(), 100)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a request that gets no answer is an error', async (t) => {
  for (const reply of REPLIES) {
    const { url, close } = await answering(reply);
    t.after(close);
    const { get, post } = await client(url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' });
    const unreachable = (error: unknown) => error instanceof MlctlError && error.code === 'REMOTE_UNREACHABLE';
    await assert.rejects(get('/x'), unreachable, JSON.stringify(reply));
    await assert.rejects(post('/x', 'y'.repeat(10)), unreachable, JSON.stringify(reply));
  }
});

test('a command that hears 101 from server, proxy or storage ends with 6', async (t) => {
  const { url, close } = await answering(SWITCH);
  t.after(close);
  const more = { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', MLCTL_TIMEOUT: '20' };
  const cwd = scratch();
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', MLFLOW_S3_ENDPOINT_URL: url };
  for (const [args, env] of [
    [['smoke', 'models:/m/1'], { MLFLOW_TRACKING_URI: url }],
    [['runs'], { MLFLOW_TRACKING_URI: 'http://mlflow.example:5000', HTTP_PROXY: url }],
    [['runs'], { MLFLOW_TRACKING_URI: 'https://mlflow.example:5000', HTTPS_PROXY: url }],
    [['load', 's3://bucket/model'], keys],
    [['load', 's3://bucket/model'], { ...keys, MLFLOW_S3_ENDPOINT_URL: 'http://s3.example', HTTP_PROXY: url }],
  ] as const) {
    const { code, stdout } = await cliEnded([...args, '--json'], { cwd, env: { ...more, ...env } });
    assert.equal(code, 6, `${args} ${JSON.stringify(env)} ${stdout}`);
    assert.equal(JSON.parse(stdout).ok, false);
  }
});
